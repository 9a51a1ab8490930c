#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// The balance of a recording's long-term spectrum. Levels are energies in dB against all of it; -120 where
/// there is nothing.
struct ToneColour
{
    double brightness = 0;  ///< ERB-rate centroid, 60 Hz to 12 kHz, weighted by energy^0.3 (BR)
    double lows = -120;     ///< below 250 Hz (LF)
    double mids = -120;     ///< 400 Hz to 1.6 kHz (MID)
    double highs = -120;    ///< above 2 kHz (HF)
    double lowMids = -120;  ///< 200 to 500 Hz
    double presence = -120; ///< 2 to 5 kHz
    double top = -120;      ///< above 5 kHz
    double scoop = 0;       ///< mids less the mean of 100 to 300 Hz and 2 to 5 kHz; negative is scooped (SC)
};

/// [worker] Of finite channels of equal length.
ToneColour colourOf(std::span<const std::vector<float>> channels, double sampleRate);

/// [worker] Energy between two frequencies in Hz against all, dB; -120 where there is nothing.
double bandLevel(std::span<const std::vector<float>> channels, double sampleRate, double low, double high);

} // namespace tonewright::dsp
