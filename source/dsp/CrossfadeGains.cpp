#include "dsp/CrossfadeGains.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// How far back the likeness of the two is judged: some periods of a low string.
constexpr double memorySeconds = 0.006;
/// Powers of strangers add up, but their peaks may meet: a slight dip in power, in the middle, keeps those
/// low.
constexpr double strangersDip = 0.2;
/// Opposite polarities cancel while they overlap. A lift in power makes up for a little of it, a shorter
/// overlap for the rest.
constexpr double strongestLift = 1.44;
} // namespace

void CrossfadeGains::prepare(double sampleRate) noexcept
{
    memory = std::exp(-1 / (memorySeconds * sampleRate));
    restart(1, 1);
}

void CrossfadeGains::restart(double levelOfOut, double levelOfIn) noexcept
{
    levelOut = levelOfOut;
    levelIn = levelOfIn;
    powerOut = powerIn = powerCommon = 0;
    overlap = 1;
}

void CrossfadeGains::compare(const AudioBlock& out, const AudioBlock& in, int frame) noexcept
{
    powerOut *= memory;
    powerIn *= memory;
    powerCommon *= memory;
    for (std::size_t side = 0; side < 2; ++side)
    {
        const double a =
            levelOut * static_cast<double>(out.channels[out.channelCount == 2 ? side : 0][frame]);
        const double b = levelIn * static_cast<double>(in.channels[in.channelCount == 2 ? side : 0][frame]);
        powerOut += a * a;
        powerIn += b * b;
        powerCommon += a * b;
    }
    if (!std::isfinite(powerOut +
                       powerIn)) // one sample of a chain that is ill must not decide the whole fade
        powerOut = powerIn = powerCommon = 0;
}

void CrossfadeGains::begin() noexcept
{
    const double scale = std::sqrt(powerOut * powerIn);
    const double opposition = scale > 0 ? std::clamp(-powerCommon / scale, 0.0, 1.0) : 0.0;
    overlap = 1 - 0.9 * opposition;
}

CrossfadeGains::Pair CrossfadeGains::at(double place) const noexcept
{
    const double turn = std::clamp((place - 0.5) / overlap + 0.5, 0.0, 1.0);
    const double angle = 0.5 * std::numbers::pi * turn;
    const double out = turn < 1 ? std::cos(angle) : 0;
    const double in = std::sin(angle);
    const double strangers = out * out * powerOut + in * in * powerIn;
    const double together = strangers + 2 * out * in * powerCommon;
    const double likeness =
        std::clamp(powerCommon / std::max(std::sqrt(powerOut * powerIn), 1e-30), 0.0, 1.0);
    const double caution = 1 - 4 * out * out * in * in * (1 - likeness) * strangersDip;
    const double scale =
        together > 0 ? std::sqrt(caution * std::clamp(strangers / together, 0.5, strongestLift)) : 1.0;
    return {static_cast<float>(out * scale), static_cast<float>(in * scale)};
}

} // namespace tonewright::dsp
