#pragma once

#include "dsp/CoarseHistory.h"
#include "dsp/DelayLine.h"
#include "dsp/Filters.h"
#include "dsp/PeakHold.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{

/// Hz. An interface's DC offset shall not hold a gate open.
inline constexpr double gateDetectorCorner = 20;

/// What the guitar did of late: its samples for as long as a pitch shifter reaches back (once more at 6 kHz,
/// where notes are looked for), its peaks for as long as a slow compressor remembers. A chain that is
/// switched in while something sounds catches up on it. [audio] but for prepare().
class InputHistory
{
public:
    /// Of the peaks: PeakHold's, counted since reset(), and without DC as a gate sees them.
    static constexpr double windowSeconds = PeakHold::guitarWindow;
    static constexpr int windowCount = 640;

    /// [setup]
    void prepare(double sampleRate)
    {
        for (auto& line : lines)
            line.prepare(static_cast<int>(sampleSeconds * sampleRate));
        middleLine.prepare(sampleRate, sampleSeconds);
        for (auto& blocker : blockers)
            blocker.prepare(sampleRate, gateDetectorCorner);
        peaks.prepare(windowCount);
        windowFrames = PeakHold::framesOf(windowSeconds, sampleRate);
        reset();
    }

    void reset() noexcept
    {
        for (auto& line : lines)
            line.reset();
        middleLine.reset();
        for (auto& blocker : blockers)
            blocker.reset();
        peaks.reset();
        latest = sinceMark = 0;
        latestCount = 0;
    }

    /// From here on peakSinceMark() counts.
    void mark() noexcept { sinceMark = 0; }

    /// `right` may be null (mono).
    void write(const float* left, const float* right, int frames) noexcept
    {
        for (int frame = 0; frame < frames; ++frame)
        {
            const float other = right != nullptr ? right[frame] : left[frame];
            lines[0].write(left[frame]);
            lines[1].write(other);
            middleLine.write(0.5f * (left[frame] + other));
            float peak = std::abs(blockers[0].process(left[frame]));
            if (right != nullptr)
                peak = std::max(peak, std::abs(blockers[1].process(other)));
            latest = std::max(latest, peak);
            sinceMark = std::max({sinceMark, std::abs(left[frame]), std::abs(other)});
            if (++latestCount < windowFrames)
                continue;
            peaks.write(latest);
            latest = 0;
            latestCount = 0;
        }
    }

    const DelayLine& samples(std::size_t side) const noexcept { return lines[side]; }

    /// Of the mean of both sides.
    const CoarseHistory& middle() const noexcept { return middleLine; }

    /// What takes the DC off a side, with gateDetectorCorner.
    const DcBlocker& blocker(std::size_t side) const noexcept { return blockers[side]; }

    /// Of the window `age` (1 to windowCount) before the one that is not over.
    float peak(int age) const noexcept { return peaks.read(age); }

    /// Of the window that is not over, and how many frames of it are.
    float latestPeak() const noexcept { return latest; }
    int latestFrames() const noexcept { return latestCount; }

    /// The highest since mark().
    float peakSinceMark() const noexcept { return sinceMark; }

private:
    static constexpr double sampleSeconds = 0.07;

    std::array<DelayLine, 2> lines;
    CoarseHistory middleLine;
    std::array<DcBlocker, 2> blockers;
    DelayLine peaks;
    int windowFrames = 1;
    float latest = 0;
    float sinceMark = 0;
    int latestCount = 0;
};

} // namespace tonewright::dsp
