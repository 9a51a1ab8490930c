#pragma once

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{

/// [any+audio] Amplitude ratio of a level in dB (20 dB is 10).
inline float gainFromDecibels(float decibels) noexcept
{
    return std::exp(decibels * 0.115129255f);
} // ln(10) / 20

/// [any+audio] Level in dB of an amplitude ratio; never below -200 dB, so that silence stays a number.
inline float decibelsFromGain(float gain) noexcept
{
    return 20.0f * std::log10(std::max(std::abs(gain), 1e-10f));
}

} // namespace tonewright::dsp
