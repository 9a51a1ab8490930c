#pragma once

#include "tone/Preset.h"

#include <string>

namespace tonewright::cli
{

/// [message] The preset of a file, or of the library by name. What was repaired or is unknown is said on
/// stderr, one sentence each.
Result<Preset> choosePreset(const std::string& fileOrName);

/// [message] Says on stderr what validation changed or noticed.
void sayReport(const ValidationReport& report);

} // namespace tonewright::cli
