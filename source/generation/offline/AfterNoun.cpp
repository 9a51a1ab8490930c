#include "generation/offline/AfterNoun.h"

#include "generation/offline/Exceptions.h"

#include <algorithm>
#include <array>
#include <string_view>

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
}

namespace
{
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
    const auto entries = knowledge.entries();
    const auto gain = std::find_if(entries.begin(), entries.end(),
                                   [](const Entry& entry) { return entry.control == "amp.gain"_p; });
    if (gain == entries.end())
        return;
    Mention mention;
    mention.entry = &*gain;
    mention.manner = pending.direction > 0 ? Manner::more : Manner::less;
    mention.degree = pending.degree;
    mention.hasDegree = pending.hasDegree;
    mention.times = pending.times;
    mention.isInstruction = true;
    mention.words = pending.words + "amp";
    sentence.reading.mentions.push_back(std::move(mention));
    pending = {};
}

void restore(Sentence& sentence)
{
    if (auto* const last = sentence.lastOfSegment())
    {
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
        if (!isSaid)
            last->manner = isOn ? Manner::wanted : Manner::unwanted;
        last->isInstruction = true;
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
