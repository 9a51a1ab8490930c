#pragma once

#include "messaging/Message.h"
#include "tone/ParameterSet.h"
#include "tone/Text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace tonewright::fuzz
{

/// The key that no output may hold; the dictionary knows it too.
inline constexpr std::string_view sentinel = "tw-SENTINEL-0123456789";

/// Ends the run, with the input kept, where a promise is broken.
inline void require(bool holds, std::string_view promise)
{
    if (holds)
        return;
    std::cerr << "Broken promise: " << promise << std::endl;
    std::abort();
}

inline std::string_view textOf(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

inline void requireLegal(const ParameterSet& parameters)
{
    auto legal = parameters;
    legal.makeLegal();
    require(legal == parameters, "a tone that comes from outside is legal");
}

inline void requireClean(const std::string& text, std::size_t longest)
{
    require(cleanText(text, longest) == text,
            "text from outside is short, valid UTF-8 without control characters");
    std::string lowered = text;
    std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    require(lowered.find("tw-sentinel-0123456789") == std::string::npos, "no text holds the key");
}

/// One clear sentence, and a clean detail of one line.
inline void requireSentence(const GenerationError& error)
{
    requireClean(error.message, 300);
    requireClean(error.detail, 1200);
    require(error.message.ends_with('.'), "an error is a sentence");
    require((error.message + error.detail).find('\n') == std::string::npos, "an error is one line");
}

} // namespace tonewright::fuzz
