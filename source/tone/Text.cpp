#include "tone/Text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace tonewright
{
namespace
{
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the valid UTF-8 sequence at the start of `text`, or 0 (Unicode 15, table 3-7: no overlong forms,
/// no surrogates, nothing above U+10FFFF).
std::size_t validSequenceLength(std::string_view text)
{
    const auto byte = [&](std::size_t i)
    { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0}; };
    const auto continues = [&](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xBF; };
    const auto first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
    {
        const bool secondFits = first == 0xE0 ? byte(1) >= 0xA0 : first != 0xED || byte(1) <= 0x9F;
        return continues(1) && secondFits && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4)
    {
        const bool secondFits = first == 0xF0 ? byte(1) >= 0x90 : first != 0xF4 || byte(1) <= 0x8F;
        return continues(1) && secondFits && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

bool isControl(std::string_view sequence)
{
    const auto first = static_cast<std::uint8_t>(sequence[0]);
    if (sequence.size() == 1)
        return (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F;
    return first == 0xC2 && static_cast<std::uint8_t>(sequence[1]) < 0xA0; // C1 controls
}
} // namespace

std::string cleanText(std::string_view text, std::size_t maximumBytes)
{
    std::string result;
    result.reserve(std::min(text.size(), maximumBytes));
    while (!text.empty())
    {
        const auto length = validSequenceLength(text);
        const auto sequence = length > 0 ? text.substr(0, length) : replacement;
        if (!(length > 0 && isControl(sequence)))
        {
            if (result.size() + sequence.size() > maximumBytes)
                break;
            result += sequence;
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

std::string slugOf(std::string_view title)
{
    constexpr std::size_t longest = 60;
    std::string slug;
    for (const char c : title)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && std::isalnum(byte) != 0)
            slug += static_cast<char>(std::tolower(byte));
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
        if (slug.size() == longest)
            break;
    }
    while (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    // Names that Windows keeps for devices; a preset folder may be shared with it.
    constexpr std::array<std::string_view, 6> reserved{"con", "prn", "aux", "nul", "com1", "lpt1"};
    if (slug.empty() || std::find(reserved.begin(), reserved.end(), slug) != reserved.end())
        slug.insert(0, "preset");
    return slug;
}

} // namespace tonewright
