#include "dsp/SignalChain.h"

#include "SpacePlayer.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet bare()
{
    ParameterSet set;
    set["amp.enabled"_p] = 0;
    set["cabinet.enabled"_p] = 0;
    return set;
}

ParameterSet everythingOn()
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].type == ParameterType::toggle)
            set.values[index] = 1;
    return set;
}

void swapInOrder(ParameterSet& set, StageId a, StageId b)
{
    std::iter_swap(std::find(set.order.begin(), set.order.end(), a),
                   std::find(set.order.begin(), set.order.end(), b));
}

Stereo playChain(SignalChain& chain, const ParameterSet& set, const Signal& input)
{
    Stereo output{input, Signal(input.size())};
    for (std::size_t done = 0; done < input.size(); done += 480)
    {
        AudioBlock block{{output[0].data() + done, output[1].data() + done}, 1, 480};
        chain.setParameters(set, {});
        chain.process(block);
        EXPECT_EQ(block.channelCount, 2);
    }
    return output;
}

Stereo playChain(const ParameterSet& set, const Signal& input)
{
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    return playChain(chain, set, input);
}
} // namespace

TEST(SignalChain, withEverythingOffItOnlyTrims)
{
    const auto input = softSine(400, 0.2, 0.5, rate);
    auto set = bare();
    EXPECT_NEAR(decibels(rms(playChain(set, input)[0]) / rms(input)), 0, 0.05);
    set["input.trim"_p] = 6;
    const auto output = playChain(set, input);
    EXPECT_NEAR(decibels(rms(output[0]) / rms(input)), 6, 0.05);
    EXPECT_EQ(output[0], output[1]);
}

TEST(SignalChain, everyStageIsHeardWhenItsToggleIsOn)
{
    auto generator = tonewright::test::randomGenerator(41);
    auto input = noise(0.02, 24000, generator);
    const auto reference = playChain(bare(), input);
    for (std::size_t stage = 0; stage + 1 < stageCount; ++stage)
    {
        const auto toggle = findParameter(std::string(stageNames[stage]) + ".enabled");
        ASSERT_TRUE(toggle.has_value());
        auto set = bare();
        set[*toggle] = 1;
        set["gate.threshold"_p] = -20;
        set["equaliser.mid_gain"_p] = 6;
        set["delay.time"_p] = 100;
        EXPECT_GT(difference(playChain(set, input)[0], reference[0]), -40) << stageNames[stage];
    }
}

TEST(SignalChain, orderIsHeard)
{
    const auto input = softSine(400, 0.2, 0.5, rate);
    auto set = bare();
    set["drive.enabled"_p] = 1;
    set["tremolo.enabled"_p] = 1;
    set["tremolo.depth"_p] = 100;
    auto swapped = set;
    swapInOrder(swapped, StageId::drive, StageId::tremolo);
    EXPECT_GT(difference(playChain(set, input)[0], playChain(swapped, input)[0]), -20);
}

TEST(SignalChain, silenceStaysSilent)
{
    for (const auto& side : playChain(everythingOn(), Signal(48000)))
        EXPECT_LT(peakOf(side), 1e-5);
}

TEST(SignalChain, resetForgetsEverything)
{
    auto generator = tonewright::test::randomGenerator(42);
    const auto before = noise(0.5, 48000, generator);
    const auto after = noise(0.2, 24000, generator);
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    playChain(chain, everythingOn(), before);
    chain.reset();
    const auto used = playChain(chain, everythingOn(), after);
    const auto fresh = playChain(everythingOn(), after);
    EXPECT_LE(largestDifference(used[0], fresh[0]), 1e-6);
    EXPECT_LE(largestDifference(used[1], fresh[1]), 1e-6);
}

TEST(SignalChain, halvesAreTheWholeAndTheTailGoesOn)
{
    auto set = bare();
    set["delay.enabled"_p] = 1;
    set["delay.time"_p] = 100;
    set["delay.mix"_p] = 50;
    const auto input = softSine(400, 0.2, 0.5, rate);
    const auto whole = playChain(set, input);
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    Stereo halves{input, Signal(input.size())};
    for (std::size_t done = 0; done < input.size(); done += 480)
    {
        AudioBlock block{{halves[0].data() + done, halves[1].data() + done}, 1, 480};
        chain.setParameters(set, {});
        chain.processPlaying(block);
        chain.processEchoes(block);
    }
    EXPECT_EQ(whole[0], halves[0]);
    EXPECT_TRUE(chain.hasTail());
    Stereo tail{Signal(480, 1.0f), Signal(480, 1.0f)};
    AudioBlock block{{tail[0].data(), tail[1].data()}, 2, 480};
    chain.processTail(block);
    EXPECT_NEAR(decibels(rms(tail[0]) / rms(input, 12000, 24000)), 0, 4);
}

TEST(SignalChain, echoesInFrontOfDistortionHaveNoTailOfTheirOwn)
{
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    ParameterSet set;
    chain.setParameters(set, {});
    EXPECT_FALSE(chain.hasTail());
    set["delay.enabled"_p] = 1;
    chain.setParameters(set, {});
    EXPECT_TRUE(chain.hasTail());
    swapInOrder(set, StageId::amp, StageId::delay);
    chain.setParameters(set, {});
    EXPECT_FALSE(chain.hasTail());
    set["reverb.enabled"_p] = 1;
    chain.setParameters(set, {});
    EXPECT_TRUE(chain.hasTail());
}

TEST(SignalChain, echoesInFrontOfAVoiceOrASweepHaveNoTailOfTheirOwn)
{
    // What these make of an echo is not proportional to it: splices, tracking, the auto wah's sweep.
    for (const auto stage : {"pitch.enabled"_p, "wah.enabled"_p})
    {
        SignalChain chain;
        chain.prepare({rate, 480, Quality::live});
        auto set = bare();
        set["delay.enabled"_p] = 1;
        set[stage] = 1;
        chain.setParameters(set, {});
        EXPECT_TRUE(chain.hasTail());
        set.order = *completedOrder(std::array{StageId::delay, StageId::gate});
        chain.setParameters(set, {});
        EXPECT_FALSE(chain.hasTail());
    }
}

TEST(SignalChain, theDoublersTakeRingsOn)
{
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    auto set = bare();
    set["output.doubler"_p] = 50;
    playChain(chain, set, softSine(400, 0.2, 0.5, rate));
    EXPECT_TRUE(chain.hasTail());
    Stereo tail{Signal(480, 1.0f), Signal(480, 1.0f)};
    AudioBlock block{{tail[0].data(), tail[1].data()}, 2, 480};
    chain.processTail(block);
    EXPECT_GT(rms(tail[0]), 0.01);
}

TEST(SignalChain, tailIsThatOfTheEnabledStages)
{
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    auto set = bare();
    EXPECT_EQ(chain.tailSeconds(set), 0);
    set["reverb.enabled"_p] = 1;
    set["reverb.decay"_p] = 5;
    set["reverb.predelay"_p] = 0;
    EXPECT_NEAR(chain.tailSeconds(set), 5, 0.01);
    set["delay.enabled"_p] = 1;
    set["delay.time"_p] = 500;
    set["delay.feedback"_p] = 0;
    EXPECT_NEAR(chain.tailSeconds(set), 5.5, 0.01);
}

TEST(SignalChain, tailLastsTwiceAsLongBeforeADistortion)
{
    SignalChain chain;
    chain.prepare({rate, 480, Quality::live});
    auto set = bare();
    set["reverb.enabled"_p] = 1;
    set["reverb.decay"_p] = 5;
    set["reverb.predelay"_p] = 0;
    set["drive.enabled"_p] = 1;
    EXPECT_NEAR(chain.tailSeconds(set), 5, 0.01);
    const auto place = [&](StageId stage) { return std::find(set.order.begin(), set.order.end(), stage); };
    std::iter_swap(place(StageId::reverb), place(StageId::drive));
    EXPECT_NEAR(chain.tailSeconds(set), 10, 0.01);
    set["drive.enabled"_p] = 0;
    EXPECT_NEAR(chain.tailSeconds(set), 5, 0.01);
}

} // namespace tonewright::dsp::test
