#include "dsp/CrossfadeGains.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// How far back the likeness of the two is judged. Less than a period of a low string: two distortions of it
/// that add up in one part of the period may cancel in the next, for long enough to be heard as a gap. What
/// cancelled a little earlier is not trusted to be over, either: it comes back faster than any memory
/// follows.
constexpr double briefSeconds = 0.0015;
constexpr double lastingSeconds = 0.004;
/// Neither has heard enough of two bursts that meet with opposite signs in an otherwise quiet moment. What
/// cancels this instant is lifted while it does, up to so many times in power, and smoothly: a lift that
/// follows the wave itself clicks.
constexpr double instantSeconds = 0.00036;
constexpr double highestLift = 1.33;
constexpr double liftSeconds = 0.0001; // twice
/// Powers of strangers add up, but their peaks may meet: a slight dip in power, in the middle, keeps those
/// low.
constexpr double strangersDip = 0.05;
/// Opposite polarities cancel while they overlap. A lift in power makes up for some of it; for the rest the
/// fade hurries through its middle, from this likeness down to that, where a tenth of its time does.
constexpr double weakestPart = 0.5; // of what strangers would make together
constexpr double strongestPart = 2;
constexpr double calmLikeness = 0;
constexpr double hurriedLikeness = -0.55;
constexpr double shortestOverlap = 0.1;
/// Share of the fade in which it gets under way, and in which it comes to rest, so that neither end has a
/// corner. Between them it is steady: the faster the gains move, the more of a short window's sound may lie
/// where its gain is low, of both.
constexpr double roundedShare = 0.1;

double rounded(double way) noexcept
{
    constexpr double speed = 1 / (1 - roundedShare);
    const double start = std::min(way, roundedShare);
    const double end = std::min(1 - way, roundedShare);
    return speed *
           (way - start + 0.5 * (start * start - (roundedShare - end) * (roundedShare - end)) / roundedShare);
}
} // namespace

void CrossfadeGains::prepare(double sampleRate) noexcept
{
    instant.kept = std::exp(-1 / (instantSeconds * sampleRate));
    brief.kept = std::exp(-1 / (briefSeconds * sampleRate));
    lasting.kept = std::exp(-1 / (lastingSeconds * sampleRate));
    lift.kept = std::exp(-1 / (liftSeconds * sampleRate));
    restart(1, 1);
}

void CrossfadeGains::restart(double levelOfOut, double levelOfIn) noexcept
{
    levelOut = levelOfOut;
    levelIn = levelOfIn;
    forget();
    lift.startAt(1);
    lastPlace = lastWay = 0;
}

void CrossfadeGains::compare(const AudioBlock& out, const AudioBlock& in, int frame) noexcept
{
    double powerOut = 0;
    double powerIn = 0;
    double powerCommon = 0;
    for (std::size_t side = 0; side < 2; ++side)
    {
        const double a =
            levelOut * static_cast<double>(out.channels[out.channelCount == 2 ? side : 0][frame]);
        const double b = levelIn * static_cast<double>(in.channels[in.channelCount == 2 ? side : 0][frame]);
        powerOut += a * a;
        powerIn += b * b;
        powerCommon += a * b;
    }
    instant.add(powerOut, powerIn, powerCommon);
    brief.add(powerOut, powerIn, powerCommon);
    lasting.add(powerOut, powerIn, powerCommon);
    // One sample of a chain that is ill must not decide the whole fade.
    if (!std::isfinite(lasting.out + lasting.in))
        forget();
}

void CrossfadeGains::forget() noexcept
{
    for (auto* memory : {&instant, &brief, &lasting})
        *memory = {.kept = memory->kept};
}

CrossfadeGains::Pair CrossfadeGains::next(double place) noexcept
{
    const double likeness =
        std::clamp(brief.common / std::max(std::sqrt(brief.out * brief.in), 1e-30), -1.0, 1.0);
    const double calm =
        std::clamp((likeness - hurriedLikeness) / (calmLikeness - hurriedLikeness), shortestOverlap, 1.0);
    const double way = advance(place, (place - 0.5) / calm + 0.5);
    const auto angle = static_cast<float>(0.5 * std::numbers::pi * rounded(way));
    const auto out = static_cast<double>(way < 1 ? std::cos(angle) : 0.0f);
    const auto in = static_cast<double>(std::sin(angle));
    // Of what strangers would make together, this much is there.
    const auto partOf = [&](const Memory& memory)
    {
        const double strangers = out * out * memory.out + in * in * memory.in;
        return strangers > 0 ? 1 + 2 * out * in * memory.common / strangers : 1.0;
    };
    const double part = std::clamp(std::min(partOf(brief), partOf(lasting)), weakestPart, strongestPart);
    const double partNow = std::clamp(partOf(instant), weakestPart, part);
    const double caution = 1 - 4 * out * out * in * in * (1 - std::max(0.0, likeness)) * strangersDip;
    const double lifted = lift.goTo(std::min(part / partNow, highestLift)) / part;
    const double scale = std::sqrt(caution * std::min(lifted, 1 / weakestPart));
    return {static_cast<float>(out * scale), static_cast<float>(in * scale)};
}

/// Only onwards, and never faster than the shortest overlap goes; there at the end.
double CrossfadeGains::advance(double place, double wanted) noexcept
{
    const double furthest = lastWay + (place - lastPlace) / shortestOverlap;
    const double latest = 1 - (1 - place) / shortestOverlap;
    lastWay = std::min(1.0, std::max(latest, std::clamp(wanted, lastWay, furthest)));
    lastPlace = place;
    return lastWay;
}

} // namespace tonewright::dsp
