#include "generation/offline/Knowledge.h"

#include "generation/offline/Spelling.h"

#include <algorithm>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t longestEntryInTokens = 64;
} // namespace

const ToneEffects* Entry::toneFor(StageId boundStage) const
{
    for (const auto& [candidate, effects] : forStage)
        if (candidate == boundStage)
            return &effects;
    return nullptr;
}

std::string foldedPhrase(std::string_view phrase)
{
    std::string folded;
    for (const auto& token : tokensOf(phrase, longestEntryInTokens))
        folded += (folded.empty() ? "" : " ") + token.text;
    return folded;
}

std::span<const Sense> Knowledge::sensesOf(std::string_view phrase) const noexcept
{
    const auto* const word = allWords.find(phrase);
    return word != nullptr ? allSenses.subspan(word->firstSense, word->senses) : std::span<const Sense>();
}

PhraseMatch Knowledge::match(std::span<const Token> tokens, std::size_t position) const
{
    PhraseMatch longest;
    std::string phrase;
    const auto end = std::min(tokens.size(), position + longestPhrase);
    for (auto at = position; at < end; ++at)
    {
        if (at > position && tokens[at].startsClause)
            break;
        phrase += (phrase.empty() ? "" : " ") + tokens[at].text;
        if (const auto found = sensesOf(phrase); !found.empty())
            longest = {at + 1 - position, found};
    }
    return longest;
}

std::optional<std::string> Knowledge::corrected(std::string_view word) const
{
    return offline::corrected(word, allWords);
}

} // namespace tonewright::offline
