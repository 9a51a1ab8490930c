#include "cli/Console.h"

#include "tone/Text.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace tonewright::cli
{

void say(std::string_view line)
{
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

void writeResult(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void writeJson(const nlohmann::ordered_json& json)
{
    writeResult(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

bool flushResults()
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

std::string numberText(double value, int decimals)
{
    std::array<char, 400> buffer{};
    const double scale = std::pow(10.0, decimals);
    const double rounded = std::round(value * scale) / scale;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                   rounded == 0.0 ? 0.0 : rounded, std::chars_format::fixed, decimals)
                         .ptr;
    return {buffer.data(), end};
}

std::size_t widthOf(std::string_view text)
{
    std::size_t width = 0;
    for (const char c : text)
        width += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    return width;
}

std::string padded(std::string_view text, std::size_t width)
{
    std::string result(text);
    const auto present = widthOf(text);
    result.append(width > present ? width - present : 0, ' ');
    return result;
}

std::string paddedLeft(std::string_view text, std::size_t width)
{
    const auto present = widthOf(text);
    return std::string(width > present ? width - present : 0, ' ').append(text);
}

ProgressLine::ProgressLine() : isTerminal(::isatty(STDERR_FILENO) != 0)
{
}

ProgressLine::~ProgressLine()
{
    if (!shown.empty())
        std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(std::string_view what, double part)
{
    if (!isTerminal)
        return;
    std::string line = cleanText(what, 100);
    if (part >= 0)
        line += "  " + numberText(100 * part, 0) + " %";
    if (line == shown)
        return;
    shown = line;
    std::fprintf(stderr, "\r\033[K%s", shown.c_str());
    std::fflush(stderr);
}

} // namespace tonewright::cli
