#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// The long-term power spectrum of a recording (Welch: Hann windows of about 85 ms, half overlapping,
/// averaged, channels added).
struct PowerSpectrum
{
    std::vector<double> power; ///< one value a bin, from 0 Hz
    double binWidth = 1;       ///< Hz

    /// [worker] `channels` of equal length, finite.
    PowerSpectrum(std::span<const std::vector<float>> channels, double sampleRate);

    /// [any] Energy between two frequencies in Hz; bins on the border count in part.
    double between(double low, double high) const;
};

} // namespace tonewright::dsp
