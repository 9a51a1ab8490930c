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
} // namespace

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
        if (isOn && last->manner != Manner::wanted && last->manner != Manner::held)
            return; // "too fizzy on top", "less reverb on solos": where, not whether
        const bool adds = isOn && sense.factor > 1 && !isStageNoun(*last->entry) &&
                          last->manner == Manner::wanted; // "歪みを足して" is more of it
        if (adds)
            return turn(sentence, Manner::more);
        if (isRefused(sentence.terms, sentence.at)) // "don't turn the reverb off"
        {
            last->manner = Manner::held;
            last->isInstruction = true;
            sentence.turnedAt = sentence.at;
            return;
        }
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
