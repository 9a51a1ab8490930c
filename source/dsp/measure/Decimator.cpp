#include "dsp/measure/Decimator.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace tonewright::dsp
{
namespace
{
constexpr double cutoff = 0.42; // of the new rate; the window's slope ends near its half

std::vector<float> lowPass(std::size_t factor)
{
    if (factor == 1)
        return {1.0f};
    const std::size_t length = 24 * factor + 1;
    const double middle = static_cast<double>(length - 1) / 2;
    const double corner = 2 * cutoff / static_cast<double>(factor);
    std::vector<double> exact(length);
    for (std::size_t n = 0; n < length; ++n)
    {
        const double x = std::numbers::pi * corner * (static_cast<double>(n) - middle);
        const double turn = 2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(length - 1);
        const double blackman = 0.42 - 0.5 * std::cos(turn) + 0.08 * std::cos(2 * turn);
        exact[n] = (std::abs(x) < 1e-9 ? 1.0 : std::sin(x) / x) * blackman;
    }
    const double sum = std::accumulate(exact.begin(), exact.end(), 0.0);
    std::vector<float> taps(length);
    std::transform(exact.begin(), exact.end(), taps.begin(),
                   [sum](double tap) { return static_cast<float>(tap / sum); });
    return taps;
}
} // namespace

Decimator::Decimator(double sampleRate, double leastRate)
    : factor(std::max<std::size_t>(1, static_cast<std::size_t>(sampleRate / leastRate))),
      rate(sampleRate / static_cast<double>(factor)), taps(lowPass(factor)), recent(2 * taps.size(), 0.0f)
{
}

void Decimator::process(std::span<const float> samples, std::vector<float>& output)
{
    const std::size_t length = taps.size();
    for (const float sample : samples)
    {
        recent[writeAt] = recent[writeAt + length] = sample;
        writeAt = (writeAt + 1) % length;
        if (++phase < factor)
            continue;
        phase = 0;
        const auto oldest = recent.begin() + static_cast<std::ptrdiff_t>(writeAt);
        output.push_back(std::inner_product(taps.begin(), taps.end(), oldest, 0.0f));
    }
}

void Decimator::reset()
{
    std::fill(recent.begin(), recent.end(), 0.0f);
    writeAt = phase = 0;
}

} // namespace tonewright::dsp
