#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// How loud a recording is; -120 for silence.
struct Loudness
{
    double integrated = -120; ///< LUFS
    double truePeak = -120;   ///< dBTP
};

/// [worker] EBU R128 (ITU-R BS.1770-4) by libebur128, of 1 or 2 finite channels of equal length. Less than
/// one 400 ms gating block of sound is filled up with silence, so that a single note has a loudness.
Loudness loudnessOf(std::span<const std::vector<float>> channels, double sampleRate);

/// [worker] The loudness alone, in LUFS: a quarter of the cost.
double integratedLoudnessOf(std::span<const std::vector<float>> channels, double sampleRate);

/// [worker] The true peak alone, in dBTP.
double truePeakOf(std::span<const std::vector<float>> channels, double sampleRate);

} // namespace tonewright::dsp
