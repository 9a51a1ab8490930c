#pragma once

#include <filesystem>

namespace tonewright
{

/// [message, worker] Whether a preset file says what the input trim shall be. The trim fits a guitar and an
/// interface, not a tone: a file that does not name it leaves the player's alone, one that does wins, 0 dB
/// included.
bool namesInputTrim(const std::filesystem::path& presetFile);

} // namespace tonewright
