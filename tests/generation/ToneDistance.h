#pragma once

#include "dsp/measure/ToneMeasurement.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace tonewright::test
{

/// Where a tone lies in a space whose unit, in every direction, is a difference that is plainly heard
/// (docs/presets.md lists them).
using TonePlace = std::array<double, 10>;

/// `tone` of a riff with what rings after it; `distortionClass` of dsp/measure/Distortion.h.
inline TonePlace placeOf(const dsp::ToneMeasurement& tone, double distortionClass)
{
    constexpr double shortestEcho = 60; // ms
    const double echo =
        tone.echoMilliseconds > 0 ? 1 + std::log2(tone.echoMilliseconds / shortestEcho) / 2 : 0;
    return {tone.brightness / 1,  // ERB
            tone.lows / 3,        // dB
            tone.mids / 3,        // dB
            tone.highs / 4,       // dB
            tone.scoop / 4,       // dB
            tone.crestFactor / 3, // dB: compression
            distortionClass / 0.15, std::log2(1 + tone.decaySeconds / 0.5), tone.stereoWidth / 0.25, echo};
}

/// Euclid's.
inline double distance(const TonePlace& one, const TonePlace& other)
{
    double sum = 0;
    for (std::size_t axis = 0; axis < one.size(); ++axis)
        sum += (one[axis] - other[axis]) * (one[axis] - other[axis]);
    return std::sqrt(sum);
}

} // namespace tonewright::test
