#pragma once

#include <cstddef>
#include <vector>

namespace tonewright::dsp
{

/// [worker] A sine of so many dBFS peak. It begins with a fade-in of 5 ms.
std::vector<float> probeSine(double frequency, double decibels, std::size_t frames, double sampleRate);

/// [worker] Pink noise from 50 Hz to 10 kHz (guitars have more lows than highs), so many dBFS RMS, the same
/// on every machine. It repeats every `period` frames (an even number): whatever does not move gives the same
/// level for each.
std::vector<float> probeNoise(double decibels, std::size_t period, std::size_t frames, double sampleRate);

/// [worker] 20 ms of such noise under half a sine, peak -12 dBFS: a stroke without a tail of its own.
std::vector<float> probeBurst(double sampleRate);

} // namespace tonewright::dsp
