// G1 of the promises: whatever is turned or switched while something sounds, it makes no step.
#include "SwitchObserver.h"
#include "dsp/PresetCrossfader.h"
#include "dsp/Riff.h"

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <map>
#include <string>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr std::size_t blockFrames = 48;
/// All inputs repeat after 250 ms. Each value is held for two rounds: the first is heard with the change in
/// it, the second is the same playing left alone.
constexpr std::size_t loopFrames = 12000;
constexpr std::size_t settleFrames = 2 * loopFrames;

/// Bounds: a change may bend the wave (second difference) and step (first difference) this many times as much
/// as the sounds before and after it do, or by as much as nobody hears. What swells on the way (a resonance
/// that sweeps across a tone) may bend by as much more.
constexpr double strongest = 2;
/// Those that cannot hold it, and what they hold.
struct Exception
{
    std::string_view parameter;
    double bound;
};
constexpr std::array<Exception, 4> exceptions{{
    // Within 50 ms these raise a tone by 48 and 60 dB into the output limiter, by more than 3 % from one
    // half-wave to the next; a limiter without latency can but flatten each.
    {"input.trim", 2.6},
    {"output.level", 2.6},
    // The pedal's resonance passes the tone within the ramp or the fade, and turns its phase as it does.
    {"wah.position", 2.2},
    {"wah.type", 2.2},
}};

double boundOf(std::string_view parameter)
{
    for (const auto& exception : exceptions)
        if (exception.parameter == parameter)
            return exception.bound;
    return strongest;
}

constexpr double inaudibleBend = 0.004; // -48 dBFS: the corner of a ramp, a tenth of what a click has
constexpr double inaudibleStep = 0.01;  // -40 dBFS: a slope

/// Only the stage that `parameter` belongs to, set so that the parameter is heard.
ParameterSet setFor(const ParameterInfo& parameter)
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].id.ends_with(".enabled"))
            set.values[index] = parameterTable[index].stage() == parameter.stage() ? 1.0f : 0.0f;
    set["gate.threshold"_p] = -70;
    set["equaliser.low_gain"_p] = set["equaliser.mid_gain"_p] = set["equaliser.high_gain"_p] = 6;
    set["equaliser.low_mid_gain"_p] = set["equaliser.high_mid_gain"_p] = -6;
    set["delay.time"_p] = 100;
    return set;
}

/// The values a parameter is taken through: to and fro between its ends, or through every choice.
std::vector<float> journeyOf(const ParameterInfo& parameter)
{
    if (parameter.type == ParameterType::number)
        return {parameter.minimum,      parameter.maximum, parameter.minimum,
                parameter.defaultValue, parameter.maximum, parameter.defaultValue};
    std::vector<float> values;
    for (float value = 0; value <= parameter.maximum; ++value)
        values.push_back(value);
    values.push_back(0);
    values.push_back(parameter.maximum);
    return values;
}

double largestStep(const Signal& signal, std::size_t first, std::size_t last)
{
    double largest = 0;
    for (std::size_t n = first + 1; n < last; ++n)
        largest =
            std::max(largest, std::abs(static_cast<double>(signal[n]) - static_cast<double>(signal[n - 1])));
    return largest;
}

double largestBend(const Signal& signal, std::size_t first, std::size_t last)
{
    return roughness(Signal(signal.begin() + static_cast<std::ptrdiff_t>(first),
                            signal.begin() + static_cast<std::ptrdiff_t>(last)));
}

double heightOf(const Signal& signal, std::size_t first, std::size_t last)
{
    return peakOf(Signal(signal.begin() + static_cast<std::ptrdiff_t>(first),
                         signal.begin() + static_cast<std::ptrdiff_t>(last)));
}

/// The worst change of each parameter, as a multiple of what the sounds before and after it do.
struct Worst
{
    double multiple = 0;
    std::string where;
};

void expectNoSteps(const Signal& input, const std::string& kind)
{
    std::map<std::string, Worst> worst;
    for (const auto& parameter : parameterTable)
    {
        auto set = setFor(parameter);
        const auto index = findParameter(parameter.id).value();
        const double bound = boundOf(parameter.id);
        const auto journey = journeyOf(parameter);
        set[index] = journey[0];
        PresetCrossfader player;
        player.prepare({rate, static_cast<int>(blockFrames), Quality::live}, set);
        Stereo output{Signal(journey.size() * settleFrames), Signal(journey.size() * settleFrames)};
        for (std::size_t done = 0; done < output[0].size(); done += blockFrames)
        {
            set[index] = journey[done / settleFrames];
            player.setParameters(set, {});
            player.process(input.data() + done % input.size(), nullptr, output[0].data() + done,
                           output[1].data() + done, static_cast<int>(blockFrames));
        }
        for (std::size_t stop = 1; stop < journey.size(); ++stop)
            for (const auto& side : output)
            {
                const auto change = stop * settleFrames;
                const auto settled = change + loopFrames;
                const auto end = change + settleFrames;
                const auto begin = change - loopFrames;
                const auto where = kind + ": " + std::string(parameter.id) + " from " +
                                   textOf(parameter, journey[stop - 1]) + " to " +
                                   textOf(parameter, journey[stop]);
                const double swell = std::max(
                    1.0, heightOf(side, change, settled) /
                             std::max({heightOf(side, begin, change), heightOf(side, settled, end), 0.01}));
                const auto judge = [&](auto figure, double inaudible, const char* name)
                {
                    const double steady = std::max(figure(side, begin, change), figure(side, settled, end));
                    const double value = figure(side, change - 2, settled);
                    if (value <= inaudible)
                        return;
                    const double multiple = value / (swell * steady);
                    EXPECT_LE(multiple, bound) << where << ", " << name;
                    auto& before = worst[std::string(parameter.id)];
                    if (multiple > before.multiple)
                        before = {multiple, where + ", " + name};
                };
                judge(largestBend, inaudibleBend, "second difference");
                judge(largestStep, inaudibleStep, "difference");
            }
    }
    std::multimap<double, std::string> sorted;
    for (const auto& [parameter, change] : worst)
        sorted.emplace(-change.multiple, change.where);
    for (const auto& [multiple, where] : sorted)
        if (-multiple > 1.2)
            std::cout << "    " << -multiple << "  " << where << '\n';
}
} // namespace

TEST(ParameterSteps, noParameterMakesAStepInDc)
{
    expectNoSteps(Signal(loopFrames, 0.25f), "DC");
}

TEST(ParameterSteps, noParameterMakesAStepInASine)
{
    expectNoSteps(sine(1000, 0.25, 0.25, rate), "sine"); // whole periods
}

TEST(ParameterSteps, noParameterMakesAStepInARiff)
{
    expectNoSteps(synthesiseRiff(RiffStyle::chords, 0.25, rate), "riff");
}

} // namespace tonewright::dsp::test
