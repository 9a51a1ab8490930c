// Impulse responses in PresetCrossfader: lent, crossfaded, given up.

#include "SpacePlayer.h"
#include "dsp/PresetCrossfader.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <functional>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr std::size_t blockFrames = 64;

/// A loudspeaker of sorts: the darker the nearer `pole` is to 1.
ImpulseAsset assetOf(ImpulseResponseId id, float pole)
{
    ImpulseResponse impulse{48'000, {Signal(4000)}};
    float level = 1;
    for (auto& sample : impulse.channels[0])
    {
        sample = level;
        level *= pole;
    }
    EXPECT_TRUE(trimImpulse(impulse));
    return makeImpulseAsset(id, impulse, rate);
}

ParameterSet setFor(const ImpulseAsset& asset)
{
    ParameterSet set;
    set["amp.enabled"_p] = 0;
    set["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    set.impulseResponse = asset.id;
    return set;
}

struct Wanted
{
    ParameterSet set;
    ChainAssets assets;
};

/// Plays blocks of a tone from `from` on.
Signal play(PresetCrossfader& player, const Signal& input, const std::function<Wanted(std::size_t frame)>& at)
{
    Signal left(input.size());
    Signal right(input.size());
    for (std::size_t done = 0; done < input.size(); done += blockFrames)
    {
        const auto frames = std::min(blockFrames, input.size() - done);
        const auto wanted = at(done);
        player.setParameters(wanted.set, {}, wanted.assets);
        player.process(input.data() + done, nullptr, left.data() + done, right.data() + done,
                       static_cast<int>(frames));
    }
    return left;
}

double largestStep(const Signal& signal, std::size_t first, std::size_t last)
{
    double largest = 0;
    for (std::size_t n = first + 2; n < last; ++n)
        largest = std::max(largest,
                           std::abs(static_cast<double>(signal[n]) - 2 * static_cast<double>(signal[n - 1]) +
                                    static_cast<double>(signal[n - 2])));
    return largest;
}

TEST(PresetCrossfaderAssets, AnotherImpulseResponseFadesInWithoutAClickOrAGapAndTheOldOneIsGivenUp)
{
    auto dark = assetOf(1, 0.98f);
    auto bright = assetOf(2, 0.7f);
    const Wanted first{setFor(dark), {&dark}};
    const Wanted second{setFor(bright), {&bright}};
    const Signal input = softSine(400, 0.2, 1.5, rate);
    constexpr std::size_t at = 36'000 / blockFrames * blockFrames;

    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, first.set, first.assets);
    std::size_t usedUntil = 0;
    const auto output = play(player, input,
                             [&](std::size_t frame)
                             {
                                 if (player.uses(dark))
                                     usedUntil = frame;
                                 return frame < at ? first : second;
                             });

    PresetCrossfader only;
    only.prepare({rate, blockFrames, Quality::live}, second.set, second.assets);
    const auto expected = play(only, input, [&](std::size_t) { return second; });
    for (std::size_t n = at + 1440; n < output.size(); ++n) // 30 ms
        ASSERT_NEAR(output[n], expected[n], 1e-4f) << n;
    const double steady =
        std::max(largestStep(output, at - 9600, at), largestStep(output, at + 9600, output.size()));
    EXPECT_LT(largestStep(output, at, at + 1920), 1.5 * steady);
    EXPECT_NEAR(static_cast<double>(usedUntil - at) / rate, 0.03, 0.005);
    EXPECT_FALSE(player.uses(dark));
    EXPECT_TRUE(player.uses(bright));
}

TEST(PresetCrossfaderAssets, OneThatArrivesLateReplacesItsStandIn)
{
    auto late = assetOf(3, 0.9f);
    const auto set = setFor(late);
    const Signal input = softSine(400, 0.2, 1, rate);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, set);
    const auto output = play(player, input,
                             [&](std::size_t frame) {
                                 return Wanted{set, {frame < 24'000 ? nullptr : &late}};
                             });
    PresetCrossfader only;
    only.prepare({rate, blockFrames, Quality::live}, set, {&late});
    const auto expected = play(only, input, [&](std::size_t) { return Wanted{set, {&late}}; });
    for (std::size_t n = 27'000; n < output.size(); ++n)
        ASSERT_NEAR(output[n], expected[n], 1e-4f) << n;
}

TEST(PresetCrossfaderAssets, TheSameOneLoadedTwiceChangesNothing)
{
    auto one = assetOf(4, 0.9f);
    auto again = assetOf(4, 0.9f);
    const auto set = setFor(one);
    const Signal input = softSine(300, 0.2, 0.5, rate);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, set, {&one});
    const auto output = play(player, input,
                             [&](std::size_t frame) {
                                 return Wanted{set, {frame < 9'600 ? &one : &again}};
                             });
    PresetCrossfader only;
    only.prepare({rate, blockFrames, Quality::live}, set, {&one});
    EXPECT_EQ(largestDifference(output, play(only, input,
                                             [&](std::size_t) {
                                                 return Wanted{set, {&one}};
                                             })),
              0);
    EXPECT_TRUE(player.uses(one)) << "it still sounds";
}

TEST(PresetCrossfaderAssets, WhatNoSetWantsIsNotUsed)
{
    auto asset = assetOf(5, 0.9f);
    const Signal input = softSine(300, 0.2, 0.2, rate);
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, ParameterSet{}, {&asset});
    EXPECT_FALSE(player.uses(asset));
    play(player, input, [&](std::size_t) { return Wanted{ParameterSet{}, {&asset}}; });
    EXPECT_FALSE(player.uses(asset));
    play(player, input, [&](std::size_t) { return Wanted{setFor(asset), {&asset}}; });
    EXPECT_TRUE(player.uses(asset));
    player.prepare({rate, blockFrames, Quality::live}, ParameterSet{});
    EXPECT_FALSE(player.uses(asset));
}

TEST(PresetCrossfaderAssets, AHundredQuickSwapsStayFiniteAndEndWithTheLast)
{
    auto generator = tonewright::test::randomGenerator(41);
    std::vector<ImpulseAsset> assets;
    for (ImpulseResponseId id = 1; id <= 4; ++id)
        assets.push_back(assetOf(id, 0.6f + 0.09f * static_cast<float>(id)));
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, ParameterSet{});
    std::uniform_int_distribution<std::size_t> choice(0, assets.size());
    std::uniform_int_distribution<std::size_t> blocks(1, 40);
    Wanted wanted;
    for (int swap = 0; swap < 100; ++swap)
    {
        const auto index = choice(generator);
        wanted = index == assets.size() ? Wanted{} : Wanted{setFor(assets[index]), {&assets[index]}};
        wanted.set["delay.enabled"_p] = swap % 3 == 0 ? 1.0f : 0.0f; // whose tails hold on to a chain
        const auto output =
            play(player, softSine(300, 0.2, 0.001 * static_cast<double>(blocks(generator)), rate),
                 [&](std::size_t) { return wanted; });
        ASSERT_TRUE(isFinite(output));
        ASSERT_LT(peakOf(output), 4);
    }
    wanted = {setFor(assets[0]), {&assets[0]}};
    play(player, Signal(static_cast<std::size_t>(12 * rate)), [&](std::size_t) { return wanted; });
    for (std::size_t index = 0; index < assets.size(); ++index)
        EXPECT_EQ(player.uses(assets[index]), index == 0) << index;
}
} // namespace
} // namespace tonewright::dsp::test
