#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tonewright
{

/// Names a user's impulse response by its content: the hash of its samples; 0 is none.
using ImpulseResponseId = std::uint64_t;

/// [any] The id as presets and file names hold it: 16 lower-case hexadecimal digits.
std::string textOf(ImpulseResponseId id);

/// [any] The id of exactly such a text, and of nothing else; never 0. Foreign text becomes a file's name only
/// through here.
std::optional<ImpulseResponseId> impulseResponseId(std::string_view text);

} // namespace tonewright
