#include "tone/ImpulseResponseId.h"

namespace tonewright
{
namespace
{
constexpr std::string_view digits = "0123456789abcdef";
constexpr std::size_t idLength = 16;
constexpr unsigned bitsPerDigit = 4;
} // namespace

std::string textOf(ImpulseResponseId id)
{
    std::string text(idLength, '0');
    for (std::size_t place = idLength; place-- > 0; id >>= bitsPerDigit)
        text[place] = digits[id & 15u];
    return text;
}

std::optional<ImpulseResponseId> impulseResponseId(std::string_view text)
{
    if (text.size() != idLength)
        return std::nullopt;
    ImpulseResponseId id = 0;
    for (const char c : text)
    {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        id = id << bitsPerDigit | digit;
    }
    return id != 0 ? std::optional(id) : std::nullopt;
}

} // namespace tonewright
