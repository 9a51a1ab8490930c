#include "generation/offline/Interpreter.h"

#include "generation/offline/Contributions.h"
#include "generation/offline/Factors.h"
#include "generation/offline/Holding.h"
#include "generation/offline/Meaning.h"
#include "tone/Choices.h"

#include <algorithm>
#include <cmath>

namespace tonewright::offline
{
namespace
{
/// "Mono", "condenser mic", "greenbacks": a part of the rig, whatever the tone.
bool isPartOfRig(const Entry& entry)
{
    const auto& tone = entry.tone;
    return !tone.empty() &&
           std::all_of(tone.begin(), tone.end(),
                       [](const ToneEffect& effect)
                       {
                           return effect.axis == Axis::width || effect.axis == Axis::doubler ||
                                  effect.axis == Axis::microphone || effect.axis == Axis::cabinet ||
                                  effect.axis == Axis::distance;
                       });
}

/// What describes a whole tone: a player, a style, an amplifier, a quality.
bool describesTone(const Mention& mention)
{
    const auto& entry = *mention.entry;
    const bool isEffect = entry.kind == EntryKind::effect || entry.kind == EntryKind::control ||
                          (entry.kind == EntryKind::gear && entry.stage.has_value());
    return mention.manner == Manner::wanted && !mention.isInstruction && !mention.boundStage && !isEffect &&
           !isPartOfRig(entry);
}

void addTags(const Reading& reading, ToneIntent& intent)
{
    for (const auto& mention : reading.mentions)
    {
        const std::string tag(mention.entry->tag);
        const bool isNew = std::find(intent.tags.begin(), intent.tags.end(), tag) == intent.tags.end();
        if (!tag.empty() && isNew && (mention.manner == Manner::wanted || mention.manner == Manner::more))
            intent.tags.push_back(tag);
    }
}

/// "Keep the gain", "it sounds warm": nothing to do, and that has to be said.
void noteKept(const Reading& reading, ToneIntent& intent)
{
    for (const auto& mention : reading.mentions)
    {
        const bool isFact = (mention.manner == Manner::stated && !mention.entry->isUnpleasant) ||
                            (mention.manner == Manner::denied && mention.entry->isUnpleasant) ||
                            mention.manner == Manner::fine;
        if (isFact || mention.manner == Manner::held)
            intent.kept.push_back(mention.words);
    }
    for (const auto stage : reading.heldStages)
        intent.kept.emplace_back(nameOf(stage));
}

/// "A slower tremolo speed", "less chorus mix": steps of a knob that no axis stands for.
void turnKnobs(const Reading& reading, ToneIntent& intent)
{
    constexpr double step = 0.12; // of the knob's travel
    for (const auto& mention : reading.mentions)
    {
        const bool isLess = mention.manner == Manner::less || mention.manner == Manner::complaint;
        const bool isNone = mention.manner == Manner::unwanted;
        if (!mention.knob || mention.times || !(isLess || isNone || mention.manner == Manner::more))
            continue;
        ParameterWish wish;
        wish.parameter = *mention.knob;
        wish.change = Change::turn;
        wish.value = static_cast<float>(isNone   ? -1
                                        : isLess ? -step * mention.degree
                                                 : step * mention.degree);
        wish.reason = mention.words;
        intent.parameters.push_back(std::move(wish));
    }
}

/// "Half the reverb", "twice the gain".
void multiplyKnobs(const Reading& reading, ToneIntent& intent)
{
    for (const auto& mention : reading.mentions)
        if (auto wish = factorOf(mention))
            intent.parameters.push_back(std::move(*wish));
}

/// "Wah at 50 %" is a pedal left standing there; what moves by itself has to be said.
void parkWah(ToneIntent& intent)
{
    auto& type = intent[Axis::wahType];
    const bool hasPosition =
        std::any_of(intent.parameters.begin(), intent.parameters.end(),
                    [](const ParameterWish& wish) { return wish.parameter == "wah.position"_p; }) ||
        intent[Axis::wahPosition].target.has_value();
    if (!hasPosition || type.target)
        return;
    type.target = static_cast<double>(static_cast<int>(WahType::pedal));
    type.rank = Rank::spoken;
}

/// "20 bpm faster" than the tempo known, or than the usual one.
void changeTempo(double change, ToneIntent& intent)
{
    if (change == 0)
        return;
    const auto& info = infoOf(Axis::tempo);
    auto& wish = intent[Axis::tempo];
    const double before = wish.target.value_or(info.usual);
    wish.offset = std::log2(std::clamp(before + change, info.minimum, info.maximum) / before);
    wish.reason = "tempo";
}

/// "dry with huge reverb": an effect that one word wants and another does not.
void noteContradictedEffects(const std::vector<Contribution>& contributions, ToneIntent& intent)
{
    for (const auto& refused : contributions)
        for (const auto& wished : contributions)
        {
            const bool bothMeant = refused.isUnwanted && !wished.isUnwanted && wished.axis == refused.axis &&
                                   !wished.isOffset && wished.rank == Rank::spoken && !refused.isGeneral &&
                                   (refused.rank == Rank::negation || refused.rank == Rank::descriptor ||
                                    refused.rank == Rank::spoken);
            if (!bothMeant || intent.conflicts.size() >= 3)
                continue;
            const auto outcome = intent[refused.axis].isUnwanted ? refused.reason : wished.reason;
            auto text = "\"" + refused.reason + "\" and \"" + wished.reason +
                        "\" contradict each other, so \"" + outcome + "\" counts";
            if (std::find(intent.conflicts.begin(), intent.conflicts.end(), text) == intent.conflicts.end())
                intent.conflicts.push_back(std::move(text));
        }
}
} // namespace

bool changesCurrent(const Reading& reading)
{
    const auto refersToTone = [](const Mention& mention)
    { return isReference(*mention.entry) && mention.manner == Manner::wanted; };
    const bool namesReference = std::any_of(reading.mentions.begin(), reading.mentions.end(), refersToTone);
    const bool describes = std::any_of(reading.mentions.begin(), reading.mentions.end(), describesTone);
    const bool saysAnything = !reading.mentions.empty() || !reading.settings.empty() ||
                              !reading.bands.empty() || reading.tempoChange != 0 ||
                              !reading.placements.empty() || !reading.exchanges.empty();
    if (!saysAnything)
        return true; // nothing understood: better nothing happens to the tone at hand
    // "Give me a clean with more reverb" is a tone of its own, "give me more reverb" none.
    if (reading.asksForNew && !reading.startsWithEdit)
        return false;
    if (namesReference)
        return reading.startsWithEdit && reading.mentions.front().manner == Manner::complaint;
    if (reading.startsWithEdit)
        return true;
    // "spring reverb" alone adds one; "warm clean, less gain" is a tone of its own.
    return !describes;
}

ToneIntent interpret(const Reading& reading, bool isEdit, double tempo)
{
    ToneIntent intent;
    intent.isEdit = isEdit;
    intent.wasCut = reading.wasCut;
    intent.notUnderstood = reading.notUnderstood;
    intent.corrections = reading.corrections;
    const bool keepsThings = reading.contentWords == 0 && !reading.heldStages.empty();
    if (keepsThings)
        intent.understood = 1;
    else if (reading.contentWords > 0)
        intent.understood =
            static_cast<double>(reading.understoodWords) / static_cast<double>(reading.contentWords);
    const auto contributions = contributionsOf(reading, isEdit);
    combine(contributions, intent);
    noteContradictedEffects(contributions, intent);
    intent.asksForUndo = reading.asksForUndo;
    intent.again = reading.again;
    intent.parameters = reading.settings;
    intent.bands = reading.bands;
    if (isEdit)
    {
        multiplyKnobs(reading, intent);
        intent.held = heldBy(reading);
        noteKept(reading, intent);
    }
    turnKnobs(reading, intent);
    parkWah(intent);
    auto& tempoWish = intent[Axis::tempo];
    if (reading.tempo)
        tempoWish = {std::clamp(*reading.tempo, infoOf(Axis::tempo).minimum, infoOf(Axis::tempo).maximum),
                     0,
                     false,
                     false,
                     Rank::spoken,
                     "tempo"};
    else if (tempo > 0)
        tempoWish = {std::clamp(tempo, infoOf(Axis::tempo).minimum, infoOf(Axis::tempo).maximum),
                     0,
                     false,
                     false,
                     Rank::negation,
                     ""};
    changeTempo(reading.tempoChange, intent);
    intent.placements = reading.placements;
    intent.exchanges = reading.exchanges;
    addTags(reading, intent);
    return intent;
}

} // namespace tonewright::offline
