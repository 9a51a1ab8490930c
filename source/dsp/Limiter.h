#pragma once

#include "dsp/PeakHold.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{

/// -1.7 dBFS: the highest sample a chain puts out; the wave between the samples may reach a little higher.
inline constexpr float outputCeiling = 0.8222f;

/// Gain that keeps peaks below a ceiling without looking ahead: it falls with the peak itself and recovers
/// smoothly. Up to the knee it is exactly 1; above, peaks approach the ceiling along a tanh. [audio], no
/// allocation.
class Limiter
{
public:
    struct Shape
    {
        float knee = 1;    ///< a magnitude
        float ceiling = 1; ///< a magnitude above the knee
        double releaseSeconds = 0.08;
    };

    void prepare(double sampleRate, const Shape& newShape) noexcept
    {
        shape = newShape;
        releaseFactor = static_cast<float>(std::exp(-1 / (shape.releaseSeconds * sampleRate)));
        peak.prepare(sampleRate);
        reset();
    }
    void reset() noexcept
    {
        peak.reset();
        envelope = 0;
    }

    /// Gain for a sample (or a stereo pair) of that magnitude.
    float gainFor(float magnitude) noexcept
    {
        envelope = std::max(peak.process(magnitude), envelope * releaseFactor);
        if (envelope <= shape.knee)
            return 1;
        const float room = shape.ceiling - shape.knee;
        return (shape.knee + room * std::tanh((envelope - shape.knee) / room)) / envelope;
    }

private:
    Shape shape;
    PeakHold peak;
    float releaseFactor = 0;
    float envelope = 0;
};

} // namespace tonewright::dsp
