#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tonewright
{

/// How language models write values that were asked for as JSON.

/// A number with what stands behind it.
struct WrittenNumber
{
    double value = 0;
    std::string_view unit; ///< without the spaces around it; may be empty
};

/// [any] "350 ms", "+3dB", "0.4"; nothing where the text begins otherwise or the number is not finite.
std::optional<WrittenNumber> numberAtStart(std::string_view text);

/// [any] In lower case, without spaces, hyphens and underscores: "British-Crunch" is "british_crunch".
std::string foldedWord(std::string_view text);

/// [any] The choice a text names, in any spelling; where it says more ("plate reverb"), the only or the
/// longest one it holds.
std::optional<std::size_t> choiceMeant(std::span<const std::string_view> choices, std::string_view text);

/// [any] JSON as models write it: strict, or else with comments or commas before a closing bracket. Discarded
/// where it is neither.
nlohmann::json parseLoosely(std::string_view text);

} // namespace tonewright
