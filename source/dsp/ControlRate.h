#pragma once

#include <algorithm>

namespace tonewright::dsp
{

/// Base-rate samples between two looks at the knobs: 0.3 ms at 48 kHz.
inline constexpr int controlInterval = 16;

/// Cuts time into control intervals counted since reset(), whatever blocks the host asks for. [audio]
class ControlClock
{
public:
    void reset() noexcept { untilTick = 0; }

    /// Calls tick() at the start of every interval and render(offset, frames) for each run of samples that
    /// lies within one.
    template <typename Tick, typename Render>
    void run(int frames, Tick&& tick, Render&& render) noexcept
    {
        for (int offset = 0; offset < frames;)
        {
            if (untilTick == 0)
            {
                tick();
                untilTick = controlInterval;
            }
            const int count = std::min(untilTick, frames - offset);
            render(offset, count);
            offset += count;
            untilTick -= count;
        }
    }

    /// The same for what need not look again while its knobs stand still: where tick() says that they do, one
    /// run goes through as many intervals as `longestRun` has samples for.
    template <typename Tick, typename Render>
    void runLong(int frames, int longestRun, Tick&& tick, Render&& render) noexcept
    {
        bool still = false;
        for (int offset = 0; offset < frames;)
        {
            if (untilTick == 0)
            {
                still = tick();
                untilTick = controlInterval;
            }
            const int count = std::min(still ? longestRun : untilTick, frames - offset);
            render(offset, count);
            offset += count;
            const int beyond = (untilTick - count) % controlInterval;
            untilTick = beyond < 0 ? beyond + controlInterval : beyond;
        }
    }

private:
    int untilTick = 0;
};

/// A gain that goes in a straight line from one control tick to the next. [audio]
class GainRamp
{
public:
    /// `newStepsPerTick`: how often next() is called between two ticks.
    void prepare(int newStepsPerTick) noexcept
    {
        stepsPerTick = static_cast<float>(newStepsPerTick);
        reset();
    }
    void reset() noexcept
    {
        step = 0;
        jumpNext = true;
    }

    void tick(float target) noexcept
    {
        current = jumpNext ? target : end;
        end = target;
        step = (end - current) / stepsPerTick;
        jumpNext = false;
    }

    /// Instead of tick() where the target is what it was.
    void hold() noexcept
    {
        current = end;
        step = 0;
    }

    float next() noexcept
    {
        current += step;
        return current;
    }

private:
    float current = 0;
    float end = 0;
    float step = 0;
    float stepsPerTick = controlInterval;
    bool jumpNext = true;
};

} // namespace tonewright::dsp
