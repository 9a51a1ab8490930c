#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// [worker] RT60 in seconds extrapolated from the clearest decay in the recording; 0 when there is none of at
/// least 6 dB.
///
/// The decay begins where the level falls most. What follows the
/// sound's end by more than 100 ms (the late decay: a room or a plate, no longer the hand on the strings) is
/// freed from noise and integrated backwards (Schroeder 1965), so that echoes and tremolo become a smooth
/// line, with a correction for the energy after the end of the file or the next note (ISO 3382-1, A.3), and a
/// straight line is put through -5 to -25 dB, or as much of it as there is.
double clearestDecaySeconds(std::span<const std::vector<float>> channels, double sampleRate);

/// [any] RT60 in seconds of a decay that fills all frames, by the same line; 0 when it falls less than 6 dB.
double decaySecondsOf(std::span<const double> power, double frameSeconds);

} // namespace tonewright::dsp
