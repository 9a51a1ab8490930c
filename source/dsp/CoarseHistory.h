#pragma once

#include "dsp/DelayLine.h"
#include "dsp/Filters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace tonewright::dsp
{

/// The past of a guitar at about 6 kHz: enough to see its period or where it repeats itself, and small enough
/// to search at once. [audio] but for prepare(). Counts samples since reset().
class CoarseHistory
{
public:
    /// [setup] Remembers `seconds`.
    void prepare(double sampleRate, double seconds)
    {
        samplesPerStep = std::max(1, static_cast<int>(std::lround(sampleRate / 6000)));
        rate = sampleRate / samplesPerStep;
        line.prepare(static_cast<int>(seconds * rate) + 2);
        const double corner = std::min(1600.0, 0.3 * rate);
        low.setCoefficients(biquad::lowPass(corner, 0.707, sampleRate));
        reset();
    }

    void reset() noexcept
    {
        line.reset();
        low.reset();
        untilStep = 0;
    }

    /// Takes over the last `steps` of another's past at the same rate, `gain` times as strong and each sent
    /// through `filter`. What is written next continues it, but for a fraction of a millisecond.
    template <typename Filter>
    void recall(const CoarseHistory& past, float gain, int steps, Filter&& filter) noexcept
    {
        line.reset();
        low.reset();
        for (int age = std::min(steps, past.line.length()); age > 0; --age)
            line.write(filter(gain * past.line.read(age)));
        untilStep = past.untilStep;
    }

    void write(float sample) noexcept
    {
        const float filtered = low.process(sample);
        if (untilStep == 0)
        {
            line.write(filtered);
            untilStep = samplesPerStep;
        }
        --untilStep;
    }

    /// What lies `age` (in steps, 1 is the newest) and further back, newest first.
    void copy(int age, std::span<float> to) const noexcept
    {
        for (std::size_t index = 0; index < to.size(); ++index)
            to[index] = line.read(age + static_cast<int>(index));
    }

    /// Samples of the signal between two steps, and steps a second.
    int stepSize() const noexcept { return samplesPerStep; }
    double stepRate() const noexcept { return rate; }

private:
    DelayLine line;
    Biquad low;
    double rate = 6000;
    int samplesPerStep = 8;
    int untilStep = 0;
};

/// [audio] Sum of products of two runs of the same length, in four sums side by side.
inline float dotProduct(const float* a, const float* b, std::size_t count) noexcept
{
    std::array<float, 4> sums{};
    std::size_t n = 0;
    for (; n + 4 <= count; n += 4)
        for (std::size_t lane = 0; lane < 4; ++lane)
            sums[lane] += a[n + lane] * b[n + lane];
    for (; n < count; ++n)
        sums[0] += a[n] * b[n];
    return sums[0] + sums[1] + sums[2] + sums[3];
}

} // namespace tonewright::dsp
