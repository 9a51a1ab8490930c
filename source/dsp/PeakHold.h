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
    /// Seconds that hold one whole period of 80 Hz (a guitar's low E is 82 Hz), half a period of 40 Hz.
    static constexpr double guitarWindow = 0.0125;

    static int framesOf(double windowSeconds, double sampleRate) noexcept
    {
        return std::max(1, static_cast<int>(std::lround(sampleRate * windowSeconds)));
    }

    void prepare(double sampleRate, double windowSeconds = guitarWindow) noexcept
    {
        windowFrames = framesOf(windowSeconds, sampleRate);
        reset();
    }

    void reset() noexcept
    {
        previous = running = 0;
        remaining = windowFrames;
    }

    /// As after a whole window with one peak and so many frames of the next with another.
    void recall(float peakBefore, float latestPeak, int latestFrames) noexcept
    {
        previous = peakBefore;
        running = latestPeak;
        remaining = std::max(1, windowFrames - latestFrames);
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
