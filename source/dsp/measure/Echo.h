#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// [worker] Delay in ms of the strongest echo from 60 ms to 2.1 s; 0 when there is none.
///
/// An echo repeats the waveform itself, which rhythmic playing does not: it puts a ripple of period 1/delay
/// on the spectrum, which the power cepstrum (Bogert, Healy and Tukey 1963) shows as a peak at the delay.
/// Only 80 Hz to 5 kHz is looked at, where guitars and dark repeats have energy. The peak must stand clear of
/// its neighbourhood.
double strongestEchoMilliseconds(std::span<const std::vector<float>> channels, double sampleRate);

} // namespace tonewright::dsp
