#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tonewright::dsp
{

/// What `tonewright measure` prints. Definitions and sources stand beside each function in
/// dsp/measure.
struct ToneMeasurement
{
    double sampleRate = 0;
    double seconds = 0;
    int channels = 0;
    double loudness = 0;      ///< LUFS, integrated (EBU R128); -inf becomes -120
    double truePeak = 0;      ///< dBTP
    double rms = 0;           ///< dBFS
    double crestFactor = 0;   ///< dB, peak to RMS
    double brightness = 0;    ///< ERB-rate centroid weighted by loudness^0.3, 60 Hz to 12 kHz
    double lows = 0;          ///< dB, energy below 250 Hz relative to all
    double mids = 0;          ///< dB, energy 400 Hz to 1.6 kHz relative to all
    double highs = 0;         ///< dB, energy above 2 kHz relative to all
    double scoop = 0;         ///< dB, mids against the mean of 100-300 Hz and 2-5 kHz; negative is scooped
    double dynamicSpread = 0; ///< dB, P95 - P10 of the 50 ms level
    double decaySeconds = 0;  ///< RT60 extrapolated from the clearest decay in the file; 0 when none is found
    double echoMilliseconds = 0; ///< delay of the strongest echo, 60 ms to 2.1 s; 0 when there is none
    double stereoWidth = 0;      ///< 1 - correlation of left and right; 0 is mono
    double dcOffset = 0;         ///< dBFS
};

/// [worker] Measures 1 or 2 channels of equal length. Empty or silent input gives the floor values, never
/// NaN.
ToneMeasurement measureTone(std::span<const std::vector<float>> channels, double sampleRate);

} // namespace tonewright::dsp
