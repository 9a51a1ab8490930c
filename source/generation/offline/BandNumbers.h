#pragma once

#include "generation/offline/NumberScope.h"

namespace tonewright::offline
{

/// [any] Reads the number at `at` as a frequency the equaliser turns, or as the decibels it does: "cut 3 dB
/// at 2k", "+2 dB at 800 Hz", "less 400 Hz", "cut 250 by 4", "some harshness out around 3k". False where it
/// is neither.
bool readBand(NumberScope& scope, std::size_t at, const std::string& unit);

/// [any] "No low cut", "remove the high pass filter": takes away what the equaliser cuts there, and nothing
/// else.
void readRefusedFilters(NumberScope& scope);

} // namespace tonewright::offline
