#include "generation/offline/Exceptions.h"

#include <algorithm>
#include <utility>

namespace tonewright::offline
{
namespace
{
/// "no effects", "sin efectos", "bypass the pedals"; or an entry that says so by itself ("dry").
bool isRefused(const Mention& mention)
{
    const auto& tone = mention.entry->tone;
    const bool refuses = !tone.empty() && std::all_of(tone.begin(), tone.end(),
                                                      [](const ToneEffect& effect)
                                                      { return effect.isUnwanted || effect.value == 0; });
    return mention.manner == Manner::unwanted || (mention.manner == Manner::wanted && refuses);
}

bool isGeneral(const Mention& mention)
{
    return !mention.isException;
}

/// The entry that stands for all effects at once; null where nothing known does.
const Entry* allEffectsIn(const Knowledge& knowledge)
{
    static const auto tokens = tokensOf("all effects", 2);
    for (const auto& sense : knowledge.match(tokens, 0).senses)
        if (sense.role == Role::entry && isAllEffects(*sense.entry))
            return sense.entry;
    return nullptr;
}
} // namespace

void nameAllEffects(Sentence& sentence, const Knowledge& knowledge, Manner manner)
{
    const auto* const entry = allEffectsIn(knowledge);
    if (entry == nullptr)
        return;
    Mention all;
    all.entry = entry;
    all.manner = manner;
    all.words = sentence.pending.words + std::string(entry->name);
    all.isInstruction = sentence.isInstruction;
    sentence.reading.mentions.push_back(std::move(all));
    sentence.pending = {};
}

bool continuesException(std::span<const Term> terms, std::size_t at)
{
    for (bool hasItem = false; at < terms.size(); ++at)
    {
        if (terms[at].as(Role::either) != nullptr || terms[at].as(Role::conjunction) != nullptr)
            return hasItem || terms[at].startsClause;
        if (terms[at].as(Role::entry) != nullptr)
            hasItem = true;
        else if (terms[at].as(Role::filler) == nullptr)
            return false;
    }
    return false;
}

Mention* generalOf(Reading& reading, const Mention& exception)
{
    auto& mentions = reading.mentions;
    const auto ofAll =
        std::find_if(mentions.begin(), mentions.end(),
                     [](const Mention& mention)
                     {
                         return isGeneral(mention) && isRefused(mention) &&
                                (isAllEffects(*mention.entry) || refusesAllEffects(*mention.entry));
                     });
    if (ofAll != mentions.end())
        return &*ofAll;
    const auto place = mentions.begin() + (&exception - mentions.data());
    const auto before = std::find_if(std::make_reverse_iterator(place), mentions.rend(), isGeneral);
    if (before != mentions.rend())
        return &*before;
    const auto after = std::find_if(place, mentions.end(), isGeneral);
    return after != mentions.end() ? &*after : nullptr;
}

void settleExceptions(Reading& reading)
{
    // "Everything is too bright except the reverb", "louder on everything but the reverb": it is spared.
    const bool isAChange =
        std::any_of(reading.mentions.begin(), reading.mentions.end(),
                    [](const Mention& mention)
                    {
                        return isGeneral(mention) &&
                               (mention.manner == Manner::more || mention.manner == Manner::complaint ||
                                mention.manner == Manner::less);
                    });
    for (auto& mention : reading.mentions)
    {
        if (!mention.isException)
            continue;
        const auto* const general = generalOf(reading, mention);
        const bool isPlain = mention.manner == Manner::wanted || mention.manner == Manner::held;
        if (!isPlain)
            continue;
        const bool isEffect = isStageNoun(*mention.entry) || mention.entry->kind == EntryKind::effect;
        if (general != nullptr && isRefused(*general))
            mention.manner = Manner::wanted;
        else if (general != nullptr && general->manner == Manner::topic)
            mention.manner = Manner::topic;
        else
            mention.manner = isEffect && !isAChange ? Manner::unwanted : Manner::held;
    }
}

} // namespace tonewright::offline
