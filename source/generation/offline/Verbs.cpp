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

/// Faults by any account: others may be wished for.
bool isNeverWished(const Entry& entry)
{
    constexpr std::array<std::string_view, 16> faults{
        "muddy", "boomy", "harsh",   "shrill", "tinny", "thin",    "muffled", "boxy",
        "honky", "nasal", "brittle", "fizzy",  "noise", "digital", "peaky",   "horrible"};
    return entry.isUnpleasant && isOneOf(entry.name, faults);
}

/// "I still want it", "please": what is asked for is no judgement of what sounds.
bool asksFor(std::span<const Term> terms, std::size_t at)
{
    constexpr std::array<std::string_view, 8> wishes{"want", "wants",  "wanted", "wanna",
                                                     "pls",  "please", "bitte",  "gerne"};
    constexpr std::array<std::string_view, 4> wishers{"i", "we", "id", "would"};
    const auto& text = terms[at].text;
    const bool isVerb = at > 0 && isOneOf(terms[at - 1].text, wishers); // "I like", not "like a radio"
    return isOneOf(text, wishes) || (isVerb && (text == "like" || text == "love"));
}

/// Words that govern what follows themselves, and nouns of a tone that is asked for: "a nice but warm tone".
bool leadsElsewhere(const Term& term)
{
    constexpr std::array<std::string_view, 9> words{"make",  "let",   "lets",     "give", "tone",
                                                    "tones", "sound", "sounding", "need"};
    return isOneOf(term.text, words) || term.as(Role::hold) != nullptr || term.as(Role::more) != nullptr ||
           term.as(Role::request) != nullptr || term.as(Role::make) != nullptr;
}

/// A copula of a plain statement, not "should be".
bool states(const Term& term)
{
    constexpr std::array<std::string_view, 6> verbs{"is", "are", "sounds", "feels", "ist", "klingt"};
    return isOneOf(term.text, verbs);
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

Contrast contrastAt(std::span<const Term> terms, std::size_t at, bool isStated)
{
    bool hasFault = false;
    bool hasQuality = false;
    bool isWish = false;
    const bool mayWish =
        isOneOf(terms[at].text, std::array<std::string_view, 4>{"but", "still", "aber", "pero"});
    bool isJudged = isStated || (at == 0 && terms[at].text == "still"); // "a bit bright", "still dark"
    for (++at; at < terms.size() && !terms[at].startsClause; ++at)
    {
        const auto& term = terms[at];
        const auto* const sense = term.as(Role::entry);
        const auto* const amount = term.as(Role::intensity);
        if (sense != nullptr && sense->entry->kind == EntryKind::descriptor && !sense->isComparative)
        {
            hasQuality = true;
            hasFault = hasFault || isNeverWished(*sense->entry);
        }
        else if (leadsElsewhere(term) || sense != nullptr ||
                 (amount == nullptr && term.as(Role::conjunction) == nullptr &&
                  term.as(Role::either) == nullptr && // "noch"
                  term.as(Role::but) == nullptr &&    // "still"
                  term.as(Role::filler) == nullptr))
            return Contrast::none;
        isWish = isWish || asksFor(terms, at);
        isJudged = isJudged || (amount != nullptr && amount->factor < 1) || states(term);
    }
    if (hasQuality && !isWish && (hasFault || isJudged))
        return Contrast::judges;
    return hasQuality && mayWish ? Contrast::wishes : Contrast::none; // not "something nice, just warm"
}

Return returnAt(std::span<const Term> terms, std::size_t at)
{
    constexpr std::array<std::string_view, 9> giving{"bring", "bringe", "gib",      "gebt",      "gib mir",
                                                     "hol",   "hole",   "ich will", "ich mochte"};
    constexpr std::array<std::string_view, 13> taking{"nimm",  "nehme",   "dreh",    "drehe", "regel",
                                                      "regle", "regele",  "fahr",    "fahre", "zieh",
                                                      "ziehe", "schraub", "schraube"};
    const auto towards = at + 2;
    if (towards < terms.size() && !terms[at + 1].startsClause && !terms[towards].startsClause &&
        terms[at + 1].text == "zu" &&
        (terms[towards].as(Role::more) != nullptr || terms[towards].as(Role::less) != nullptr))
        return Return::leads;
    for (auto verb = at; verb > 0 && !terms[verb].startsClause;)
    {
        --verb;
        if (isOneOf(terms[verb].text, giving))
            return Return::restores;
        if (isOneOf(terms[verb].text, taking))
            return Return::lessens;
    }
    return Return::undoes;
}

bool belongsToOther(std::span<const Term> terms, std::size_t at)
{
    const auto& text = terms[at].text;
    if (text == "ない" || text == "なくて")
        return at == 0 || terms[at].startsClause || terms[at - 1].isUnknown();
    const auto next = at + 1;
    const bool saysLacking = text.ends_with("足りない") || text.ends_with("少ない");
    return saysLacking && next < terms.size() && !terms[next].startsClause &&
           terms[next].as(Role::but) == nullptr && terms[next].text != "です";
}

bool isIdiom(std::span<const Term> terms, std::size_t at)
{
    const bool isNamed = at == 0 || terms[at].startsClause || terms[at - 1].as(Role::add) != nullptr ||
                         terms[at - 1].as(Role::more) != nullptr || terms[at - 1].as(Role::less) != nullptr;
    const bool isLast = at + 1 == terms.size() || terms[at + 1].startsClause;
    return terms[at].text == "chops" || (terms[at].text == "chop" && !(isNamed && isLast));
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
