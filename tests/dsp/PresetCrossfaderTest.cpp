#include "dsp/PresetCrossfader.h"

#include "WithoutOffset.h"
#include "dsp/SignalChain.h"

#include <gtest/gtest.h>

#include <string>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr std::size_t blockFrames = 64;

ParameterSet with(ParameterSet set, std::initializer_list<std::pair<ParameterIndex, float>> values)
{
    for (const auto& [parameter, value] : values)
        set[parameter] = value;
    return set;
}

ParameterSet clean()
{
    return {};
}

ParameterSet highGain()
{
    return with({}, {{"amp.model"_p, static_cast<float>(AmpModel::modernHighGain)},
                     {"amp.gain"_p, 7.0f},
                     {"cabinet.model"_p, static_cast<float>(CabinetModel::modern4x12Closed)},
                     {"output.level"_p, -6.0f}});
}

ParameterSet dry()
{
    return with({}, {{"amp.enabled"_p, 0.0f}, {"cabinet.enabled"_p, 0.0f}});
}

ParameterSet echoing()
{
    return with(dry(), {{"delay.enabled"_p, 1.0f},
                        {"delay.time"_p, 400.0f},
                        {"delay.feedback"_p, 60.0f},
                        {"delay.mix"_p, 50.0f},
                        {"delay.tone"_p, 100.0f}});
}

struct Switch
{
    std::string name;
    ParameterSet from;
    ParameterSet to;
};

/// One switch for every toggle, some for every choice, and whole presets.
std::vector<Switch> everySwitch()
{
    std::vector<Switch> switches;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto parameter = static_cast<ParameterIndex>(index);
        const auto& info = infoOf(parameter);
        if (info.type == ParameterType::number)
            continue;
        auto from = clean();
        if (const auto toggle = findParameter(std::string(info.stage()) + ".enabled"))
            from[*toggle] = 1;
        for (int value = 0; value <= static_cast<int>(info.maximum); ++value)
        {
            auto to = from;
            to[parameter] = static_cast<float>(value);
            if (differDiscretely(from, to))
                switches.push_back({std::string(info.id) + " to " + std::to_string(value), from, to});
        }
    }
    switches.push_back({"clean to high gain", clean(), highGain()});
    switches.push_back({"high gain to clean", highGain(), clean()});
    switches.push_back({"echoing to clean", echoing(), clean()});
    auto reordered = with(echoing(), {{"amp.enabled"_p, 1.0f}, {"reverb.enabled"_p, 1.0f}});
    auto order = reordered;
    std::iter_swap(std::find(order.order.begin(), order.order.end(), StageId::amp),
                   std::find(order.order.begin(), order.order.end(), StageId::delay));
    switches.push_back({"delay moved in front of the amp", reordered, order});
    return switches;
}

Stereo play(PresetCrossfader& player, const Signal& input,
            const std::function<ParameterSet(std::size_t frame)>& setAt)
{
    Stereo output{Signal(input.size()), Signal(input.size())};
    for (std::size_t done = 0; done < input.size(); done += blockFrames)
    {
        const auto frames = std::min(blockFrames, input.size() - done);
        player.setParameters(setAt(done), {});
        player.process(input.data() + done, nullptr, output[0].data() + done, output[1].data() + done,
                       static_cast<int>(frames));
    }
    return output;
}

Stereo playSwitch(const Switch& change, const Signal& input, std::size_t at)
{
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, change.from);
    return play(player, input, [&](std::size_t frame) { return frame < at ? change.from : change.to; });
}

/// Least RMS of 5 ms windows, every 1 ms.
double quietestWindow(const Signal& signal, std::size_t first, std::size_t last)
{
    double quietest = 1e9;
    for (std::size_t start = first; start + 240 <= last; start += 48)
        quietest = std::min(quietest, rms(signal, start, start + 240));
    return quietest;
}

double peakBetween(const Signal& signal, std::size_t first, std::size_t last)
{
    double peak = 0;
    for (std::size_t n = first; n < last; ++n)
        peak = std::max(peak, std::abs(static_cast<double>(signal[n])));
    return peak;
}
} // namespace

namespace
{
void expectNoGapOrBump(const Signal& input)
{
    constexpr std::size_t at = 48000;
    constexpr std::size_t over = at + 1920; // 40 ms
    for (const auto& change : everySwitch())
    {
        const auto output = playSwitch(change, input, at)[0];
        const double before = quietestWindow(output, at - 24000, at);
        const double after = quietestWindow(output, over + 24000, output.size());
        EXPECT_GT(decibels(quietestWindow(output, at - 480, over) / std::min(before, after)), -3)
            << change.name;
        const double loudest =
            std::max(peakBetween(output, at - 24000, at), peakBetween(output, over, output.size()));
        EXPECT_LT(peakBetween(output, at, over) / loudest, 1.25) << change.name;
    }
}
} // namespace

TEST(PresetCrossfader, noSwitchLeavesAGapOrABumpInATone)
{
    expectNoGapOrBump(softSine(400, 0.2, 2.5, rate));
}

TEST(PresetCrossfader, noSwitchLeavesAGapOrABumpInAChord)
{
    auto chord = softSine(110, 0.08, 2.5, rate);
    for (const double frequency : {164.8, 220.0, 277.2, 329.6, 1100.0})
    {
        const auto string = softSine(frequency, 0.05, 2.5, rate);
        for (std::size_t n = 0; n < chord.size(); ++n)
            chord[n] += string[n];
    }
    expectNoGapOrBump(chord);
}

TEST(PresetCrossfader, noSwitchClicks)
{
    constexpr std::size_t at = 48000;
    const auto input = softSine(400, 0.05, 2, rate);
    for (const auto& change : everySwitch())
    {
        const auto treble = above6kHz(playSwitch(change, input, at)[0], rate);
        const double steady =
            std::max(peakBetween(treble, at - 24000, at), peakBetween(treble, at + 24000, treble.size()));
        EXPECT_LT(peakBetween(treble, at, at + 9600), 1.5 * steady + 0.002) << change.name;
    }
}

TEST(PresetCrossfader, changeIsCompleteAfter30Milliseconds)
{
    const auto quiet = with(dry(), {{"modulation.enabled"_p, 1.0f}, {"modulation.mix"_p, 0.0f}});
    const Switch change{"", with(dry(), {{"output.level"_p, -20.0f}}), quiet};
    const auto output = playSwitch(change, softSine(1000, 0.2, 1, rate), 24000)[0];
    const auto settled = 24000 + static_cast<std::size_t>(0.0302 * rate);
    EXPECT_NEAR(rms(output, settled, settled + 480), rms(output, 43200, 48000), 1e-3);
}

TEST(PresetCrossfader, oldEchoesRingOnAfterASwitch)
{
    auto input = softSine(400, 0.3, 0.5, rate);
    input.resize(3 * 48000);
    const Switch change{"", echoing(), clean()};
    const auto output = playSwitch(change, input, 24000)[0];
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, echoing());
    const auto unswitched = play(player, input, [](std::size_t) { return echoing(); })[0];
    for (const double seconds : {0.8, 1.2, 1.6, 2.0})
    {
        const auto first = static_cast<std::size_t>(seconds * rate);
        const double level = rms(output, first, first + 4800);
        EXPECT_GT(level, 1e-3) << seconds;
        EXPECT_NEAR(decibels(level / rms(unswitched, first, first + 4800)), 0, 0.5) << seconds;
    }
}

TEST(PresetCrossfader, aTailWhoseChainIsNeededFadesWithoutAClick)
{
    auto input = softSine(400, 0.3, 0.5, rate);
    for (std::size_t n = 0; n < 1440; ++n)
        input[input.size() - 1 - n] *= static_cast<float>(n) / 1440;
    input.resize(2 * 48000);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, echoing());
    const auto output = play(player, input,
                             [](std::size_t frame)
                             {
                                 if (frame < 19200)
                                     return echoing();
                                 return frame < 40000 ? dry() : with(dry(), {{"tremolo.enabled"_p, 1.0f}});
                             });
    EXPECT_GT(rms(output[0], 36000, 39000), 1e-3) << "the echoes were ringing";
    EXPECT_LT(rms(output[0], 40000 + 3000, 48000), 1e-6);
    EXPECT_LT(peakBetween(above6kHz(output[0], rate), 30000, 48000), 1e-3);
}

TEST(PresetCrossfader, theLatestOfManyRequestsWins)
{
    const auto input = softSine(400, 0.2, 2, rate);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, clean());
    const auto wanted = with(dry(), {{"output.level"_p, -12.0f}});
    const auto output =
        play(player, input,
             [&](std::size_t frame)
             {
                 if (frame < 24000)
                     return clean();
                 if (frame < 24640) // another amp in every block, while the first fade runs
                     return with(clean(), {{"amp.model"_p, static_cast<float>(frame / 64 % 7)}});
                 return wanted;
             });
    PresetCrossfader only;
    only.prepare({rate, blockFrames, Quality::live}, wanted);
    const auto reference = play(only, input, [&](std::size_t) { return wanted; });
    for (std::size_t n = 72000; n < input.size(); ++n)
        ASSERT_NEAR(output[0][n], reference[0][n], 1e-4) << n;
}

TEST(PresetCrossfader, continuousChangesDuringAFadeReachTheNewPreset)
{
    const auto input = softSine(400, 0.1, 2, rate);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, clean());
    const auto output = play(player, input,
                             [](std::size_t frame)
                             {
                                 if (frame < 24000)
                                     return clean();
                                 return with(dry(), {{"output.level"_p, frame < 24640 ? 0.0f : -12.0f}});
                             });
    EXPECT_NEAR(decibels(rms(output[0], 72000, 96000) / rms(input, 72000, 96000)), -12, 0.1);
}

TEST(PresetCrossfader, theSameSetAgainChangesNothing)
{
    auto generator = tonewright::test::randomGenerator(21);
    const auto input = noise(0.2, 48000, generator);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, echoing());
    const auto again = play(player, input, [](std::size_t) { return echoing(); });
    SignalChain chain;
    chain.prepare({rate, blockFrames, Quality::live});
    chain.setParameters(echoing(), {});
    Stereo alone{withoutOffset(input, rate), Signal(input.size())};
    for (std::size_t done = 0; done < input.size(); done += blockFrames)
    {
        AudioBlock block{{alone[0].data() + done, alone[1].data() + done}, 1, blockFrames};
        chain.process(block);
    }
    EXPECT_LE(largestDifference(again[0], alone[0]), 1e-7);
    EXPECT_LE(largestDifference(again[1], alone[1]), 1e-7);
}

TEST(PresetCrossfader, resetForgetsAndPlaysTheLatestSetAtOnce)
{
    auto generator = tonewright::test::randomGenerator(22);
    const auto input = noise(0.2, 24000, generator);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, echoing());
    play(player, input, [](std::size_t) { return highGain(); });
    player.setParameters(clean(), {});
    player.reset();
    const auto output = play(player, input, [](std::size_t) { return clean(); });
    PresetCrossfader fresh;
    fresh.prepare({rate, blockFrames, Quality::live}, clean());
    const auto reference = play(fresh, input, [](std::size_t) { return clean(); });
    EXPECT_LE(largestDifference(output[0], reference[0]), 1e-6);
}

TEST(PresetCrossfader, whatIsNotANumberIsSilence)
{
    auto input = softSine(400, 0.2, 0.5, rate);
    auto cleaned = input;
    for (std::size_t n = 5000; n < 5200; ++n)
    {
        input[n] = n % 3 == 0   ? std::numeric_limits<float>::quiet_NaN()
                   : n % 3 == 1 ? std::numeric_limits<float>::infinity()
                                : -std::numeric_limits<float>::infinity();
        cleaned[n] = 0;
    }
    Stereo outputs[2];
    for (const bool hostile : {true, false})
    {
        PresetCrossfader player;
        player.prepare({rate, blockFrames, Quality::live}, highGain());
        outputs[hostile ? 0 : 1] =
            play(player, hostile ? input : cleaned, [](std::size_t) { return highGain(); });
        EXPECT_EQ(player.faultCount(), 0u);
    }
    EXPECT_EQ(outputs[0][0], outputs[1][0]);
}

TEST(PresetCrossfader, hugeInputStaysFinite)
{
    Signal input(24000);
    for (std::size_t n = 0; n < input.size(); ++n)
        input[n] = n % 2 == 0 ? std::numeric_limits<float>::max() : std::numeric_limits<float>::lowest();
    for (const auto& set : {clean(), highGain(), echoing()})
    {
        PresetCrossfader player;
        player.prepare({rate, blockFrames, Quality::live}, set);
        const auto output = play(player, input, [&](std::size_t) { return set; });
        EXPECT_TRUE(isFinite(output[0]) && isFinite(output[1]));
    }
}

TEST(PresetCrossfader, blocksLongerThanPreparedAndAliasedBuffersAreFine)
{
    auto generator = tonewright::test::randomGenerator(23);
    const auto input = noise(0.2, 20000, generator);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, echoing());
    const auto reference = play(player, input, [](std::size_t) { return echoing(); });
    player.reset();
    Stereo inPlace{input, Signal(input.size())};
    player.setParameters(echoing(), {});
    player.process(inPlace[0].data(), nullptr, inPlace[0].data(), inPlace[1].data(),
                   static_cast<int>(input.size()));
    EXPECT_LE(largestDifference(reference[0], inPlace[0]), 1e-6);
    EXPECT_LE(largestDifference(reference[1], inPlace[1]), 1e-6);
    player.process(nullptr, nullptr, nullptr, nullptr, 0);
}

TEST(PresetCrossfader, latencyIsTheSameForEverySet)
{
    for (const auto quality : {Quality::live, Quality::hq})
    {
        PresetCrossfader player;
        player.prepare({rate, blockFrames, quality}, clean());
        const int latency = player.latencySamples();
        EXPECT_TRUE(latency == 0 || quality == Quality::hq);
        const auto input = softSine(400, 0.1, 0.2, rate);
        play(player, input, [](std::size_t) { return highGain(); });
        EXPECT_EQ(player.latencySamples(), latency);
    }
}

TEST(PresetCrossfader, threeHundredRandomSwitchesStayFinite)
{
    auto generator = tonewright::test::randomGenerator(24);
    std::vector<ParameterSet> sets;
    for (int count = 0; count < 40; ++count)
    {
        ParameterSet set;
        for (std::size_t index = 0; index < parameterCount; ++index)
        {
            const auto& info = parameterTable[index];
            set.values[index] = std::uniform_real_distribution<float>(info.minimum, info.maximum)(generator);
        }
        std::shuffle(set.order.begin(), set.order.end() - 1, generator);
        set.makeLegal();
        sets.push_back(set);
    }
    const auto input = noise(0.3, 300 * 256, generator);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, sets[0]);
    const auto output =
        play(player, input, [&](std::size_t frame) { return sets[(frame / 256) % sets.size()]; });
    for (const auto& side : output)
    {
        EXPECT_TRUE(isFinite(side));
        EXPECT_LE(peakOf(side), 4);
    }
    EXPECT_EQ(player.faultCount(), 0u);
}

} // namespace tonewright::dsp::test
