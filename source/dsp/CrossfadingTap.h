#pragma once

#include "dsp/DelayLine.h"

#include <algorithm>

namespace tonewright::dsp
{

/// A reading point of delay lines that moves by crossfading from the old place to the new: no click and no
/// change of pitch. A target set during a fade waits for its end; the latest wins. [audio], no allocation.
class CrossfadingTap
{
public:
    void prepare(double sampleRate, double fadeSeconds = 0.04) noexcept
    {
        step = 1 / static_cast<float>(std::max(1.0, sampleRate * fadeSeconds));
        reset();
    }

    /// The next setTarget() jumps.
    void reset() noexcept
    {
        snapNext = true;
        fading = false;
    }

    /// `delay` in whole samples, at least 1.
    void setTarget(int delay) noexcept
    {
        target = delay;
        if (snapNext)
            from = to = delay;
        snapNext = false;
    }

    /// Once a sample, before reading.
    void advance() noexcept
    {
        if (!fading)
        {
            if (target == from)
                return;
            to = target;
            place = 0;
            fading = true;
        }
        place += step;
        if (place >= 1)
        {
            from = to;
            fading = false;
        }
        weight = place * place * (3 - 2 * place);
    }

    float read(const DelayLine& line) const noexcept
    {
        const float old = line.read(from);
        return fading ? old + weight * (line.read(to) - old) : old;
    }

private:
    float step = 1;
    float place = 0;
    float weight = 0;
    int from = 1;
    int to = 1;
    int target = 1;
    bool fading = false;
    bool snapNext = true;
};

} // namespace tonewright::dsp
