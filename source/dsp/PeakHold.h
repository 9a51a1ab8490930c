#pragma once

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{

/// The highest magnitude of the last one to two windows: rises at once, and stands still on a steady tone
/// whose period is shorter than the window, so that a gain derived from it does not follow the waveform and
/// distort it. Counts samples since reset(). [audio], no allocation.
class PeakHold
{
public:
    /// 12.5 ms hold one whole period of 80 Hz (a guitar's low E is 82 Hz), half a period of 40 Hz.
    void prepare(double sampleRate, double windowSeconds = 0.0125) noexcept
    {
        windowFrames = std::max(1, static_cast<int>(std::lround(sampleRate * windowSeconds)));
        reset();
    }

    void reset() noexcept
    {
        previous = running = 0;
        remaining = windowFrames;
    }

    float process(float magnitude) noexcept
    {
        running = std::max(running, magnitude);
        const float peak = std::max(previous, running);
        if (--remaining == 0)
        {
            previous = running;
            running = 0;
            remaining = windowFrames;
        }
        return peak;
    }

private:
    float previous = 0;
    float running = 0;
    int windowFrames = 1;
    int remaining = 1;
};

} // namespace tonewright::dsp
