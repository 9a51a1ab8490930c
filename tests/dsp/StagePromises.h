#pragma once

#include "StagePlayer.h"
#include "support/Random.h"

#include <gtest/gtest.h>

namespace tonewright::test
{

/// What every stage promises, whatever it does. `makeStage` makes the stage, `choose` sets parameters worth
/// testing.
template <typename MakeStage, typename Choose>
void expectBlockSizeDoesNotMatter(MakeStage&& makeStage, Choose&& choose, double tolerance = 1e-6)
{
    auto generator = randomGenerator(71);
    const Signal left = noise(0.5, 20000, generator);
    const Signal right = noise(0.5, 20000, generator);
    Signal expectedLeft;
    Signal expectedRight;
    std::uniform_int_distribution<int> anySize(0, 512);
    const std::vector<std::function<int()>> cuts{[] { return 512; },
                                                 [] { return 1; },
                                                 [] { return 7; },
                                                 [] { return 64; },
                                                 [] { return 96; },
                                                 [] { return 313; },
                                                 [&] { return anySize(generator); }};
    for (std::size_t cut = 0; cut < cuts.size(); ++cut)
    {
        StagePlayer player(makeStage(), 48000);
        choose(player.parameters);
        Signal l = left;
        Signal r = right;
        player.play(l, &r, cuts[cut]);
        if (cut == 0)
        {
            expectedLeft = l;
            expectedRight = r;
            continue;
        }
        EXPECT_LE(largestDifference(l, expectedLeft), tolerance) << "cut " << cut;
        EXPECT_LE(largestDifference(r, expectedRight), tolerance) << "cut " << cut;
    }
}

template <typename MakeStage>
void expectSilenceStaysSilent(MakeStage&& makeStage)
{
    for (const double rate : {8000.0, 44100.0, 192000.0})
    {
        StagePlayer player(makeStage(), rate);
        const Signal silence(static_cast<std::size_t>(rate / 4));
        EXPECT_EQ(peakOf(player.played(silence)), 0) << rate;
    }
}

/// Legal parameters at random and at their limits, changing all the time, loud and quiet input, all rates.
template <typename MakeStage>
void expectFiniteAtExtremes(MakeStage&& makeStage, double loudest = 1000)
{
    auto generator = randomGenerator(72);
    std::uniform_real_distribution<float> anywhere(0, 1);
    for (const double rate : {8000.0, 11025.0, 44100.0, 96000.0, 192000.0})
        for (const double amplitude : {1e-30, 1e-6, 1.0, loudest})
        {
            StagePlayer player(makeStage(), rate, 64);
            for (int round = 0; round < 40; ++round)
            {
                for (std::size_t index = 0; index < parameterCount; ++index)
                {
                    const float dice = anywhere(generator);
                    const float position = dice < 0.25f ? 0 : dice > 0.75f ? 1 : anywhere(generator);
                    player.parameters.values[index] = fromNormalised(parameterTable[index], position);
                }
                Signal left = noise(amplitude, 700, generator);
                Signal right = noise(amplitude, 700, generator);
                player.play(left, &right);
                ASSERT_TRUE(isFinite(left) && isFinite(right)) << rate << " Hz, amplitude " << amplitude;
            }
        }
}

/// A sudden change of parameters while a sine plays must not click: the curvature of the output stays near
/// what the sine's own is before and after, or would be at the level the output passes through.
template <typename MakeStage, typename Before, typename After>
void expectNoClick(MakeStage&& makeStage, Before&& before, After&& after, double allowedFactor)
{
    StagePlayer player(makeStage(), 48000, 64);
    before(player.parameters);
    Signal first = sine(220, 0.25, 0.5, 48000);
    Signal second = first; // 110 whole periods: goes on seamlessly
    player.play(first);
    after(player.parameters);
    player.play(second);
    const double settled = std::max(roughness(first, first.size() / 2), roughness(second, second.size() / 2));
    Signal joined(first.end() - 4800, first.end());
    joined.insert(joined.end(), second.begin(), second.end());
    const double settledPeak = std::max(peakOf(first, first.size() / 2), peakOf(second, second.size() / 2));
    const double swell = std::max(1.0, peakOf(joined) / settledPeak);
    EXPECT_LE(roughness(joined), allowedFactor * settled * swell);
}

} // namespace tonewright::test
