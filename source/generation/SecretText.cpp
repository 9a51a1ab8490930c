#include "generation/SecretText.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace tonewright
{
namespace
{
constexpr std::string_view replacement = "[key]";
/// Shorter secrets would turn ordinary words into "[key]".
constexpr std::size_t shortestSecret = 4;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool isUnreserved(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '~';
}

/// Length of `secret` (lower case) at a place of the text, each character as it is or percent-encoded; 0
/// where it is not.
std::size_t lengthAt(std::string_view text, std::size_t at, std::string_view secret)
{
    const auto start = at;
    for (const char c : secret)
    {
        if (at < text.size() && lower(text[at]) == c)
        {
            ++at;
            continue;
        }
        constexpr int hexadecimal = 16;
        unsigned char code = 0;
        const auto digits = at < text.size() && text[at] == '%' ? text.substr(at + 1, 2) : std::string_view{};
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal);
        if (digits.size() != 2 || error != std::errc{} || end != digits.data() + 2 ||
            lower(static_cast<char>(code)) != c)
            return 0;
        at += 3;
    }
    return at - start;
}

void replacePlain(std::string& text, std::string_view secret)
{
    for (std::size_t at = 0; at < text.size();)
    {
        const auto length = lengthAt(text, at, secret);
        if (length > 0)
            text.replace(at, length, replacement);
        at += length > 0 ? replacement.size() : 1;
    }
}

std::string jsonEscaped(std::string_view text)
{
    std::string result;
    for (const char c : text)
    {
        if (c == '"' || c == '\\' || c == '/')
            result += '\\';
        result += c;
    }
    return result;
}

/// The base64 characters (RFC 4648) that depend on `text` alone when it starts `offset` bytes (0 to 2) into a
/// group of three: what stays the same whatever stands before and after it.
std::string base64Core(std::string_view text, std::size_t offset)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t firstBit = offset * 8;
    const std::size_t endBit = firstBit + text.size() * 8;
    std::string result;
    for (std::size_t bit = (firstBit + 5) / 6 * 6; bit + 6 <= endBit; bit += 6)
    {
        unsigned value = 0;
        for (std::size_t i = bit; i < bit + 6; ++i)
        {
            const auto byte = static_cast<std::uint8_t>(text[i / 8 - offset]);
            value = value << 1 | (byte >> (7 - i % 8) & 1u);
        }
        result += alphabet[value];
    }
    return result;
}

/// Replaces every occurrence of `trace` (lower case), whatever its letter case in `text`.
void replaceAll(std::string& text, std::string_view trace)
{
    std::string folded = lowered(text);
    for (std::size_t at = folded.find(trace); at != std::string::npos;
         at = folded.find(trace, at + replacement.size()))
    {
        text.replace(at, trace.size(), replacement);
        folded.replace(at, trace.size(), replacement);
    }
}

bool isKeyCharacter(char c)
{
    return isUnreserved(c) || c == '+' || c == '/' || c == '=';
}

/// Replaces the word after each `prefix` if it is at least `shortest` key characters long.
void replaceAfter(std::string& text, std::string_view prefix, bool keepPrefix, std::size_t shortest)
{
    std::string folded = lowered(text);
    for (std::size_t at = folded.find(prefix); at != std::string::npos; at = folded.find(prefix, at + 1))
    {
        const bool startsWord = at == 0 || !isKeyCharacter(folded[at - 1]) || folded[at - 1] == '=';
        const std::size_t start = at + prefix.size();
        std::size_t end = start;
        while (end < text.size() && isKeyCharacter(text[end]))
            ++end;
        if (!startsWord || end - start < shortest)
            continue;
        const std::size_t from = keepPrefix ? start : at;
        text.replace(from, end - from, replacement);
        folded.replace(from, end - from, replacement);
    }
}
} // namespace

SecretScrubber::SecretScrubber(std::string_view secret)
{
    if (secret.size() < shortestSecret)
        return;
    plain = lowered(secret);
    traces = {lowered(jsonEscaped(secret))};
    for (std::size_t offset = 0; offset < 3; ++offset)
        traces.push_back(lowered(base64Core(secret, offset)));
    // Longest first: a shorter trace may be part of a longer one and would leave its rest behind.
    std::sort(traces.begin(), traces.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    traces.erase(std::unique(traces.begin(), traces.end()), traces.end());
    std::erase_if(traces, [](const auto& trace) { return trace.size() < shortestSecret; });
}

std::string SecretScrubber::scrub(std::string_view text) const
{
    std::string result(text);
    if (!plain.empty())
        replacePlain(result, plain);
    for (const auto& trace : traces)
        replaceAll(result, trace);
    return scrubKeyLookalikes(result);
}

std::string scrubKeyLookalikes(std::string_view text)
{
    constexpr std::size_t shortestKey = 8;
    std::string result(text);
    replaceAfter(result, "bearer ", true, shortestKey);
    replaceAfter(result, "sk-", false, shortestKey);
    return result;
}

} // namespace tonewright
