#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tonewright::dsp
{

/// What follows a stroke.
struct EchoMeasurement
{
    double milliseconds = 0; ///< from the stroke to its first repeat, 60 ms to 2.1 s; 0 when there is none
    int repeats = 0;         ///< above -30 dB
    double level = -120;     ///< of the first repeat against the stroke, dB
};

/// [worker] Energy later than 80 ms after the stroke's end against all, dB; -120 when nothing follows.
/// `channels` begin with a stroke of `strokeFrames`.
double wetRatioOf(std::span<const std::vector<float>> channels, std::size_t strokeFrames, double sampleRate);

/// [worker] RT60 in seconds from what follows the stroke's end by more than 100 ms: backward integration
/// (Schroeder 1965), the line through -5 to -25 dB of that, extrapolated (dsp/measure/Decay.h). 0 when less
/// than -60 dB of the stroke is left by then: a loudspeaker rings, too.
double lateDecayOf(std::span<const std::vector<float>> channels, std::size_t strokeFrames, double sampleRate);

/// [worker] Repeats: peaks of the envelope (power of both channels, smoothed over 10 ms) that rise 3 dB out
/// of the valley before them.
EchoMeasurement echoesOf(std::span<const std::vector<float>> channels, std::size_t strokeFrames,
                         double sampleRate);

} // namespace tonewright::dsp
