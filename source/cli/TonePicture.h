#pragma once

#include "assets/AudioFile.h"

#include <string>

namespace tonewright::cli
{

/// [message, worker] Draws what an amplifier did to a recording: both waveforms on one time axis, both
/// spectra on one logarithmic frequency axis, and the main figures. `title` is any text. The bytes of a PNG
/// file, 1600 x 1000.
Result<std::string> drawTonePicture(const Recording& dry, const Recording& wet, const std::string& title);

} // namespace tonewright::cli
