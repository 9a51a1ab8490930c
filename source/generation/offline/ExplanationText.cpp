#include "generation/offline/ExplanationText.h"

#include "tone/Text.h"

#include <algorithm>

namespace tonewright::offline
{

std::string joined(const std::vector<std::string>& parts, std::string_view lastGlue)
{
    std::string text;
    for (std::size_t index = 0; index < parts.size(); ++index)
    {
        if (index > 0)
            text += index + 1 == parts.size() ? std::string(lastGlue) : ", ";
        text += parts[index];
    }
    return text;
}

std::string lowered(std::string_view written)
{
    std::string text(written);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Reasons grow with every word that adds to an axis; a sentence keeps the first few.
std::string because(const std::string& reason)
{
    constexpr std::size_t longest = 60;
    if (reason.empty())
        return {};
    auto shown = reason.substr(0, longest);
    if (shown.size() < reason.size())
        shown = shown.substr(0, std::max<std::size_t>(shown.rfind(" + "), 1));
    return " (" + cleanText(shown, longest) + ")";
}

/// What the player should know beyond the sound: contradictions, words that meant nothing, guesses.
std::string doubtsText(const ToneIntent& intent, const std::vector<std::string>& notes)
{
    std::string text;
    const auto sentence = [&text](std::string words)
    {
        if (words.empty())
            return;
        if (words.front() >= 'a' && words.front() <= 'z')
            words.front() = static_cast<char>(words.front() - 'a' + 'A');
        text += " " + words + ".";
    };
    const auto some = [](std::vector<std::string> all)
    {
        constexpr std::size_t most = 3;
        all.resize(std::min(all.size(), most));
        return all;
    };
    sentence(joined(some(notes), "; ")); // each is a phrase of its own
    sentence(joined(some(intent.conflicts), "; "));
    sentence(joined(some(intent.corrections)));
    if (!intent.notUnderstood.empty())
    {
        std::vector<std::string> quoted;
        for (const auto& word : intent.notUnderstood)
            quoted.push_back("\"" + word + "\"");
        sentence("I did not understand " + joined(quoted));
    }
    if (intent.wasCut)
        sentence("The prompt is very long, so only its beginning was read");
    return text;
}

bool saysNothing(const ToneIntent& intent)
{
    return intent.parameters.empty() && intent.bands.empty() && intent.placements.empty() &&
           intent.exchanges.empty() &&
           std::none_of(intent.wishes.begin(), intent.wishes.end(),
                        [](const Wish& wish) { return wish.isSaid() && !wish.reason.empty(); });
}

} // namespace tonewright::offline
