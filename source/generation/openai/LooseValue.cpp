#include "generation/openai/LooseValue.h"

#include <charconv>
#include <cmath>

namespace tonewright
{
namespace
{
constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The text without commas that nothing follows but a closing bracket.
std::string withoutTrailingCommas(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    bool isInString = false;
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        const char c = text[at];
        if (isInString && c == '\\' && at + 1 < text.size())
        {
            result += c;
            result += text[++at];
            continue;
        }
        isInString = isInString != (c == '"');
        const auto next =
            !isInString && c == ',' ? text.find_first_not_of(blanks, at + 1) : std::string_view::npos;
        if (next == std::string_view::npos || (text[next] != '}' && text[next] != ']'))
            result += c;
    }
    return result;
}
} // namespace

std::optional<WrittenNumber> numberAtStart(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !std::isfinite(value))
        return std::nullopt;
    return WrittenNumber{value, trimmed(text.substr(static_cast<std::size_t>(end - text.data())))};
}

std::string foldedWord(std::string_view text)
{
    std::string folded;
    for (const char c : text)
        if (c >= 'A' && c <= 'Z')
            folded += static_cast<char>(c - 'A' + 'a');
        else if (c != ' ' && c != '_' && c != '-')
            folded += c;
    return folded;
}

std::optional<std::size_t> choiceMeant(std::span<const std::string_view> choices, std::string_view text)
{
    constexpr std::size_t longestText = 60;
    if (text.size() > longestText)
        return std::nullopt;
    const auto wanted = foldedWord(text);
    std::optional<std::size_t> held;
    for (std::size_t index = 0; index < choices.size(); ++index)
    {
        const auto choice = foldedWord(choices[index]);
        if (choice == wanted)
            return index;
        if (wanted.find(choice) != std::string::npos &&
            (!held || choices[index].size() > choices[*held].size()))
            held = index;
    }
    return held;
}

nlohmann::json parseLoosely(std::string_view text)
{
    auto parsed = nlohmann::json::parse(text, nullptr, false);
    if (parsed.is_discarded())
        parsed = nlohmann::json::parse(withoutTrailingCommas(text), nullptr, false, true);
    return parsed;
}

} // namespace tonewright
