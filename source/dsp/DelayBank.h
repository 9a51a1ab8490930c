#pragma once

#include "dsp/DelayLine.h"

#include <array>

namespace tonewright::dsp
{

/// Delay lines that are written together and read between their samples, four
/// at a time: the lines of a feedback delay network. [audio] but for prepare().
template <std::size_t quads>
class DelayBank
{
public:
    /// One value a line.
    using Values = std::array<Lanes, quads>;

    /// [setup] Allocates room for delays up to `longestDelay` samples, and
    /// forgets everything.
    void prepare(int longestDelay)
    {
        for (auto& line : lines)
            line.prepare(longestDelay);
    }

    void reset() noexcept
    {
        for (auto& line : lines)
            line.reset();
    }

    const DelayLine& line(std::size_t index) const noexcept { return lines[index]; }

    void write(const Values& samples) noexcept
    {
        for (std::size_t index = 0; index < lines.size(); ++index)
            lines[index].write(samples[index / 4][index % 4]);
    }

    /// Each line at its own delay, at least 2: as DelayLine::readBetween().
    Values readBetween(const Values& delays) const noexcept
    {
        Values result;
        for (std::size_t quad = 0; quad < quads; ++quad)
        {
            const auto whole = __builtin_convertvector(delays[quad], WholeLanes);
            const Lanes t = delays[quad] - __builtin_convertvector(whole, Lanes);
            const auto* const line = &lines[4 * quad];
            const Lanes a = line[0].readAround(whole[0]);
            const Lanes b = line[1].readAround(whole[1]);
            const Lanes c = line[2].readAround(whole[2]);
            const Lanes d = line[3].readAround(whole[3]);
            // Transposed: the oldest samples of all four, then the next...
            const Lanes abOld{a[0], b[0], a[1], b[1]};
            const Lanes cdOld{c[0], d[0], c[1], d[1]};
            const Lanes abNew{a[2], b[2], a[3], b[3]};
            const Lanes cdNew{c[2], d[2], c[3], d[3]};
            const Lanes oldest{abOld[0], abOld[1], cdOld[0], cdOld[1]};
            const Lanes older{abOld[2], abOld[3], cdOld[2], cdOld[3]};
            const Lanes newer{abNew[0], abNew[1], cdNew[0], cdNew[1]};
            const Lanes newest{abNew[2], abNew[3], cdNew[2], cdNew[3]};
            const Lanes left = t * (t + 1);
            const Lanes right = (t - 1) * (t - 2);
            result[quad] = (left * ((t - 1) * oldest - 3 * (t - 2) * older) +
                            right * (3 * (t + 1) * newer - t * newest)) *
                           (1.0f / 6.0f);
        }
        return result;
    }

private:
    using WholeLanes = int __attribute__((vector_size(16)));

    std::array<DelayLine, 4 * quads> lines;
};

} // namespace tonewright::dsp
