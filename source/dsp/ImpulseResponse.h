#pragma once

#include "tone/Result.h"

#include <vector>

namespace tonewright::dsp
{

/// What a loudspeaker, a microphone and a room answer to a click: 1 or 2 channels of equal length.
struct ImpulseResponse
{
    int sampleRate = 48'000;
    std::vector<std::vector<float>> channels;

    bool operator==(const ImpulseResponse&) const = default;
};

/// Longer ones are cut there, with a fade.
inline constexpr double longestImpulseSeconds = 1;

/// What trimImpulse took away, in seconds.
struct ImpulseTrim
{
    double lead = 0; ///< silence before the onset
    double tail = 0; ///< silence behind the end
    double cut = 0;  ///< sound beyond longestImpulseSeconds
};

/// [worker] Cuts silence before the onset (40 dB below the peak, after a short fade-in), what lies 80 dB
/// below the peak at the end, and what is longer than longestImpulseSeconds; then makes the peak 1. The
/// error, half a sentence, says why it is no impulse response ("it is silent").
Result<ImpulseTrim> trimImpulse(ImpulseResponse& impulse);

/// [worker] Whether a guitar would be heard through it: finite, not silent, and with its share of energy
/// between 100 Hz and 5 kHz. What levelledImpulse() is given must be.
bool carriesGuitar(const ImpulseResponse& impulse);

/// [worker] The channels at another rate, so loud that a guitar comes out as loud as from our own cabinets.
/// The impulse response must be trimmed.
std::vector<std::vector<float>> levelledImpulse(const ImpulseResponse& impulse, double sampleRate);

} // namespace tonewright::dsp
