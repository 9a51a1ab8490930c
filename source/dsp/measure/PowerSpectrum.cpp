#include "dsp/measure/PowerSpectrum.h"

#include "dsp/RealFft.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double windowSeconds = 0.085;

std::vector<float> hannWindow(std::size_t size)
{
    std::vector<float> window(size);
    for (std::size_t n = 0; n < size; ++n)
        window[n] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(size)));
    return window;
}
} // namespace

PowerSpectrum::PowerSpectrum(std::span<const std::vector<float>> channels, double sampleRate)
{
    const auto size =
        std::bit_ceil(static_cast<std::size_t>(std::max(64.0, windowSeconds * sampleRate * 0.75)));
    power.assign(size / 2 + 1, 0.0);
    binWidth = sampleRate / static_cast<double>(size);

    const RealFft fft(size);
    const auto window = hannWindow(size);
    AlignedVector<float> frame(size);
    AlignedVector<std::complex<float>> bins(size / 2 + 1);
    std::size_t frames = 0;
    for (const auto& channel : channels)
        for (std::size_t start = 0; start < channel.size(); start += size / 2)
        {
            // The last window is filled up with silence: a recording shorter than one window has a spectrum,
            // too.
            const std::size_t present = std::min(size, channel.size() - start);
            for (std::size_t n = 0; n < size; ++n)
                frame[n] = n < present ? channel[start + n] * window[n] : 0.0f;
            fft.forward(frame.data(), bins.data());
            for (std::size_t bin = 0; bin < power.size(); ++bin)
                power[bin] += static_cast<double>(std::norm(bins[bin]));
            ++frames;
        }
    // Scaled so that all bins together are the mean square of one channel after the window.
    const double scale = frames > 0 ? 2.0 / (static_cast<double>(frames) * static_cast<double>(size) *
                                             static_cast<double>(size) * 0.375)
                                    : 0.0;
    for (auto& value : power)
        value *= scale;
}

double PowerSpectrum::between(double low, double high) const
{
    double energy = 0;
    const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(low / binWidth + 0.5)));
    for (std::size_t bin = first; bin < power.size(); ++bin)
    {
        const double lower = std::max(low, (static_cast<double>(bin) - 0.5) * binWidth);
        const double upper = std::min(high, (static_cast<double>(bin) + 0.5) * binWidth);
        if (upper <= lower)
            break;
        energy += power[bin] * (upper - lower) / binWidth;
    }
    return energy;
}

} // namespace tonewright::dsp
