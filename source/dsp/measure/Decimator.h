#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tonewright::dsp
{

/// Lowers a sample rate by a whole number: a linear-phase low-pass (Blackman-windowed sinc, 24 taps a sample
/// that comes out), flat up to 0.3 of the new rate, 70 dB down where it would fold into that. [worker]
class Decimator
{
public:
    /// The new rate is the lowest whole part of `sampleRate` that is not below `leastRate`, in Hz.
    Decimator(double sampleRate, double leastRate);

    double outputRate() const noexcept { return rate; }

    /// Filters `samples` and appends what comes out.
    void process(std::span<const float> samples, std::vector<float>& output);

    /// Forgets what went in.
    void reset();

private:
    std::size_t factor;
    double rate;
    std::vector<float> taps;
    std::vector<float> recent; ///< the last samples, twice over, so that they always lie in one piece
    std::size_t writeAt = 0;
    std::size_t phase = 0;
};

} // namespace tonewright::dsp
