#include "generation/offline/References.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace tonewright::offline
{
namespace
{
/// "A bit more", "not that much" with nothing named speak of the change before.
void noteLastChange(Sentence& sentence)
{
    constexpr double partTakenBack = -0.5;
    const auto& pending = sentence.pending;
    auto& change = sentence.lastChange;
    if (pending.direction != 0)
        change = pending.direction > 0 ? pending.degree : partTakenBack;
    else if (pending.isComplaint || pending.isSoftlyNegated)
        change = partTakenBack;
    else if (pending.hasDegree && change > 0)
        change = pending.degree;
}

/// Which way the words go that wait for a noun.
std::optional<Manner> directionOf(const Pending& pending)
{
    if (pending.direction != 0)
        return pending.direction > 0 ? Manner::more : Manner::less;
    if (pending.isComplaint || pending.isSoftlyNegated || pending.isAtMost)
        return Manner::less;
    return std::nullopt;
}

/// What a statement says of its subject: "lush" in "the reverb is lush, give me more".
bool isPraise(const Mention& mention)
{
    return mention.manner == Manner::stated && !isPlainNoun(*mention.entry);
}

/// What "it" is: the effect or the knob that was to stay, or that a statement was about.
const Mention* antecedentOf(const Sentence& sentence)
{
    if (!sentence.isFirstOfSegment())
        return nullptr;
    const auto& mentions = sentence.reading.mentions;
    const auto last = std::find_if(mentions.rbegin(), mentions.rend(),
                                   [](const Mention& mention) { return !isPraise(mention); });
    const bool isSpokenOf =
        last != mentions.rend() && (last->manner == Manner::held || last->manner == Manner::topic ||
                                    last->isException); // "only touch the bass: less"
    return isSpokenOf && (isPlainNoun(*last->entry) || isStageNoun(*last->entry)) ? &*last : nullptr;
}

bool isPronoun(std::string_view word)
{
    constexpr std::array<std::string_view, 12> pronouns{"it",  "its", "it's", "them", "they", "that",
                                                        "ihn", "sie", "es",   "lo",   "la",   "それ"};
    return std::find(pronouns.begin(), pronouns.end(), word) != pronouns.end();
}

/// "It", alone or in a phrase ("turn it down"), between the antecedent and this word.
bool saysIt(const Sentence& sentence)
{
    for (auto at = sentence.at + 1; at-- > 0;)
    {
        const auto& term = sentence.terms[at];
        if (isPronoun(term.text) || (" " + term.text + " ").find(" it ") != std::string::npos)
            return true;
        if (term.startsClause || term.as(Role::but) != nullptr || term.as(Role::conjunction) != nullptr)
            return false;
    }
    return false;
}

/// "Make the bass louder", "die Mitten etwas leiser": a tone control, and its level follows at once.
const Mention* bandBefore(const Sentence& sentence)
{
    auto at = sentence.at;
    while (at > 0 && sentence.terms[at - 1].as(Role::intensity) != nullptr)
        --at;
    const auto* const before = at > 0 ? sentence.terms[at - 1].as(Role::entry) : nullptr;
    if (before == nullptr || sentence.isFirstOfSegment() || sentence.terms[at].startsClause)
        return nullptr;
    const auto& last = sentence.reading.mentions.back();
    const auto& control = last.entry->control;
    const bool isBand = control == "amp.bass"_p || control == "amp.mid"_p || control == "amp.treble"_p ||
                        control == "amp.presence"_p;
    return last.entry == before->entry && isBand && last.manner == Manner::wanted && !last.hasDegree
               ? &last
               : nullptr;
}

std::optional<double> levelStepOf(const Entry& entry)
{
    const auto& more = entry.more;
    const bool isLevel = more.size() == 1 && more.front().axis == Axis::level;
    return isLevel ? std::optional(more.front().value) : std::nullopt;
}
} // namespace

void referBack(Sentence& sentence)
{
    const auto direction = directionOf(sentence.pending);
    const auto* const antecedent = antecedentOf(sentence);
    // "The mids are scooped, too much" wants no less of the mids.
    const bool isVague =
        antecedent != nullptr && antecedent->manner == Manner::topic && sentence.pending.direction == 0;
    if (antecedent == nullptr || !direction || isVague)
    {
        if (sentence.reading.mentions.empty())
            noteLastChange(sentence);
        return;
    }
    auto change = *antecedent;
    change.manner = *direction;
    change.degree = sentence.pending.isAtMost ? 1 : sentence.pending.degree;
    change.hasDegree = sentence.pending.hasDegree;
    change.times = sentence.pending.times;
    change.isInstruction = true;
    change.isException = false;
    change.words = sentence.pending.words + change.words;
    sentence.reading.mentions.push_back(std::move(change));
}

void measureBefore(Sentence& sentence)
{
    auto& pending = sentence.pending;
    auto& mentions = sentence.reading.mentions;
    if (!sentence.isFirstOfSegment() || sentence.thing || !pending.saysOnlyHowMuch() || pending.times)
        return;
    const auto noun = std::find_if(mentions.rbegin(), mentions.rend(),
                                   [](const Mention& mention) { return !mention.boundStage; });
    if (noun == mentions.rend() || noun->manner != Manner::wanted || noun->hasDegree ||
        !(isPlainNoun(*noun->entry) || isStageNoun(*noun->entry)))
        return;
    noun->degree *= pending.degree;
    noun->hasDegree = true;
    noun->isAtMost = pending.isAtMost;
    noun->words += ", " + pending.words.substr(0, pending.words.find_last_not_of(' ') + 1);
    pending = {};
}

void readLevelOfIt(const Sentence& sentence, Mention& level)
{
    const auto step = levelStepOf(*level.entry);
    if (!step)
        return;
    const auto* antecedent = bandBefore(sentence);
    const bool isBand = antecedent != nullptr;
    if (!isBand)
        antecedent = antecedentOf(sentence);
    if (antecedent == nullptr || !(isBand || (isAddition(antecedent->entry->stage) && saysIt(sentence))))
        return;
    const bool isWished = level.manner == Manner::wanted || level.manner == Manner::more;
    const bool isRefused = level.manner == Manner::less || level.manner == Manner::complaint;
    if (!isWished && !isRefused)
        return;
    level.entry = antecedent->entry;
    level.manner = (*step > 0) == isWished ? Manner::more : Manner::less;
    level.words = antecedent->words + " " + level.words;
    level.isInstruction = true;
}

} // namespace tonewright::offline
