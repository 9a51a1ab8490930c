#pragma once

#include "dsp/Lanes.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <vector>

namespace tonewright::dsp
{

/// A place between the samples of a delay line, `delay` at least 2 samples back: third-order Lagrange
/// interpolation, whose gain in the middle interval never exceeds 1, so that it is safe in a feedback loop
/// (Laakso et al., "Splitting the unit delay", 1996). [any+audio]
struct BetweenSamples
{
    BetweenSamples() = default;
    explicit BetweenSamples(float delay) noexcept : whole(static_cast<int>(delay))
    {
        const float t = delay - static_cast<float>(whole);
        const float sixth = t * (t + 1) * (1.0f / 6.0f);
        const float other = (t - 1) * (t - 2) * (1.0f / 6.0f);
        weights = Lanes{sixth * (t - 1), -3 * sixth * (t - 2), 3 * other * (t + 1), -t * other};
    }

    int whole = 2;
    Lanes weights{}; ///< oldest sample first
};

/// The past of a signal, up to a longest delay. Read before write: then a delay of d samples reads what was
/// written d writes ago. reset() costs nothing, however long the line: what was written before it reads as 0.
/// [audio] but for prepare().
class DelayLine
{
public:
    /// [setup] Allocates room for delays up to `longestDelay` samples, and forgets everything.
    void prepare(int longestDelay)
    {
        const auto size = std::bit_ceil(static_cast<std::size_t>(longestDelay) + 4);
        buffer.assign(size + margin, 0.0f);
        mask = size - 1;
        position = 0;
        reset();
    }

    void reset() noexcept { filled = 0; }

    void write(float sample) noexcept
    {
        buffer[position] = sample;
        if (position < margin)
            buffer[mask + 1 + position] = sample;
        position = (position + 1) & mask;
        if (filled <= mask)
            ++filled;
    }

    /// Takes over `length` writes of another line before its last `omitted`, `gain` times as strong, as far
    /// as it has and this can hold them.
    void recall(const DelayLine& past, float gain, int length, int omitted) noexcept
    {
        const auto end = std::min(static_cast<std::size_t>(omitted), past.filled);
        filled = std::min({static_cast<std::size_t>(std::max(0, length)), past.filled - end, mask + 1});
        for (std::size_t age = filled; age > 0;)
        {
            const auto start = (past.position - end - age) & past.mask;
            const auto count = std::min(age, past.mask + 1 - start);
            float* to = &buffer[filled - age];
            for (std::size_t n = 0; n < count; ++n)
                to[n] = gain * past.buffer[start + n];
            age -= count;
        }
        std::copy_n(buffer.begin(), margin, buffer.begin() + static_cast<std::ptrdiff_t>(mask + 1));
        position = filled & mask;
    }

    /// How many writes it remembers.
    int length() const noexcept { return static_cast<int>(filled); }

    /// What was written `delay` (1 to the longest delay) writes ago.
    float read(int delay) const noexcept
    {
        const auto age = static_cast<std::size_t>(delay);
        return age <= filled ? buffer[(position - age) & mask] : 0.0f;
    }

    /// The four samples around a delay of `delay` + something less than 1, at least 2: oldest first.
    Lanes readAround(int delay) const noexcept
    {
        if (static_cast<std::size_t>(delay) + 2 > filled)
            return Lanes{read(delay + 2), read(delay + 1), read(delay), read(delay - 1)};
        Lanes samples;
        std::memcpy(&samples, &buffer[(position - static_cast<std::size_t>(delay) - 2) & mask],
                    sizeof samples);
        return samples;
    }

    /// The signal between samples.
    float readBetween(float delay) const noexcept
    {
        const BetweenSamples place(delay);
        return sumOf(place.weights * readAround(place.whole));
    }

private:
    /// What lies beyond the end is read with the last samples: the first ones again.
    static constexpr std::size_t margin = 3;

    std::vector<float> buffer;
    std::size_t mask = 0;
    std::size_t position = 0;
    std::size_t filled = 0;
};

/// Schroeder's allpass around a delay line, for diffusion: passes every frequency at the same level and
/// smears time. |diffusion| < 1.
class DelayAllpass
{
public:
    void prepare(int longestDelay) { line.prepare(longestDelay); }
    void reset() noexcept { line.reset(); }

    float process(float input, int delay, float diffusion) noexcept
    {
        return finish(input, line.read(delay), diffusion);
    }
    float processBetween(float input, float delay, float diffusion) noexcept
    {
        return finish(input, line.readBetween(delay), diffusion);
    }
    const DelayLine& inside() const noexcept { return line; }

private:
    float finish(float input, float delayed, float diffusion) noexcept
    {
        const float entering = input - diffusion * delayed;
        line.write(entering);
        return delayed + diffusion * entering;
    }

    DelayLine line;
};

} // namespace tonewright::dsp
