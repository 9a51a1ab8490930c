#include "generation/offline/Variation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::offline
{
namespace
{
struct Direction
{
    double brightness;
    double mids;
    double gain;
    double space; ///< share added to the effects that are on
};

/// Far enough apart to be told apart blind (about +-2.5 dB around 4 kHz), near enough to answer the prompt.
constexpr std::array<Direction, 6> directions{{
    {0.35, 0.1, 0.0, 0.0},    // brighter, with another amplifier where the words leave it open
    {-0.35, 0.1, 0.05, 0.12}, // darker and rounder, with more space where there is any
    {0.1, 0.4, 0.08, -0.1},   // pushed in the middle, a little hotter and drier
    {0.3, -0.3, -0.06, 0.1},  // opened up: less middle, less gain, more sparkle
    {-0.25, -0.2, 0.0, 0.2},  // dark, its effects further forward
    {0.2, 0.3, -0.08, -0.12}, // dry, clear and forward
}};

/// Another space of a similar size.
double otherReverb(double type)
{
    constexpr std::array<double, 6> others{2, 3, 1, 1, 3, 4};
    return others[static_cast<std::size_t>(type)];
}
} // namespace

void vary(ToneIntent& intent, int variation)
{
    const auto index = static_cast<std::size_t>(variation - 1);
    const auto& direction = directions[index % directions.size()];
    const double strength =
        1 + 0.25 * static_cast<double>(std::min<std::size_t>(index / directions.size(), 4));
    const auto move = [&](Axis axis, double amount)
    {
        const auto& info = infoOf(axis);
        const double limit = info.kind == AxisKind::tilt ? 1.0 : 0.6;
        auto& offset = intent[axis].offset;
        // A bright tone's alternatives may be less bright, but not dark.
        constexpr double mostTakenBack = 0.5;
        const bool isAgainst = info.kind == AxisKind::tilt && offset * amount < 0;
        const double change =
            isAgainst ? std::copysign(std::min(std::abs(amount * strength), mostTakenBack * std::abs(offset)),
                                      amount)
                      : amount * strength;
        if (intent[axis].rank != Rank::spoken)
            offset = std::clamp(offset + change, -limit, limit);
    };
    move(Axis::brightness, direction.brightness);
    move(Axis::mids, direction.mids);
    move(Axis::gain, direction.gain);
    for (const auto axis : {Axis::reverb, Axis::delay, Axis::modulation})
        if (intent[axis].target && !intent[axis].isUnwanted)
            move(axis, direction.space);
    auto& reverb = intent[Axis::reverbType];
    if (variation % 2 == 0 && reverb.target && reverb.rank != Rank::spoken)
        reverb.target = otherReverb(*reverb.target);
    if (intent[Axis::amp].rank < Rank::artist && ampTurn(variation) != 0)
        intent[Axis::amp].target.reset();
}

std::size_t ampTurn(int variation) noexcept
{
    return variation > 0 ? static_cast<std::size_t>(variation % 3) : 0;
}

} // namespace tonewright::offline
