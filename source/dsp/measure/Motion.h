#pragma once

#include <array>
#include <span>
#include <vector>

namespace tonewright::dsp
{

/// How far and how often something swings; both 0 when nothing does.
struct Swing
{
    double extent = 0;
    double rate = 0; ///< Hz
};

/// [worker] The strongest periodic component of a curve, `rate` points a second, between two frequencies in
/// Hz; `extent` is from the lowest to the highest of the mean course of one period, so that square and sine
/// waves read what they do.
Swing strongestSwing(std::span<const double> curve, double rate, double lowest, double highest);

/// What happens to a steady sine.
struct SineMotion
{
    Swing level; ///< dB from trough to crest, 1 to 15 Hz; tremolo
    Swing pitch; ///< cents from the mean to either side, 0.1 to 10 Hz; vibrato, chorus
};

/// [worker] Follows a sine of `frequency` Hz by complex demodulation (windows of 25 ms). Level: of both
/// channels' powers together. Pitch: of the channel that moves more; deviations count by the amplitude they
/// are heard with, and sqrt(2) of their RMS is the swing of a sine-shaped vibrato. Steady detuning is no
/// motion.
SineMotion motionOfSine(std::span<const std::vector<float>> channels, double frequency, double sampleRate);

/// [worker] How far third-octave bands (125 Hz to 6.3 kHz) move against each other, slower than 8 Hz: RMS
/// over bands and time in dB, of the channel that moves more; phaser, flanger, chorus. What moves all bands
/// alike, a tremolo, is left out. `channels` is the answer to noise that repeats every `period` frames:
/// frames of that length are equal wherever nothing moves. `extent` in dB; `rate` of the strongest movement.
Swing sweepOfNoise(std::span<const std::vector<float>> channels, std::size_t period, double sampleRate);

} // namespace tonewright::dsp
