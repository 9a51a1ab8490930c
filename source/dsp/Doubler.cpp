#include "dsp/Doubler.h"

#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double lowCorner = 120; ///< Hz
constexpr float shareOfEach = std::numbers::sqrt2_v<float> / 2;

/// A take is late by `centre` and two slow waves: together they bend its pitch by up to 5 cents, what careful
/// players differ by. No two of the four rates have a common beat shorter than a minute.
struct Take
{
    double centre; ///< seconds
    std::array<double, 2> reach;
    std::array<double, 2> rate; ///< Hz
};
constexpr std::array<Take, 2> takes{
    {{0.0135, {0.0016, 0.0008}, {0.131, 0.313}}, {0.0230, {0.0017, 0.0009}, {0.113, 0.277}}}};
} // namespace

void Doubler::prepare(double newSampleRate)
{
    sampleRate = newSampleRate;
    line.prepare(static_cast<int>(longestSeconds * sampleRate) + 4);
    lows.setFrequency(lowCorner, sampleRate);
    for (auto& delay : delays)
        delay.prepare(controlInterval);
    reset();
}

void Doubler::reset() noexcept
{
    line.reset();
    lows.reset();
    for (auto& delay : delays)
        delay.reset();
    seconds = 0;
    untilWander = 0;
}

void Doubler::wander() noexcept
{
    for (std::size_t index = 0; index < takes.size(); ++index)
    {
        const auto& take = takes[index];
        double late = take.centre;
        for (std::size_t wave = 0; wave < take.rate.size(); ++wave)
            late += take.reach[wave] * std::sin(2 * std::numbers::pi * take.rate[wave] * seconds);
        delays[index].tick(static_cast<float>(late * sampleRate));
    }
    seconds += controlInterval / sampleRate;
}

float Doubler::process(float middle, float amount) noexcept
{
    if (untilWander == 0)
    {
        wander();
        untilWander = controlInterval;
    }
    --untilWander;
    const float left = delays[0].next();
    const float right = delays[1].next();
    const float side =
        amount > 0 ? amount * shareOfEach * (line.readBetween(left) - line.readBetween(right)) : 0.0f;
    line.write(lows.highPass(middle));
    return side;
}

} // namespace tonewright::dsp
