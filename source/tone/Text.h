#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tonewright
{

/// [any] Foreign text made fit to show and keep: valid UTF-8 (anything else becomes U+FFFD), no control
/// characters but tab and line feed, at most `maximumBytes` bytes, cut at a character's edge.
std::string cleanText(std::string_view text, std::size_t maximumBytes);

/// [any] A file name's stem for a title: lower-case ASCII letters, digits and hyphens, 1 to 60 characters,
/// never a path and never a reserved name.
std::string slugOf(std::string_view title);

} // namespace tonewright
