#include "dsp/ImpulseResponse.h"

#include "StagePromises.h"
#include "dsp/CabinetImpulseResponse.h"
#include "dsp/ChainAssets.h"
#include "dsp/Stages.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <limits>

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

/// Noise that falls by 60 dB in `decay` seconds, `lead` seconds late.
Signal decayingNoise(double seconds, double decay, double rate, double lead = 0)
{
    auto generator = randomGenerator(31);
    const auto start = static_cast<std::size_t>(lead * rate);
    Signal signal(static_cast<std::size_t>(seconds * rate));
    const Signal source = noise(1, signal.size(), generator);
    for (std::size_t n = start; n < signal.size(); ++n)
        signal[n] = source[n - start] *
                    static_cast<float>(std::pow(10, -3 * static_cast<double>(n - start) / (decay * rate)));
    return signal;
}

double guitarLevel(const Signal& impulse, double rate)
{
    double power = 0;
    double weights = 0;
    for (double f = 100; f < std::min(5000.0, 0.45 * rate); f *= 1.01)
    {
        const double weight = 1 / std::sqrt(f); // f to the -1.5 times the width of the step
        power += weight * std::pow(magnitude(impulse, f, rate), 2);
        weights += weight;
    }
    return 10 * std::log10(power / weights);
}

TEST(ImpulseResponseTest, SilenceIsTrimmedAtBothEndsAndTheOnsetIsKept)
{
    for (const int rate : {8'000, 44'100, 192'000})
    {
        ImpulseResponse impulse{rate, {decayingNoise(0.8, 0.15, rate, 0.1)}};
        const auto before = impulse.channels[0];
        const auto trim = trimImpulse(impulse);
        ASSERT_TRUE(trim);
        EXPECT_NEAR(trim->lead, 0.1, 0.001) << rate;
        EXPECT_EQ(trim->cut, 0);
        // 80 dB of a decay of 60 dB in 150 ms, and the fade behind it.
        EXPECT_NEAR(static_cast<double>(impulse.channels[0].size()) / rate, 0.2 + 0.01, 0.03) << rate;
        const double peak = peakOf(before);
        EXPECT_NEAR(peakOf(impulse.channels[0]), 1, 1e-6);
        const auto dropped = static_cast<std::size_t>(std::lround(trim->lead * rate));
        const auto untouched = static_cast<std::size_t>(0.15 * rate);
        for (std::size_t n = static_cast<std::size_t>(std::ceil(0.0003 * rate)); n < untouched; ++n)
            ASSERT_NEAR(static_cast<double>(impulse.channels[0][n]),
                        static_cast<double>(before[dropped + n]) / peak, 1e-6)
                << n;
    }
}

TEST(ImpulseResponseTest, WhatIsLongerThanASecondIsCutWithAFade)
{
    ImpulseResponse impulse{48'000, {decayingNoise(3, 20, 48'000), decayingNoise(3, 20, 48'000)}};
    const auto trim = trimImpulse(impulse);
    ASSERT_TRUE(trim);
    EXPECT_NEAR(trim->cut, 2, 0.01);
    for (const auto& channel : impulse.channels)
    {
        EXPECT_EQ(channel.size(), 48'000u);
        EXPECT_LT(std::abs(channel.back()), 1e-3f);
        EXPECT_GT(peakOf(Signal(channel.begin() + 44'000, channel.begin() + 45'000)), 0.3);
    }
}

TEST(ImpulseResponseTest, WhatIsNoImpulseResponseIsRefusedWithAReason)
{
    const auto reason = [](std::vector<Signal> channels)
    {
        ImpulseResponse impulse{48'000, std::move(channels)};
        const auto result = trimImpulse(impulse);
        return result ? std::string{} : result.error().message;
    };
    EXPECT_EQ(reason({}), "it holds no sound");
    EXPECT_EQ(reason({Signal{}}), "it holds no sound");
    EXPECT_EQ(reason({Signal(1000)}), "it is silent");
    Signal broken(1000, 0.5f);
    broken[500] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(reason({broken}), "it holds values that are no numbers");
    broken[500] = std::numeric_limits<float>::infinity();
    EXPECT_EQ(reason({Signal(1000, 0.1f), broken}), "it holds values that are no numbers");
    EXPECT_NE(reason({sine(20'000, 0.5, 0.5, 48'000)}), "");
    EXPECT_EQ(reason({Signal{1}}), "");
    EXPECT_EQ(reason({Signal{1e-38f, 5e-39f}}), "");
}

TEST(ImpulseResponseTest, PlaysAsLoudAsOurCabinetsWhateverItsLevelAndRates)
{
    for (const int ownRate : {8'000, 22'050, 44'100, 48'000, 96'000, 192'000})
        for (const double amplitude : {1e-4, 1.0, 8.0})
        {
            auto samples = decayingNoise(0.2, 0.05, ownRate);
            for (auto& sample : samples)
                sample *= static_cast<float>(amplitude);
            ImpulseResponse impulse{ownRate, {samples}};
            ASSERT_TRUE(trimImpulse(impulse));
            for (const double rate : {44'100.0, 48'000.0, 192'000.0})
            {
                const auto levelled = levelledImpulse(impulse, rate);
                // Below half of its own rate there may be less than 5 kHz to measure.
                EXPECT_NEAR(guitarLevel(levelled[0], rate), 0, ownRate > 11'000 ? 0.3 : 1.0)
                    << ownRate << " at " << rate;
            }
        }
}

TEST(ImpulseResponseTest, SoundsTheSameAtEveryRate)
{
    CabinetSynthesiser synthesiser(44'100);
    ImpulseResponse impulse{44'100,
                            {synthesiser.impulse(CabinetModel::modern4x12Closed, Microphone::dynamic, 0.05)}};
    ASSERT_TRUE(trimImpulse(impulse));
    const auto reference = levelledImpulse(impulse, 44'100)[0];
    for (const double rate : {32'000.0, 48'000.0, 88'200.0, 96'000.0, 192'000.0})
    {
        const auto other = levelledImpulse(impulse, rate)[0];
        for (double frequency = 60; frequency < 10'000; frequency *= 1.19)
            EXPECT_NEAR(20 * std::log10(magnitude(other, frequency, rate)),
                        20 * std::log10(magnitude(reference, frequency, 44'100)), 0.3)
                << frequency << " Hz at " << rate;
    }
}

// ---- played

Signal directConvolution(const Signal& input, const Signal& impulse)
{
    Signal output(input.size());
    for (std::size_t n = 0; n < input.size(); ++n)
    {
        double sum = 0;
        for (std::size_t tap = 0; tap < std::min(impulse.size(), n + 1); ++tap)
            sum += static_cast<double>(impulse[tap]) * static_cast<double>(input[n - tap]);
        output[n] = static_cast<float>(sum);
    }
    return output;
}

/// A signal of few clicks, so that the expected sound of a long impulse response costs little to compute.
Signal clicks(std::size_t frames, std::size_t count, std::mt19937_64& generator)
{
    Signal signal(frames);
    std::uniform_int_distribution<std::size_t> place(0, frames - 1);
    std::uniform_real_distribution<float> height(-1, 1);
    for (std::size_t index = 0; index < count; ++index)
        signal[place(generator)] += height(generator);
    return signal;
}

Signal convolutionOfClicks(const Signal& input, const Signal& impulse)
{
    std::vector<double> sums(input.size());
    for (std::size_t n = 0; n < input.size(); ++n)
        for (std::size_t tap = 0; input[n] != 0 && tap < std::min(impulse.size(), input.size() - n); ++tap)
            sums[n + tap] += static_cast<double>(input[n]) * static_cast<double>(impulse[tap]);
    return {sums.begin(), sums.end()};
}

/// Plays through one player, cut as `nextBlock` says.
std::array<Signal, 2> played(ImpulsePlayer& player, Signal left, Signal right, int channelCount,
                             const std::function<int()>& nextBlock)
{
    for (std::size_t done = 0; done < left.size();)
    {
        const auto frames = std::min(static_cast<std::size_t>(nextBlock()), left.size() - done);
        AudioBlock block{{left.data() + done, right.data() + done}, channelCount, static_cast<int>(frames)};
        player.process(block);
        done += frames;
    }
    return {left, right};
}

ImpulseResponse trimmedNoise(std::size_t frames, int rate, std::size_t channelCount = 1)
{
    auto generator = randomGenerator(frames);
    ImpulseResponse impulse{rate, {}};
    for (std::size_t channel = 0; channel < channelCount; ++channel)
    {
        impulse.channels.push_back(noise(0.5, frames, generator));
        impulse.channels.back()[channel] = 1;
    }
    EXPECT_TRUE(trimImpulse(impulse));
    return impulse;
}

TEST(ImpulsePlayerTest, EqualsDirectConvolutionAtEveryBlockSizeAndLength)
{
    auto generator = randomGenerator(32);
    std::uniform_int_distribution<int> anySize(0, 1500);
    const std::vector<std::function<int()>> cuts{[] { return 1; },   [] { return 7; },
                                                 [] { return 64; },  [] { return 96; },
                                                 [] { return 512; }, [&] { return anySize(generator); }};
    // 8 kHz has the smallest partitions, 16 and 256: many of both in little time.
    for (const std::size_t length : {1u, 16u, 300u, 512u, 513u, 768u, 769u, 3000u, 8000u})
    {
        const auto impulse = trimmedNoise(length, 8'000);
        const auto expectedImpulse = levelledImpulse(impulse, 8'000)[0];
        const Signal input = noise(0.5, 6000, generator);
        const Signal expected = directConvolution(input, expectedImpulse);
        ImpulsePlayer player(std::make_shared<const PreparedImpulse>(impulse, 8'000));
        for (const auto& cut : cuts)
        {
            player.reset();
            const auto output = played(player, input, input, 1, cut);
            ASSERT_LE(largestDifference(output[0], expected), 1e-6 * peakOf(expected)) << length;
        }
    }
}

TEST(ImpulsePlayerTest, EqualsDirectConvolutionForASecondAtEveryRate)
{
    auto generator = randomGenerator(33);
    for (const int rate : {44'100, 48'000, 96'000, 192'000})
    {
        const auto impulse = trimmedNoise(static_cast<std::size_t>(rate), rate);
        const Signal input = clicks(static_cast<std::size_t>(1.3 * rate), 40, generator);
        const Signal expected = convolutionOfClicks(input, levelledImpulse(impulse, rate)[0]);
        ImpulsePlayer player(std::make_shared<const PreparedImpulse>(impulse, rate));
        for (const int block : {64, 480})
        {
            player.reset();
            const auto output = played(player, input, input, 1, [=] { return block; });
            EXPECT_LE(largestDifference(output[0], expected), 1e-6 * peakOf(expected)) << rate;
        }
    }
}

TEST(ImpulsePlayerTest, AStereoResponsePlaysEachSideAndMakesMonoStereo)
{
    auto generator = randomGenerator(34);
    const auto impulse = trimmedNoise(3000, 8'000, 2);
    const auto levelled = levelledImpulse(impulse, 8'000);
    const Signal left = noise(0.5, 4000, generator);
    const Signal right = noise(0.5, 4000, generator);
    ImpulsePlayer player(std::make_shared<const PreparedImpulse>(impulse, 8'000));
    const auto stereo = played(player, left, right, 2, [] { return 100; });
    player.reset();
    const auto mono = played(player, left, Signal(left.size()), 1, [] { return 100; });
    for (std::size_t side = 0; side < 2; ++side)
    {
        const auto fromBoth = directConvolution(side == 0 ? left : right, levelled[side]);
        const auto fromLeft = directConvolution(left, levelled[side]);
        EXPECT_LE(largestDifference(stereo[side], fromBoth), 1e-6 * peakOf(fromBoth));
        EXPECT_LE(largestDifference(mono[side], fromLeft), 1e-6 * peakOf(fromLeft));
    }
}

// ---- in the chain

TEST(ImpulseAssetTest, TheCabinetPlaysTheUsersImpulseResponseAndOneOfOursWhereThereIsNone)
{
    const auto impulse = trimmedNoise(900, 48'000);
    auto asset = makeImpulseAsset(7, impulse, 48'000);
    const auto stage = makeCabinet();
    stage->prepare({48'000, 512, Quality::live});
    ParameterSet set;
    set["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    set.impulseResponse = 7;
    const auto response = [&](const StageAssets& assets, const ParameterSet& parameters)
    {
        Signal left(512);
        Signal right(512);
        left[0] = 1;
        AudioBlock block{{left.data(), right.data()}, 1, 512};
        stage->setAssets(assets);
        stage->reset();
        stage->setParameters(parameters, {});
        stage->process(block);
        return left;
    };
    auto expected = levelledImpulse(impulse, 48'000)[0];
    expected.resize(512);
    EXPECT_LE(largestDifference(response({asset.players[0].get()}, set), expected), 1e-5);
    const auto standIn = response({}, set);
    EXPECT_EQ(largestDifference(standIn, response({}, ParameterSet{})), 0);
    EXPECT_LT(standIn[0], 0.9f) << "that is the dry guitar";
    EXPECT_EQ(largestDifference(response({asset.players[0].get()}, ParameterSet{}), standIn), 0)
        << "it plays the user's cabinet though a model of ours is chosen";
}
} // namespace
} // namespace tonewright::dsp
