#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// Mean power of consecutive frames of a recording, channels averaged. A frame that is not full counts what
/// it holds.
struct LevelCurve
{
    std::vector<double> power;
    double frameSeconds = 0.01;

    /// [worker] `channels` of equal length, finite.
    LevelCurve(std::span<const std::vector<float>> channels, double sampleRate, double secondsPerFrame);
};

/// [worker] How much the playing level varies: P95 - P10 in dB of the 50 ms level. Frames more than 60 dB
/// below the loudest are pauses and do not count. 0 for silence.
double dynamicSpread(std::span<const std::vector<float>> channels, double sampleRate);

/// [worker] RT60 in seconds extrapolated from the clearest decay in the recording; 0 when there is none of at
/// least 8 dB.
///
/// The decay begins where the level falls most; what follows the first 100 ms (the late decay: a room or a
/// plate, no longer the hand on the strings) is freed from noise and integrated backwards (Schroeder 1965),
/// so that echoes and tremolo become a smooth line, with a correction for the energy after the end of the
/// file or the next note (ISO 3382-1, A.3), and a straight line is put through -5 to -25 dB, or as much of it
/// as there is.
double clearestDecaySeconds(std::span<const std::vector<float>> channels, double sampleRate);

} // namespace tonewright::dsp
