#pragma once

#include <cstddef>

namespace tonewright
{

/// Distance in bytes that keeps two variables out of each other's cache line. 64 on x86-64 and most ARM; a
/// constant of ours, because std::hardware_destructive_interference_size changes with compiler flags and so
/// must not shape a layout.
inline constexpr std::size_t cacheLineSize = 64;

} // namespace tonewright
