#include "generation/offline/Verbs.h"

#include "generation/offline/Meaning.h"

#include <algorithm>
#include <array>
#include <string>
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

bool isParticle(const Term& term)
{
    return isOneOf(term.text, std::array<std::string_view, 2>{"up", "out"});
}

bool isDeterminer(const Term& term)
{
    return isOneOf(term.text,
                   std::array<std::string_view, 7>{"the", "my", "its", "that", "this", "those", "these"});
}

/// "Warm the mids" and "please warm the mids" tell what to do, "a bit too warm the mids" does not.
bool isImperative(std::span<const Term> terms, std::size_t at)
{
    constexpr std::array<std::string_view, 12> before{"please", "to",        "you",     "just",
                                                      "also",   "then",      "lets",    "must",
                                                      "less",   "could you", "can you", "dont"};
    for (;; --at)
    {
        if (at == 0 || terms[at].startsClause)
            return true;
        const auto& previous = terms[at - 1];
        if (previous.as(Role::conjunction) != nullptr || previous.as(Role::but) != nullptr)
            return true;
        if (previous.as(Role::intensity) == nullptr && !isOneOf(previous.text, before))
            return false;
    }
}
} // namespace

std::optional<std::size_t> objectOf(std::span<const Term> terms, std::size_t at)
{
    const auto* const quality = terms[at].as(Role::entry);
    if (quality == nullptr || quality->entry->kind != EntryKind::descriptor)
        return std::nullopt;
    auto next = at + 1;
    const auto goesOn = [&] { return next < terms.size() && !terms[next].startsClause; };
    while (goesOn() && (isParticle(terms[next]) || isDeterminer(terms[next])))
        ++next;
    const bool isVerb = quality->isVerb || (next > at + 1 && isImperative(terms, at));
    const auto* const noun = goesOn() ? terms[next].as(Role::entry) : nullptr;
    const bool isFault = noun != nullptr && noun->entry->isUnpleasant && next > at + 1; // "quiet the hum"
    if (!isVerb || noun == nullptr || !(isPlainNoun(*noun->entry) || isFault) || isAllEffects(*noun->entry))
        return std::nullopt;
    const auto after = next + 1;
    const bool isSplit = after < terms.size() && !terms[after].startsClause &&
                         (terms[after].as(Role::up) != nullptr || terms[after].as(Role::down) != nullptr);
    return isSplit && !quality->isVerb ? std::nullopt
                                       : std::optional(next); // "slow the chorus down": AfterNoun.h
}

bool isRefusedVerb(std::span<const Term> terms, std::size_t at)
{
    const auto* const quality = terms[at].as(Role::entry);
    return quality != nullptr && quality->entry->kind == EntryKind::descriptor && at > 0 &&
           !terms[at].startsClause && terms[at - 1].text == "dont";
}

bool isDoneToIt(std::span<const Term> terms, std::size_t at)
{
    const auto* const quality = terms[at].as(Role::entry);
    const auto next = at + 1;
    if (quality == nullptr || quality->entry->control || isReference(*quality->entry) ||
        isStageNoun(*quality->entry) || isAllEffects(*quality->entry) || next >= terms.size() ||
        terms[next].startsClause || terms[next].text != "it" || !isImperative(terms, at))
        return false;
    return next + 1 >= terms.size() || terms[next + 1].startsClause ||
           terms[next + 1].as(Role::copula) == nullptr; // "warm it is"
}

bool finishesVerb(std::span<const Term> terms, std::size_t at)
{
    return at > 1 && !terms[at].startsClause && !terms[at - 1].startsClause && isDoneToIt(terms, at - 2);
}

bool describesOn(std::span<const Term> terms, std::size_t at)
{
    bool hasQuality = false;
    for (++at; at < terms.size() && !terms[at].startsClause; ++at)
    {
        const auto* const sense = terms[at].as(Role::entry);
        if (sense != nullptr && sense->entry->kind == EntryKind::descriptor && !sense->isComparative)
            hasQuality = true;
        else if (sense != nullptr ||
                 (terms[at].as(Role::intensity) == nullptr && terms[at].as(Role::conjunction) == nullptr &&
                  terms[at].as(Role::either) == nullptr && // "noch"
                  terms[at].as(Role::but) == nullptr &&    // "still"
                  terms[at].as(Role::filler) == nullptr))
            return false;
    }
    return hasQuality;
}

bool namesWhole(std::span<const Term> terms, std::size_t at)
{
    constexpr std::array<std::string_view, 6> articles{"a", "an", "ein", "einen", "un", "una"};
    const auto& verb = terms[at].text;
    const bool isArticleNext =
        at + 1 < terms.size() && !terms[at + 1].startsClause && isOneOf(terms[at + 1].text, articles);
    return isArticleNext || (" " + verb + " ").find(" into ") != std::string::npos || verb.ends_with(" a");
}

bool saysHowItIsPlayed(std::span<const Term> terms, std::size_t at)
{
    constexpr std::array<std::string_view, 12> playing{"pick",    "picking", "play",       "playing",
                                                       "strum",   "dig",     "hit",        "strumming",
                                                       "hitting", "dig in",  "digging in", "attack"};
    constexpr std::array<std::string_view, 12> manners{"hard",    "harder",  "soft",   "softly",
                                                       "softer",  "loud",    "louder", "light",
                                                       "lightly", "lighter", "gently", "quietly"};
    constexpr std::array<std::string_view, 5> openings{"when", "whenever", "if", "as", "while"};
    if (!isOneOf(terms[at].text, manners))
        return false;
    auto verb = at;
    do // "hit the strings hard"
    {
        if (verb == 0 || terms[verb].startsClause)
            return false;
        --verb;
    } while (!isOneOf(terms[verb].text, playing) && terms[verb].as(Role::filler) != nullptr);
    if (!isOneOf(terms[verb].text, playing))
        return false;
    for (auto before = at;; --before) // "when I pick hard", but "make my picking softer"
    {
        if (isOneOf(terms[before].text, openings))
            return true;
        if (before == 0 || terms[before].startsClause)
            return false;
    }
}

} // namespace tonewright::offline
