#include "generation/offline/AfterNoun.h"

#include "generation/offline/Exceptions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace tonewright::offline
{
namespace
{
/// Whether nothing more is said in this part of the sentence.
bool endsHere(const Sentence& sentence)
{
    const auto& terms = sentence.terms;
    const auto next = sentence.at + 1;
    return next >= terms.size() || terms[next].startsClause || terms[next].as(Role::but) != nullptr ||
           terms[next].as(Role::conjunction) != nullptr;
}

/// What knobs are on besides stages.
bool isOfThePlayer(const Term& term)
{
    constexpr std::array<std::string_view, 8> words{"guitar", "guitars", "strings", "string",
                                                    "pickup", "pickups", "tone",    "sound"};
    return !term.startsClause && std::find(words.begin(), words.end(), term.text) != words.end();
}

/// "less depth on the tremolo", "no compression on this clean"
bool isPreposition(const Sentence& sentence)
{
    const auto& terms = sentence.terms;
    const auto at = sentence.at;
    const bool isGlueElsewhere = terms[at].as(Role::off) != nullptr && terms[at].as(Role::filler) != nullptr;
    if (isGlueElsewhere && !endsHere(sentence)) // "goes into the delay", but "the delay goes"
        return true;
    if (sentence.isFirstOfSegment())
        return false;
    if (at + 1 < terms.size() && terms[at + 1].as(Role::except) != nullptr)
        return true; // "louder on everything but the reverb"
    auto place = at + 1;
    while (place < terms.size() && !terms[place].startsClause && terms[place].as(Role::thing) == nullptr &&
           terms[place].as(Role::filler) != nullptr)
        ++place;
    if (terms[at].text == "on" && place < terms.size() && !terms[place].startsClause &&
        terms[place].as(Role::thing) != nullptr)
        return true; // "the bass on the amp"
    if (terms[at].text == "on" &&
        std::any_of(terms.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                    terms.begin() + static_cast<std::ptrdiff_t>(place), isOfThePlayer))
        return true; // "less bass on the guitar"
    const auto* const next = entryAfter(terms, at);
    if (next == nullptr)
        return false;
    const bool isOfKnob = sentence.reading.mentions.back().entry->control && isStageNoun(*next);
    const bool isArticleNext = terms[at + 1].as(Role::filler) != nullptr;
    return isOfKnob || (terms[at].text == "on" && isArticleNext && !isStageNoun(*next));
}

bool hasArticle(const Sentence& sentence, const Mention& noun)
{
    const auto& terms = sentence.terms;
    for (auto at = sentence.at; at-- > 1;)
        if (const auto* const entry = terms[at].as(Role::entry);
            entry != nullptr && entry->entry == noun.entry)
            return terms[at - 1].as(Role::filler) != nullptr;
    return false;
}

/// "Slow the chorus down", "speed the tremolo up": the particle belongs to the verb, which is an adjective of
/// the effect.
bool completesVerb(Sentence& sentence, const Mention& noun)
{
    auto& mentions = sentence.reading.mentions;
    if (mentions.size() < sentence.segmentStart + 2 || !noun.entry->stage)
        return false;
    auto& verb = mentions[mentions.size() - 2];
    if (verb.boundStage != noun.entry->stage || verb.manner != Manner::wanted || noun.hasDegree)
        return false;
    if (!hasArticle(sentence, noun)) // "turn the long reverb down"
    {
        verb.manner = Manner::topic;
        return false;
    }
    verb.manner = Manner::more;
    verb.isInstruction = true;
    mentions.back().manner = Manner::settingOnly;
    return true;
}
} // namespace

void turn(Sentence& sentence, Manner manner)
{
    auto* const last = sentence.lastOfSegment();
    if (last == nullptr || entryAfter(sentence.terms, sentence.at) != nullptr)
    {
        sentence.pending.direction = manner == Manner::more ? 1 : -1;
        sentence.isInstruction = true;
        return;
    }
    if (completesVerb(sentence, *last) || last->manner == Manner::fine) // "don't warm it up"
        return;
    last->manner = manner;
    last->isInstruction = true;
    sentence.turnedAt = sentence.at;
}

namespace
{
const Entry* gainIn(const Knowledge& knowledge)
{
    const auto entries = knowledge.entries();
    const auto gain = std::find_if(entries.begin(), entries.end(),
                                   [](const Entry& entry) { return entry.control == "amp.gain"_p; });
    return gain != entries.end() ? &*gain : nullptr;
}

/// The nouns that "and" joins to the one right before the particle: amp and chorus in "turn the amp, the
/// chorus and the reverb up".
std::vector<std::size_t> joinedBefore(std::span<const Term> terms, std::size_t particle)
{
    const auto isGlue = [&](std::size_t at)
    { return terms[at].as(Role::filler) != nullptr && terms[at].as(Role::entry) == nullptr; };
    const auto isNoun = [&](std::size_t at)
    {
        const auto* const sense = terms[at].as(Role::entry);
        const auto* const thing = terms[at].as(Role::thing);
        return sense != nullptr ? isPlainNoun(*sense->entry) || isStageNoun(*sense->entry)
                                : thing != nullptr && thing->unit == "amp";
    };
    std::vector<std::size_t> nouns;
    bool hasConjunction = false;
    bool isLinked = true;
    for (auto at = particle; at-- > 0;)
    {
        if (isNoun(at))
        {
            if (!isLinked)
                break;
            nouns.push_back(at);
            isLinked = terms[at].startsClause;
        }
        else if (terms[at].as(Role::conjunction) != nullptr)
            hasConjunction = isLinked = true;
        else if (!isGlue(at) && !(nouns.empty() && terms[at].as(Role::intensity) != nullptr))
            break;
        isLinked = isLinked || terms[at].startsClause;
    }
    if (!hasConjunction || nouns.empty())
        return {};
    nouns.erase(nouns.begin());
    return nouns;
}

/// "Turn the amp up", but not "don't ...", "I turned ...", "the amp is down" or "the amp more british".
bool isTurned(const Sentence& sentence)
{
    constexpr std::array<std::string_view, 4> others{"dont", "never", "turned", "i"};
    const auto& terms = sentence.terms;
    for (auto at = std::min(sentence.at, terms.size()); at-- > 0;)
    {
        const auto& term = terms[at];
        if (term.isUnknown() || term.as(Role::copula) != nullptr || term.as(Role::statement) != nullptr ||
            term.as(Role::hold) != nullptr ||
            std::find(others.begin(), others.end(), term.text) != others.end())
            return false;
        if (term.startsClause)
            break;
    }
    return true;
}
} // namespace

void turnAmplifier(Sentence& sentence, const Knowledge& knowledge)
{
    auto& pending = sentence.pending;
    if (sentence.thing != StageId::amp || pending.direction == 0 || !sentence.isFirstOfSegment() ||
        pending.isNegated || pending.isHeld || pending.isStatement || !isTurned(sentence))
        return;
    const auto* const gain = gainIn(knowledge);
    if (gain == nullptr)
        return;
    Mention mention;
    mention.entry = gain;
    mention.manner = pending.direction > 0 ? Manner::more : Manner::less;
    mention.degree = pending.degree;
    mention.hasDegree = pending.hasDegree;
    mention.times = pending.times;
    mention.isInstruction = true;
    mention.words = pending.words + "amp";
    sentence.reading.mentions.push_back(std::move(mention));
    sentence.carried = pending; // "turn up the amp and the bass"
    sentence.carried.words.clear();
    pending = {};
}

void shareTurn(Sentence& sentence, const Knowledge& knowledge)
{
    const auto* const last = sentence.lastOfSegment();
    const auto particle = std::exchange(sentence.turnedAt, std::nullopt);
    if (last == nullptr || !particle)
        return;
    const auto told = *last;
    auto& mentions = sentence.reading.mentions;
    for (const auto noun : joinedBefore(sentence.terms, *particle))
    {
        auto other = told;
        const auto* const sense = sentence.terms[noun].as(Role::entry);
        other.entry = sense != nullptr ? sense->entry : gainIn(knowledge);
        other.words = sentence.terms[noun].text;
        const auto place = std::find_if(mentions.begin(), mentions.end(),
                                        [&](const Mention& mention)
                                        {
                                            return sense != nullptr && mention.entry == sense->entry &&
                                                   mention.manner == Manner::wanted && !mention.hasDegree &&
                                                   !mention.isAdded;
                                        });
        if (place != mentions.end())
            *place = other;
        else if (sense == nullptr && other.entry != nullptr &&
                 (told.manner == Manner::more || told.manner == Manner::less))
            mentions.push_back(other);
    }
}

void readAdding(Sentence& sentence, const Sense& adding)
{
    auto* const last = sentence.lastOfSegment();
    const bool isBehind = adding.language == Language::german && last != nullptr &&
                          last->manner == Manner::wanted &&
                          entryAfter(sentence.terms, sentence.at) == nullptr;
    if (!isBehind)
    {
        sentence.pending.isAdded = true;
        return;
    }
    last->isAdded = last->isInstruction = true;
    if (!isStageNoun(*last->entry))
        last->manner = Manner::more;
}

bool isTaking(const Sentence& sentence)
{
    const auto& terms = sentence.terms;
    if (terms[sentence.at].text != "nimm")
        return false;
    for (auto at = sentence.at + 1; at < terms.size() && !terms[at].startsClause; ++at)
        if (terms[at].as(Role::off) != nullptr || terms[at].as(Role::down) != nullptr ||
            terms[at].as(Role::undo) != nullptr)
            return false;
    return true;
}

void restore(Sentence& sentence)
{
    if (auto* const last = sentence.lastOfSegment())
    {
        if (last->manner == Manner::more && last->words.starts_with("push ")) // "push the delay back"
            last->manner = Manner::less;
        if (last->manner != Manner::wanted)
            return;
        last->isRestored = isStageNoun(*last->entry);
        last->manner = last->isRestored ? Manner::wanted : Manner::less;
        last->isInstruction = true;
        return;
    }
    sentence.pending.isRestored = true;
    sentence.isInstruction = true;
}

void switchTo(Sentence& sentence, const Sense& sense)
{
    if (isPreposition(sentence))
        return;
    const bool isOn = sense.role == Role::on;
    if (auto* const last = spokenOf(sentence))
    {
        const bool adds = isOn && sense.factor > 1 && !isStageNoun(*last->entry) &&
                          last->manner == Manner::wanted; // "歪みを足して" is more of it
        if (adds)
            return turn(sentence, Manner::more);
        // "roll the bass off", but "take the reverb off"
        const bool isSaid = !isOn && last->manner == Manner::less && !isStageNoun(*last->entry);
        const bool isPartOfIt =
            !isOn && !isStageNoun(*last->entry) && last->entry->control &&
            (last->hasDegree || last->isRestored); // "a bit of the gain off", "back it off"
        if (isPartOfIt)
            last->manner = Manner::less;
        else if (!isSaid)
            last->manner = isOn ? Manner::wanted : Manner::unwanted;
        last->isInstruction = true;
        sentence.turnedAt = sentence.at;
        return;
    }
    sentence.pending.isAdded = isOn;
    sentence.pending.isRemoved = !isOn;
    sentence.isInstruction = true;
}

void multiply(Sentence& sentence, const Sense& factor)
{
    if (auto* const last = sentence.lastOfSegment();
        last != nullptr && entryAfter(sentence.terms, sentence.at) == nullptr)
    {
        last->times = factor.factor;
        last->manner = factor.factor > 1 ? Manner::more : Manner::less;
        last->isInstruction = true;
        return;
    }
    constexpr double muchMore = 1.8; // where there is nothing to multiply
    constexpr double muchLess = 1.5;
    auto& pending = sentence.pending;
    pending.times = factor.factor;
    pending.direction = factor.factor > 1 ? 1 : -1;
    pending.degree *= factor.factor > 1 ? muchMore : muchLess;
    pending.hasDegree = true;
    sentence.isInstruction = sentence.isInstruction || factor.isVerb;
    sentence.remember();
}

bool measuresNounBefore(Sentence& sentence, const Sense& amount)
{
    auto* const noun = sentence.lastOfSegment();
    const auto at = sentence.at;
    if (amount.language != Language::japanese || !amount.isAmount || noun == nullptr ||
        noun->manner != Manner::wanted || noun->hasDegree || sentence.terms[at].startsClause)
        return false;
    const auto* const before = sentence.terms[at - 1].as(Role::entry);
    if (before == nullptr || before->entry != noun->entry)
        return false;
    noun->degree *= amount.factor;
    noun->hasDegree = true;
    noun->isAtMost = amount.isAtMost;
    noun->isScarce =
        amount.isAtMost && (noun->entry->kind == EntryKind::control || noun->entry->kind == EntryKind::gain);
    if (noun->isScarce)
        noun->manner = Manner::less;
    noun->words += sentence.terms[at].text;
    return true;
}

bool followsComparison(const Sentence& sentence)
{
    if (sentence.reading.mentions.empty())
        return false;
    const auto manner = sentence.reading.mentions.back().manner;
    return manner == Manner::more || manner == Manner::less;
}

Mention* spokenOf(Sentence& sentence)
{
    auto* const last = sentence.lastOfSegment();
    return last != nullptr && last->isException ? generalOf(sentence.reading, *last) : last;
}

} // namespace tonewright::offline
