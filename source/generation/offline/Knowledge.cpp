#include "generation/offline/Knowledge.h"

#include "generation/offline/KnowledgeFiles.h"
#include "generation/offline/KnowledgeReader.h"

#include <algorithm>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t longestEntryInTokens = 64;

std::size_t wordsIn(const std::string& phrase)
{
    return 1 + static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}
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
    // Nearly every phrase is written folded already; that saves most of the loading time.
    const auto isFolded = [](char c) { return (c >= 'a' && c <= 'z') || c == ' '; };
    if (std::all_of(phrase.begin(), phrase.end(), isFolded))
        return std::string(phrase);
    std::string folded;
    for (const auto& token : tokensOf(phrase, longestEntryInTokens))
        folded += (folded.empty() ? "" : " ") + token.text;
    return folded;
}

const Knowledge& Knowledge::shared()
{
    static const Knowledge knowledge(knowledgeFiles());
    return knowledge;
}

Knowledge::Knowledge(std::span<const EmbeddedFile> files)
{
    constexpr std::size_t expectedPhrases = 32'768; // saves growing step by step
    phrases.reserve(expectedPhrases);
    KnowledgeReader reader(*this);
    for (const auto& file : files)
        reader.read(file);
    reader.addWordForms();
}

void Knowledge::addPhraseLength(const std::string& phrase)
{
    longestPhrase = std::max(longestPhrase, wordsIn(phrase));
}

void Knowledge::addSense(const std::string& phrase, Sense sense)
{
    addPhraseLength(phrase);
    phrases[phrase].push_back(std::move(sense));
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
        if (const auto found = phrases.find(phrase); found != phrases.end())
            longest = {at + 1 - position, found->second};
    }
    return longest;
}

} // namespace tonewright::offline
