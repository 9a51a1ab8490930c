#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

namespace tonewright::dsp
{

inline constexpr double silentPower = 1e-12; ///< -120 dBFS: what lies deeper counts as silence

/// [any] Level in dB of a mean square; never below -120 dB.
inline double decibelsFromPower(double power)
{
    return 10 * std::log10(std::max(power, silentPower));
}

/// Mean power of consecutive frames of a recording, channels averaged. A frame that is not full counts what
/// it holds.
struct LevelCurve
{
    std::vector<double> power;
    double frameSeconds = 0.01;

    /// [worker] `channels` of equal length, finite.
    LevelCurve(std::span<const std::vector<float>> channels, double sampleRate, double secondsPerFrame);

    /// [any] The level in dB below which `part` (0 to 1) of the frames lie. Frames more than 60 dB below the
    /// loudest are pauses and do not count. Nothing for silence.
    std::optional<double> playedLevel(double part) const;
};

/// [worker] How much the playing level varies: P95 - P10 in dB of the 50 ms level. 0 for silence.
double dynamicSpread(std::span<const std::vector<float>> channels, double sampleRate);

} // namespace tonewright::dsp
