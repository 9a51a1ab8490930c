#include "generation/offline/Verbs.h"

#include "generation/offline/Meaning.h"

#include <algorithm>
#include <array>
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
    constexpr std::array<std::string_view, 11> before{
        "please", "to", "you", "just", "also", "then", "lets", "must", "could you", "can you", "dont"};
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
    if (!isVerb || noun == nullptr || !isPlainNoun(*noun->entry) || isAllEffects(*noun->entry))
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
