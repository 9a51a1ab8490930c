#pragma once

#include <bit>
#include <cstddef>
#include <vector>

namespace tonewright::dsp
{

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
        buffer.assign(size, 0.0f);
        mask = size - 1;
        position = 0;
        reset();
    }

    void reset() noexcept { filled = 0; }

    void write(float sample) noexcept
    {
        buffer[position] = sample;
        position = (position + 1) & mask;
        if (filled <= mask)
            ++filled;
    }

    /// What was written `delay` (1 to the longest delay) writes ago.
    float read(int delay) const noexcept
    {
        const auto age = static_cast<std::size_t>(delay);
        return age <= filled ? buffer[(position - age) & mask] : 0.0f;
    }

    /// The same between samples, `delay` at least 2: third-order Lagrange interpolation, whose gain in the
    /// middle interval never exceeds 1, so that it is safe in a feedback loop (Laakso et al., "Splitting the
    /// unit delay", 1996).
    float readBetween(float delay) const noexcept
    {
        const int whole = static_cast<int>(delay);
        const float t = delay - static_cast<float>(whole);
        float newest;
        float newer;
        float older;
        float oldest;
        if (static_cast<std::size_t>(whole) + 2 <= filled)
        {
            const std::size_t at = position - static_cast<std::size_t>(whole);
            newest = buffer[(at + 1) & mask];
            newer = buffer[at & mask];
            older = buffer[(at - 1) & mask];
            oldest = buffer[(at - 2) & mask];
        }
        else
        {
            newest = read(whole - 1);
            newer = read(whole);
            older = read(whole + 1);
            oldest = read(whole + 2);
        }
        const float fromNewest = t + 1;
        const float toOlder = t - 1;
        const float toOldest = t - 2;
        return fromNewest * t * (toOlder * oldest - 3 * toOldest * older) * (1.0f / 6.0f) +
               toOlder * toOldest * (3 * fromNewest * newer - t * newest) * (1.0f / 6.0f);
    }

private:
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
