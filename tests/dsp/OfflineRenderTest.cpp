#include "dsp/OfflineRender.h"

#include "SpacePlayer.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
std::vector<Signal> someInput(std::size_t channels = 1, std::size_t frames = 24000)
{
    auto generator = tonewright::test::randomGenerator(31);
    std::vector<Signal> input;
    for (std::size_t channel = 0; channel < channels; ++channel)
        input.push_back(noise(0.3, frames, generator));
    return input;
}

ParameterSet everythingOn()
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].type == ParameterType::toggle)
            set.values[index] = 1;
    return set;
}
} // namespace

TEST(OfflineRender, blockSizesDoNotMatterForTheWholeChain)
{
    const auto input = someInput();
    RenderOptions options;
    const auto reference = renderOffline(everythingOn(), input, options);
    for (const int frames : {1, 7, 64, 96, 480, 4096})
    {
        options.blockFrames = frames;
        const auto output = renderOffline(everythingOn(), input, options);
        for (std::size_t side = 0; side < 2; ++side)
            EXPECT_LE(largestDifference(reference[side], output[side]), 1e-6) << frames;
    }
}

TEST(OfflineRender, resultIsAlignedWithTheInput)
{
    for (const auto quality : {Quality::live, Quality::hq})
    {
        ParameterSet set;
        set["amp.enabled"_p] = 0;
        set["cabinet.enabled"_p] = 0;
        RenderOptions options;
        options.quality = quality;
        std::vector<Signal> input{Signal(4800)};
        input[0][1000] = 0.5f;
        const auto output = renderOffline(set, input, options);
        ASSERT_EQ(output[0].size(), 4800u);
        const auto loudest = std::max_element(output[0].begin(), output[0].end());
        EXPECT_EQ(loudest - output[0].begin(), 1000);
        EXPECT_NEAR(*loudest, 0.5f, 0.05f);
    }
}

TEST(OfflineRender, tailIsRenderedAfterTheInput)
{
    ParameterSet set;
    set["reverb.enabled"_p] = 1;
    set["reverb.decay"_p] = 2;
    RenderOptions options;
    options.tailSeconds = 1.5;
    const auto input = someInput();
    const auto output = renderOffline(set, input, options);
    ASSERT_EQ(output[0].size(), input[0].size() + 72000);
    ASSERT_EQ(output[1].size(), output[0].size());
    EXPECT_GT(rms(output[0], 30000, 48000), 1e-4);
}

TEST(OfflineRender, stereoInputKeepsItsSides)
{
    ParameterSet set;
    set["amp.enabled"_p] = 0;
    set["cabinet.enabled"_p] = 0;
    auto input = someInput(2);
    std::fill(input[1].begin(), input[1].end(), 0.0f);
    const auto output = renderOffline(set, input, {});
    EXPECT_GT(rms(output[0]), 0.05);
    EXPECT_LT(rms(output[1]), 1e-6);
}

TEST(OfflineRender, progressRisesAndMayStop)
{
    std::vector<double> parts;
    const auto input = someInput(1, 96000);
    renderOffline({}, input, {},
                  [&](double part)
                  {
                      parts.push_back(part);
                      return true;
                  });
    EXPECT_GT(parts.size(), 10u);
    EXPECT_TRUE(std::is_sorted(parts.begin(), parts.end()));
    EXPECT_EQ(parts.back(), 1.0);
    const auto stopped = renderOffline({}, input, {}, [](double part) { return part < 0.5; });
    EXPECT_TRUE(stopped[0].empty() && stopped[1].empty());
}

TEST(OfflineRender, everySampleRateAndEmptyInputWork)
{
    for (const double rate : {8000.0, 22050.0, 44100.0, 96000.0, 192000.0})
    {
        RenderOptions options;
        options.sampleRate = rate;
        const auto output = renderOffline(everythingOn(), someInput(1, 8000), options);
        EXPECT_TRUE(isFinite(output[0]) && isFinite(output[1])) << rate;
        EXPECT_GT(rms(output[0]), 1e-4) << rate;
    }
    EXPECT_TRUE(renderOffline({}, {}, {})[0].empty());
    EXPECT_TRUE(renderOffline({}, std::vector<Signal>{Signal{}}, {})[0].empty());
}

} // namespace tonewright::dsp::test
