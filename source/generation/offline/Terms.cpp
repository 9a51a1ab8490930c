#include "generation/offline/Terms.h"

#include "generation/offline/Affixes.h"
#include "generation/offline/Meaning.h"
#include "tone/Text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t maximumBytes = 10'000;
constexpr std::size_t maximumTokens = 3'000;
constexpr std::size_t maximumTries = 60; // guesses cost the most; a prompt needs few
constexpr std::size_t maximumNamedWords = 5;

struct Guess
{
    std::size_t token;
    std::string original;
};

std::vector<bool> coverage(const std::vector<Token>& tokens, const Knowledge& knowledge)
{
    std::vector<bool> covered(tokens.size(), false);
    for (std::size_t at = 0; at < tokens.size();)
    {
        const auto match = knowledge.match(tokens, at);
        std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), match.tokens, true);
        at += std::max<std::size_t>(match.tokens, 1);
    }
    return covered;
}

/// Guesses the words no phrase covers. Takes back each guess that leads to no phrase either, and all of them
/// where most words are strange: that is another language or nonsense, not bad spelling.
std::vector<Guess> correct(std::vector<Token>& tokens, const Knowledge& knowledge)
{
    std::vector<Guess> guesses;
    const auto before = coverage(tokens, knowledge);
    std::size_t tries = 0;
    for (std::size_t at = 0; at < tokens.size() && tries < maximumTries; ++at)
        if (!before[at] && !tokens[at].number && !tokens[at].isIdeographic)
        {
            ++tries;
            if (auto better = knowledge.corrected(tokens[at].text))
                guesses.push_back({at, std::exchange(tokens[at].text, *better)});
        }
    if (guesses.empty())
        return guesses;
    const auto after = coverage(tokens, knowledge);
    const bool isGibberish = tries >= 8 && guesses.size() * 4 < tries;
    std::erase_if(guesses,
                  [&](const Guess& guess)
                  {
                      const bool isWrong = isGibberish || !after[guess.token];
                      if (isWrong)
                          tokens[guess.token].text = guess.original;
                      return isWrong;
                  });
    return guesses;
}

bool isArticle(std::string_view word)
{
    return word == "a" || word == "eine" || word == "einen" || word == "un" || word == "una";
}

/// "by two", "half a second", "a second longer": words that are numbers where one is due.
void spellOutNumbers(std::vector<Term>& terms)
{
    const auto isUnit = [&](std::size_t at)
    { return at < terms.size() && terms[at].as(Role::unit) != nullptr && !terms[at].startsClause; };
    const auto countsRepeats = [&](std::size_t at)
    {
        const auto* const noun = at < terms.size() ? terms[at].as(Role::entry) : nullptr;
        return noun != nullptr && noun->entry->control == "delay.feedback"_p;
    };
    const auto isDue = [&](std::size_t at, const Sense& number)
    {
        const bool isCount = number.factor != 0.5; // "quieter by half" counts nothing
        if (isUnit(at + 1) || (isCount && countsRepeats(at + 1)))
            return true;
        if (at == 0 || !isCount || terms[at].startsClause)
            return false;
        const auto& before = terms[at - 1];
        return before.as(Role::by) != nullptr || before.as(Role::to) != nullptr ||
               before.as(Role::up) != nullptr || before.as(Role::down) != nullptr;
    };
    const auto turns = [&](std::size_t at)
    {
        if (at >= terms.size() || terms[at].startsClause)
            return false;
        const auto* const entry = terms[at].as(Role::entry);
        return (entry != nullptr && entry->isComparative) || terms[at].as(Role::more) != nullptr ||
               terms[at].as(Role::less) != nullptr || terms[at].as(Role::up) != nullptr ||
               terms[at].as(Role::down) != nullptr || terms[at].as(Role::by) != nullptr;
    };
    for (std::size_t at = 0; at + 1 < terms.size(); ++at)
        if (isArticle(terms[at].text) && isUnit(at + 1) &&
            (terms[at + 1].as(Role::unit)->unit != "s" || turns(at + 2) || (at > 0 && turns(at - 1))))
        {
            terms[at].number = 1;
            terms[at].senses = {};
        }
    for (std::size_t at = 0; at < terms.size(); ++at)
        if (const auto* const number = terms[at].as(Role::number); number != nullptr && isDue(at, *number))
        {
            terms[at].number = number->factor;
            terms[at].senses = {};
        }
}

/// "minus 3 dB", "plus 2".
void joinSigns(std::vector<Term>& terms)
{
    for (std::size_t at = 0; at + 1 < terms.size(); ++at)
    {
        auto& number = terms[at + 1];
        const bool isMinus = terms[at].text == "minus";
        // "Chorus plus 350 ms of delay" adds an effect, "plus 3 dB" and "plus 2" a difference.
        const auto* const unit = at + 2 < terms.size() ? terms[at + 2].as(Role::unit) : nullptr;
        const bool isPlus = terms[at].text == "plus" && (unit == nullptr || unit->unit == "db");
        if (!number.number || number.hasSign || number.startsClause || !(isMinus || isPlus))
            continue;
        number.number = isMinus ? -*number.number : *number.number;
        number.hasSign = true;
        number.startsClause = terms[at].startsClause;
        terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(at));
    }
}

/// Whether the word at `at` has nothing to say the amount of: "gentle tone", not "gentle reverb".
bool standsAlone(std::span<const Term> terms, std::size_t at)
{
    const auto isMeasured = [](const Term& term)
    {
        const auto* const entry = term.as(Role::entry);
        return entry != nullptr && isPlainNoun(*entry->entry);
    };
    if (std::any_of(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(at), isMeasured))
        return false; // "spring reverb, gentle"
    for (auto next = at + 1; next < terms.size() && !terms[next].startsClause; ++next)
    {
        const auto& term = terms[next];
        if (term.as(Role::conjunction) != nullptr || term.as(Role::with) != nullptr ||
            term.as(Role::but) != nullptr)
            return true;
        if (term.as(Role::filler) == nullptr)
            return false;
    }
    return true;
}

/// Takes the quality from words that say how much of something else.
void settleAmounts(std::vector<Term>& terms)
{
    const auto isQuality = [](const Sense& sense)
    { return sense.role == Role::entry && sense.entry->isOnlyAlone; };
    for (std::size_t at = 0; at < terms.size(); ++at)
    {
        auto& senses = terms[at].senses;
        if (senses.size() < 2 || standsAlone(terms, at))
            continue;
        if (isQuality(senses.front()))
            senses = senses.subspan(1);
        else if (isQuality(senses.back()))
            senses = senses.first(senses.size() - 1);
    }
}

void nameUnknown(const std::string& word, Reading& reading)
{
    constexpr std::size_t longestShown = 24;
    const auto shown = cleanText(word, longestShown);
    auto& named = reading.notUnderstood;
    if (named.size() < maximumNamedWords && std::find(named.begin(), named.end(), shown) == named.end())
        named.push_back(shown);
}

/// The language of the small words and of the nouns that no English prompt has: "hall" is one kind of reverb
/// in English and any in German. Players mix English nouns into every language.
Language languageOf(std::span<const Term> terms)
{
    std::array<int, 4> votes{};
    for (const auto& term : terms)
    {
        if (term.senses.empty())
            continue;
        const auto language = term.senses.front().language;
        const bool isNoun = term.as(Role::entry) != nullptr;
        if (isNoun && language == Language::english)
            continue;
        if (std::all_of(term.senses.begin(), term.senses.end(),
                        [language](const Sense& sense) { return sense.language == language; }))
            votes[static_cast<std::size_t>(language)] += isNoun ? 1 : 2;
    }
    return static_cast<Language>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}
/// Whether the small words are English and none is of another language.
bool isPlainEnglish(std::span<const Term> terms)
{
    bool hasEnglish = false;
    for (const auto& term : terms)
    {
        const auto isOf = [](bool isEnglish) {
            return [isEnglish](const Sense& sense)
            { return (sense.language == Language::english) == isEnglish; };
        };
        if (term.senses.empty() || term.as(Role::entry) != nullptr)
            continue;
        if (std::all_of(term.senses.begin(), term.senses.end(), isOf(false)))
            return false;
        hasEnglish = hasEnglish || std::all_of(term.senses.begin(), term.senses.end(), isOf(true));
    }
    return hasEnglish;
}

/// "The echoes fade": in English no German adjective.
void forgetForeign(std::span<Term> terms, Reading& reading)
{
    if (!isPlainEnglish(terms))
        return;
    const auto isForeign = [](const Sense& sense)
    {
        return sense.role == Role::entry && sense.entry->kind == EntryKind::descriptor &&
               sense.language != Language::english && sense.language != Language::japanese;
    };
    for (auto& term : terms)
    {
        if (term.senses.empty())
            continue;
        while (!term.senses.empty() && isForeign(term.senses.front()))
            term.senses = term.senses.subspan(1);
        while (!term.senses.empty() && isForeign(term.senses.back()))
            term.senses = term.senses.first(term.senses.size() - 1);
        if (!term.senses.empty())
            continue;
        reading.understoodWords -= std::min<std::size_t>(reading.understoodWords, 1);
        nameUnknown(term.text, reading);
    }
}
} // namespace

const Sense* Term::as(Role role) const
{
    const Sense* found = nullptr;
    for (const auto& sense : senses)
        if (sense.role == role && (found == nullptr || sense.language == language))
        {
            found = &sense;
            if (sense.language == language)
                break;
        }
    return found;
}

std::vector<Term> termsOf(std::string_view prompt, const Knowledge& knowledge, Reading& reading)
{
    reading.wasCut = prompt.size() > maximumBytes;
    auto tokens = tokensOf(prompt.substr(0, maximumBytes), maximumTokens);
    splitAffixes(tokens, knowledge);
    for (const auto& guess : correct(tokens, knowledge))
        if (reading.corrections.size() < maximumNamedWords)
            reading.corrections.push_back("\"" + guess.original + "\" read as \"" + tokens[guess.token].text +
                                          "\"");

    std::vector<Term> terms;
    for (std::size_t at = 0; at < tokens.size();)
    {
        const auto match = knowledge.match(tokens, at);
        Term term;
        term.startsClause = tokens[at].startsClause;
        term.joint = tokens[at].joint;
        if (match.tokens > 0)
        {
            term.senses = match.senses;
            for (std::size_t i = 0; i < match.tokens; ++i)
                term.text += (i > 0 && tokens[at + i].joint != '\0' ? " " : "") + tokens[at + i].text;
        }
        else
        {
            term.number = tokens[at].number;
            term.hasSign = tokens[at].hasSign;
            term.text = tokens[at].text;
            // A run of unknown ideographs is one unknown word.
            auto next = at + 1;
            while (tokens[at].isIdeographic && next < tokens.size() && tokens[next].isIdeographic &&
                   !tokens[next].startsClause && knowledge.match(tokens, next).tokens == 0)
            {
                term.text += tokens[next].text;
                ++next;
            }
            if (term.isUnknown())
                nameUnknown(term.text, reading);
            at = next - 1;
        }
        const bool isGlue = !term.senses.empty() && term.as(Role::entry) == nullptr;
        if (!isGlue && !term.number)
        {
            const auto words = std::max<std::size_t>(match.tokens, 1);
            reading.contentWords += words;
            reading.understoodWords += match.tokens;
        }
        terms.push_back(std::move(term));
        at += std::max<std::size_t>(match.tokens, 1);
    }
    forgetForeign(terms, reading);
    settleAmounts(terms);
    const auto language = languageOf(terms);
    for (auto& term : terms)
        term.language = language;
    spellOutNumbers(terms);
    joinSigns(terms);
    return terms;
}

} // namespace tonewright::offline
