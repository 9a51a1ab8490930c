#pragma once

#include <span>

namespace tonewright::dsp
{

inline constexpr double noDistortion = -120; ///< dB; what a pure sine, and silence, read

/// [worker] Total harmonic distortion in dB: amplitude of harmonics 2 to 39 (below half the rate), added in
/// power, against the fundamental's (IEC 60268-3, 14.12). `sound` holds a whole number of cycles of
/// `frequency`, settled.
double harmonicDistortion(std::span<const float> sound, double frequency, double sampleRate);

/// [any] Where a preset stands between clean and extreme, from the distortion of a sine at -20 and -40 dBFS
/// in dB: 0 spotless, 0.27 the end of clean, 0.42 the end of the edge of breakup, 0.55 of crunch, 0.9 of high
/// gain, 1 the most there is. What is nearly clean shows at -20 dBFS (borders -30, -20, -11 dB), what
/// distorts much only differs at -40 dBFS (borders -32, -14 dB). Rises with both.
double distortionClass(double distortion20, double distortion40) noexcept;

} // namespace tonewright::dsp
