#include "generation/offline/Turning.h"

#include "generation/offline/Lists.h"
#include "generation/offline/Verbs.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace tonewright::offline
{
namespace
{
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

/// The nouns that the particle at `particle` turns, the last one first: in "turn the amp, the chorus and the
/// reverb up" all three. None where something else stands between.
std::vector<std::size_t> nounsBefore(std::span<const Term> terms, std::size_t particle)
{
    const auto isNoun = [&](std::size_t at)
    {
        const auto* const sense = terms[at].as(Role::entry);
        const auto* const thing = terms[at].as(Role::thing);
        return sense != nullptr ? isPlainNoun(*sense->entry) || isStageNoun(*sense->entry)
                                : thing != nullptr && thing->unit == "amp";
    };
    const auto isGlue = [&](std::size_t at)
    {
        const auto& term = terms[at];
        const bool isSaid = term.as(Role::entry) != nullptr || term.as(Role::copula) != nullptr ||
                            term.as(Role::conjunction) != nullptr;
        return !isSaid && (term.as(Role::filler) != nullptr || term.as(Role::intensity) != nullptr ||
                           term.as(Role::negator) != nullptr); // "den Bass nicht hoch"
    };
    for (auto at = particle; at-- > 0 && !terms[at + 1].startsClause;)
        if (isNoun(at))
            return listEndingAt(terms, at, isNoun);
        else if (!isGlue(at))
            break;
    return {};
}

template <std::size_t size>
bool isOneOf(const Term& term, const std::array<std::string_view, size>& words)
{
    return std::find(words.begin(), words.end(), term.text) != words.end();
}

bool endsHead(const Term& term)
{
    return term.as(Role::conjunction) != nullptr || term.as(Role::but) != nullptr ||
           term.as(Role::with) != nullptr;
}

/// Whether a verb that turns things, or none, governs the list that begins at `first`: not "keep the amp and
/// the reverb", "I have a nice bass and treble".
bool isToldTo(const Sentence& sentence, std::size_t first)
{
    constexpr std::array<std::string_view, 26> harmless{
        "turn",   "please", "pls",  "plz",  "can",    "could",   "would",  "will",  "you",
        "we",     "lets",   "also", "now",  "set",    "go",      "dreh",   "drehe", "stell",
        "stelle", "bitte",  "mal",  "doch", "schalt", "schalte", "switch", "maybe"};
    const auto& terms = sentence.terms;
    for (auto at = first; at > 0 && !terms[at].startsClause; --at)
    {
        const auto& before = terms[at - 1];
        if (endsHead(before))
            break;
        const auto* const more = before.as(Role::more);
        const auto* const less = before.as(Role::less);
        const bool isVerb = (more != nullptr && more->isVerb) || (less != nullptr && less->isVerb) ||
                            before.as(Role::add) != nullptr;
        if (!isVerb && !isArticle(before) && !isOneOf(before, harmless))
            return false;
    }
    return true;
}
} // namespace

bool isRefused(std::span<const Term> terms, std::size_t particle)
{
    constexpr std::array<std::string_view, 10> refusing{
        "dont",          "never",       "not",           "nicht",           "dont want",
        "dont want the", "i dont want", "i do not want", "i dont want the", "dont want any"};
    const auto nouns = nounsBefore(terms, particle);
    if (nouns.empty())
        return false;
    bool isRefusedThere = false;
    for (auto at = particle; at-- > nouns.front();)
        isRefusedThere = isRefusedThere || isOneOf(terms[at], refusing);
    for (auto at = nouns.back(); at > 0 && !terms[at].startsClause; --at)
    {
        const auto& before = terms[at - 1];
        if (before.text == "why" || before.text == "mind") // "never mind"
            return false;
        isRefusedThere = isRefusedThere || isOneOf(before, refusing) || isRefusedVerb(terms, at - 1);
        if (endsHead(before) || before.isUnknown() || before.number || before.as(Role::entry) != nullptr)
            break;
    }
    return isRefusedThere;
}

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
    last->manner = isRefused(sentence.terms, sentence.at) ? Manner::held : manner;
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
    auto nouns = nounsBefore(sentence.terms, *particle);
    if (nouns.size() < 2 || !(told.manner == Manner::held || isToldTo(sentence, nouns.back())))
        return;
    nouns.erase(nouns.begin());
    auto& mentions = sentence.reading.mentions;
    const auto& held = sentence.reading.heldStages;
    const bool isAmpFree = std::find(held.begin(), held.end(), StageId::amp) == held.end() &&
                           (told.manner == Manner::more || told.manner == Manner::less);
    for (const auto noun : nouns)
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
        else if (const bool isTurnedAlready = // "crank the amp and the delay up", "turn the amp and drive up"
                 other.entry != nullptr &&
                 std::any_of(mentions.begin(), mentions.end(),
                             [&](const Mention& mention)
                             { return mention.entry->control == other.entry->control; });
                 sense == nullptr && other.entry != nullptr && isAmpFree && !isTurnedAlready)
            mentions.push_back(other);
    }
}

} // namespace tonewright::offline
