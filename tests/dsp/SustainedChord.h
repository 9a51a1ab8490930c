#pragma once

#include "SpacePlayer.h"

namespace tonewright::dsp::test
{

/// Six strings that ring for ever, to be played again and again: whole numbers of periods in 0.5 s, harmonics
/// as a pickup near the bridge hears them, peaks of 0.2.
inline Signal sustainedChord(double sampleRate)
{
    Signal chord(static_cast<std::size_t>(0.5 * sampleRate));
    double phase = 0;
    for (const double string : {82.0, 124.0, 164.0, 208.0, 246.0, 330.0})
        for (int harmonic = 1; harmonic * string < 6000; ++harmonic)
        {
            const double level =
                0.05 / harmonic * std::sin(0.15 * harmonic) / std::hypot(1.0, harmonic * string / 3000);
            phase += 2.4; // no two in step
            for (std::size_t n = 0; n < chord.size(); ++n)
                chord[n] += static_cast<float>(level * std::sin(2 * std::numbers::pi * harmonic * string *
                                                                    static_cast<double>(n) / sampleRate +
                                                                phase));
        }
    const auto scale = static_cast<float>(0.2 / peakOf(chord));
    for (auto& sample : chord)
        sample *= scale;
    return chord;
}

} // namespace tonewright::dsp::test
