#include "generation/offline/Subjects.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace tonewright::offline
{
namespace
{
template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isArticle(std::string_view word)
{
    return isOneOf(word, std::array<std::string_view, 6>{"a", "an", "ein", "eine", "un", "una"});
}

/// "that is", "which sounds", "what is": a description or a question, no statement.
bool makesRelative(std::string_view word)
{
    return isOneOf(word, std::array<std::string_view, 9>{"that", "which", "who", "what", "where", "when",
                                                         "que", "welcher", "was"});
}

bool endsClause(const Term& term)
{
    return term.as(Role::conjunction) != nullptr || term.as(Role::but) != nullptr ||
           term.as(Role::with) != nullptr || term.as(Role::either) != nullptr;
}

/// Whether a quality follows and nothing but glue after it.
bool endsWithPredicate(std::span<const Term> terms, std::size_t at)
{
    std::size_t entries = 0;
    for (++at; at < terms.size() && !terms[at].startsClause; ++at)
    {
        const auto* const sense = terms[at].as(Role::entry);
        if (sense != nullptr && ++entries > 1)
            return false;
        if (sense != nullptr && sense->entry->kind != EntryKind::descriptor)
            return false;
        if (sense == nullptr && terms[at].as(Role::measure) != nullptr && ++entries > 1)
            return false;
        if (sense == nullptr && terms[at].as(Role::filler) == nullptr &&
            terms[at].as(Role::intensity) == nullptr && terms[at].as(Role::measure) == nullptr)
            return false;
    }
    return entries == 1;
}

bool isFault(const Mention& predicate)
{
    return predicate.manner == Manner::complaint ||
           (predicate.manner == Manner::stated && predicate.entry->isUnpleasant);
}

bool isJudgement(Manner manner)
{
    return manner == Manner::stated || manner == Manner::complaint || manner == Manner::softlyUnwanted ||
           manner == Manner::fine || manner == Manner::denied || manner == Manner::unwanted ||
           manner == Manner::more || manner == Manner::less;
}
} // namespace

void noteSubject(Sentence& sentence)
{
    const auto& terms = sentence.terms;
    const auto at = sentence.at;
    if (terms[at].text == "が" && !endsWithPredicate(terms, at))
        return; // "音が太いクリーン" describes one
    const bool isFirst = at == 0 || terms[at].startsClause;
    if (isFirst && terms[at].as(Role::negator) != nullptr) // "nothing's too loud"
        sentence.pending.isStatement = true;
    if (isFirst || makesRelative(terms[at - 1].text))
        return;
    if (at + 1 < terms.size() && isArticle(terms[at + 1].text))
        return;
    std::size_t entries = 0;
    for (auto before = at; before-- > 0;)
    {
        const auto& term = terms[before];
        if (endsClause(term))
            break;
        if (term.as(Role::entry) != nullptr)
            ++entries;
        else if (term.as(Role::filler) == nullptr && term.as(Role::thing) == nullptr &&
                 term.as(Role::negator) == nullptr) // "nothing is too loud"
            return;
        if (isArticle(term.text))
            return; // "a tone ..."
        if (term.startsClause)
            break;
    }
    if (entries > 1)
        return;
    sentence.isJudging = entries == 1 && !sentence.isFirstOfSegment();
    const bool isWish = terms[at].as(Role::make) != nullptr; // "the bass should be tighter"
    sentence.pending.isStatement = !isWish;
}

bool blamesSubject(Sentence& sentence)
{
    auto* const subject = sentence.lastOfSegment();
    const bool isSubject = subject != nullptr && subject->manner == Manner::wanted &&
                           !sentence.isInstruction && !subject->isInstruction && !subject->hasDegree &&
                           subject->entry->kind == EntryKind::gear;
    if (!isSubject || sentence.terms[sentence.at].startsClause)
        return false;
    sentence.isJudging = true;
    sentence.pending.isStatement = true;
    return true;
}

bool isMisspeltToo(const Sentence& sentence)
{
    const auto& terms = sentence.terms;
    const auto at = sentence.at;
    if (terms[at].text != "to" || at == 0 || at + 1 >= terms.size() || terms[at].startsClause ||
        terms[at + 1].startsClause)
        return false;
    const auto* const next = terms[at + 1].as(Role::entry);
    const bool isQuality =
        next != nullptr && next->entry->kind == EntryKind::descriptor && !next->isComparative;
    const bool isAfterVerb =
        terms[at - 1].as(Role::copula) != nullptr || terms[at - 1].as(Role::statement) != nullptr;
    const auto after = at + 2; // "the idea is to warm it up" has a verb there
    const bool endsThere = after >= terms.size() || terms[after].startsClause ||
                           terms[after].as(Role::but) != nullptr ||
                           terms[after].as(Role::conjunction) != nullptr;
    return isAfterVerb && endsThere && (isQuality || terms[at + 1].as(Role::measure) != nullptr);
}

bool opensSentence(const Sentence& sentence)
{
    const auto& terms = sentence.terms;
    const auto next = sentence.at + 1;
    const bool isFirst = sentence.at == 0 || terms[sentence.at].startsClause;
    return isFirst && terms[sentence.at].text == "so" && next < terms.size() &&
           (terms[next].as(Role::filler) != nullptr || terms[next].isUnknown());
}

namespace
{
bool isQuality(const Entry& entry)
{
    return entry.kind == EntryKind::descriptor || entry.kind == EntryKind::gain;
}

/// "The hum is too loud", "it bites too hard". Of what is no fault only its strength can be too much: "my
/// lead is too quiet" speaks of the level.
bool judgeQuality(Sentence& sentence, Mention& noun, const Sense& measure)
{
    auto& pending = sentence.pending;
    const auto& term = sentence.terms[sentence.at];
    const auto* const entry = term.as(Role::entry);
    const bool isOfLevel =
        entry != nullptr && entry->entry->tone.size() == 1 && entry->entry->tone.front().axis == Axis::level;
    const bool isDue = noun.entry->isUnpleasant ? sentence.isJudging || pending.isComplaint
                                                : pending.isComplaint && !isOfLevel && measure.factor > 0;
    if (!isQuality(*noun.entry) || !isDue || noun.manner != Manner::wanted || noun.boundStage)
        return false;
    noun.words += " " + pending.words + term.text;
    noun.manner = measure.factor > 0 && !pending.isNegated && !pending.isNotTooMuch() ? Manner::complaint
                                                                                      : Manner::fine;
    noun.degree *= pending.degree;
    noun.isInstruction = true;
    pending = {};
    return true;
}
} // namespace

bool judgeByMeasure(Sentence& sentence)
{
    auto& pending = sentence.pending;
    auto* const noun = sentence.lastOfSegment();
    const auto* const sense = sentence.terms[sentence.at].as(Role::measure);
    if (noun == nullptr)
        return false;
    if (!isPlainNoun(*noun->entry))
        return judgeQuality(sentence, *noun, *sense);
    const bool isHeld = noun->manner == Manner::held;
    const bool isFree = noun->manner == Manner::wanted || isHeld;
    const bool isDue =
        sentence.isJudging || isHeld || pending.isComplaint || pending.isNegated || pending.isSoftlyNegated;
    if (!isFree || !isDue)
        return false;
    const bool isMuch = sense->factor > 0;
    noun->words += " " + pending.words + sentence.terms[sentence.at].text;
    if (pending.isStatement && pending.isNotTooMuch())
    {
        noun->manner = Manner::fine;
        pending = {};
        return true;
    }
    // What is said of the tone at hand is to be cured; "should be loud" and "keep it low" ask for it.
    const bool isFault = pending.isComplaint || pending.isSoftlyNegated ||
                         (pending.isStatement && !pending.isNegated && !isHeld);
    const bool isWished = pending.isNegated || !isFault;
    noun->manner = isMuch == isWished ? Manner::more : Manner::less;
    noun->degree = pending.degree;
    noun->isInstruction = true;
    pending = {};
    return true;
}

bool settleSubject(Sentence& sentence, Mention& predicate)
{
    auto* const subject = sentence.isJudging ? sentence.lastOfSegment() : nullptr;
    sentence.isJudging = false;
    const bool isQuality =
        predicate.entry->kind == EntryKind::descriptor || predicate.entry->kind == EntryKind::gain;
    if (subject == nullptr || !isQuality || !isJudgement(predicate.manner) ||
        (subject->manner != Manner::wanted && subject->manner != Manner::settingOnly))
        return true;
    const auto stage = isStageNoun(*subject->entry) ? subject->entry->stage : std::nullopt;
    if (stage && !predicate.boundStage && isAddition(stage) && isFault(predicate))
    {
        if (predicate.entry->toneFor(*stage) == nullptr)
        {
            subject->manner = Manner::complaint;
            subject->degree = predicate.degree;
            subject->words += " " + predicate.words;
            return false;
        }
        predicate.boundStage = stage;
    }
    subject->manner = Manner::topic;
    return true;
}

void judgeByAmount(Sentence& sentence)
{
    const auto& pending = sentence.pending;
    auto* const noun = sentence.isJudging || pending.isComplaint ? sentence.lastOfSegment() : nullptr;
    const bool isJudged = pending.isComplaint || pending.isSoftlyNegated;
    const bool isTooMuchOfIt = noun != nullptr && isQuality(*noun->entry) && pending.isComplaint &&
                               noun->manner == Manner::wanted; // "it cuts through too much"
    if (noun == nullptr || !isJudged ||
        !(isTooMuchOfIt || (noun->manner == Manner::wanted && isPlainNoun(*noun->entry))))
        return;
    noun->manner = pending.isNotTooMuch() ? Manner::fine : Manner::complaint;
    noun->words += " " + pending.words;
}

bool damps(Sentence& sentence, const Sense& quality, std::size_t object)
{
    const auto* const fault = sentence.terms[object].as(Role::entry);
    if (object == sentence.at || fault == nullptr || !fault->entry->isUnpleasant ||
        isPlainNoun(*fault->entry))
        return false;
    Mention mention;
    mention.entry = fault->entry;
    mention.manner = Manner::complaint;
    mention.degree = sentence.pending.degree * quality.factor;
    mention.hasDegree = sentence.pending.hasDegree;
    mention.isInstruction = true;
    mention.words = sentence.terms[object].text;
    std::fill(sentence.isUsed.begin() + static_cast<std::ptrdiff_t>(sentence.at) + 1,
              sentence.isUsed.begin() + static_cast<std::ptrdiff_t>(object) + 1, true);
    sentence.reading.mentions.push_back(std::move(mention));
    sentence.pending = {};
    return true;
}

bool isOfEffectBefore(const Sentence& sentence)
{
    const auto& mentions = sentence.reading.mentions;
    const auto& terms = sentence.terms;
    if (mentions.empty() || sentence.clauseStart == 0 || !isStageNoun(*mentions.front().entry))
        return false;
    const auto stage = *mentions.front().entry->stage;
    if (!std::all_of(mentions.begin(), mentions.end(),
                     [stage](const Mention& mention)
                     { return mention.boundStage == stage || mention.entry->stage == stage; }))
        return false;
    auto first = sentence.at;
    while (first > 0 && !terms[first].startsClause)
        --first;
    for (auto at = first; at < terms.size() && (at == first || !terms[at].startsClause); ++at)
    {
        const auto* const sense = terms[at].as(Role::entry);
        const bool isGlue =
            terms[at].as(Role::filler) != nullptr || terms[at].as(Role::intensity) != nullptr ||
            terms[at].as(Role::conjunction) != nullptr || terms[at].as(Role::measure) != nullptr;
        if (sense != nullptr ? sense->entry->toneFor(stage) == nullptr : !isGlue)
            return false;
    }
    return true;
}

bool isOfSubject(std::span<const Term> terms, std::size_t noun)
{
    auto after = noun + 1;
    while (after < terms.size() && !terms[after].startsClause && terms[after].as(Role::entry) != nullptr &&
           terms[after].as(Role::copula) == nullptr)
        ++after;
    return after < terms.size() && !terms[after].startsClause &&
           (terms[after].as(Role::complaintAfter) != nullptr ||
            (terms[after].as(Role::copula) != nullptr && after + 1 < terms.size()));
}

bool isContext(const Sentence& sentence, const Mention& mention)
{
    constexpr std::array<std::string_view, 11> openings{"for",  "fur", "para",  "on",     "when",  "whenever",
                                                        "wenn", "if",  "while", "during", "cuando"};
    const auto& entry = *mention.entry;
    const auto& terms = sentence.terms;
    const bool isQualityOrGear = entry.kind == EntryKind::descriptor || entry.kind == EntryKind::gear;
    if (mention.manner != Manner::wanted || !isQualityOrGear || entry.stage || sentence.isFirstOfSegment() ||
        sentence.reading.mentions.back().manner == Manner::wanted)
        return false;
    for (auto before = sentence.at; before > 0 && !terms[before].startsClause; --before)
    {
        if (isOneOf(terms[before - 1].text, openings))
            return true;
        if (terms[before - 1].as(Role::filler) == nullptr)
            return false;
    }
    return false;
}

void settleNotes(Sentence& sentence)
{
    constexpr std::array<std::string_view, 9> played{"note",  "notes", "string",  "strings", "saiten",
                                                     "saite", "tone",  "cuerdas", "notas"};
    auto* const noun = sentence.lastOfSegment();
    for (auto at = sentence.segmentStart; noun != nullptr && at < sentence.reading.mentions.size(); ++at)
    {
        auto& mention = sentence.reading.mentions[at];
        const auto& words = mention.words;
        const auto space = words.find_last_of(' ');
        const bool isPlayed = isOneOf(space == std::string::npos ? std::string_view(words)
                                                                 : std::string_view(words).substr(space + 1),
                                      played);
        if (isPlayed && mention.entry->control && mention.manner == Manner::wanted && !mention.hasDegree &&
            !mention.isAdded)
            mention.manner = Manner::topic;
    }
}

void readEnough(Sentence& sentence)
{
    auto* const last = sentence.lastOfSegment();
    if (last == nullptr)
        return;
    if (last->manner == Manner::unwanted || last->manner == Manner::denied)
    {
        last->manner = Manner::more;
        last->isInstruction = true;
    }
    else if (last->manner == Manner::stated ||
             (last->manner == Manner::wanted && sentence.reading.mentions.size() == 1 &&
              sentence.at + 1 == sentence.terms.size()))
        last->manner = Manner::topic; // "loud enough"
}

} // namespace tonewright::offline
