#include "dsp/ConvolverKernels.h"

#include "StagePlayer.h"
#include "dsp/RealFft.h"
#include "support/Random.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <iostream>
#include <set>
#include <string>

namespace tonewright::dsp
{
namespace
{
/// Runs `test` on every instruction set this processor has, worst last; returns those that it ran on.
template <typename Test>
std::set<std::string> onEveryInstructionSet(Test&& test)
{
    std::set<std::string> names;
    for (int bit = 0; bit < 63; ++bit)
    {
        const auto target = std::int64_t{1} << bit;
        if ((hwy::SupportedTargets() & target) == 0 && bit < 62) // 62: without any
            continue;
        hwy::SetSupportedTargetsForTest(target);
        const std::string name(convolverInstructionSet());
        hwy::SetSupportedTargetsForTest(0);
        if (!names.insert(name).second)
            continue;
        hwy::SetSupportedTargetsForTest(target);
        test(name);
        hwy::SetSupportedTargetsForTest(0);
    }
    return names;
}

template <typename Generator>
AlignedVector<float> noise(std::size_t count, Generator& generator)
{
    const auto signal = test::noise(0.5, count, generator);
    return {signal.begin(), signal.end()};
}

TEST(ConvolverKernelsTest, EveryInstructionSetComputesTheSame)
{
    constexpr std::size_t tapCount = 64;
    auto generator = test::randomGenerator(1);
    const auto taps = noise(tapCount, generator);
    const auto input = noise(tapCount + 500, generator);
    const auto names = onEveryInstructionSet(
        [&](const std::string& name)
        {
            for (const std::size_t frames : {1u, 3u, 8u, 13u, 31u, 32u, 64u, 100u, 437u})
            {
                std::vector<float> output(frames);
                convolveDirectly(taps.data(), tapCount, &input[tapCount], output.data(), frames);
                for (std::size_t n = 0; n < frames; ++n)
                {
                    double expected = 0;
                    for (std::size_t tap = 0; tap < tapCount; ++tap)
                        expected +=
                            static_cast<double>(taps[tap]) * static_cast<double>(input[tapCount + n - tap]);
                    ASSERT_NEAR(static_cast<double>(output[n]), expected, 1e-6)
                        << name << ", output " << n << " of " << frames;
                }
            }
        });
    std::cout << names.size() << " instruction sets here\n";
    EXPECT_GE(names.size(), 1u);
}

TEST(ConvolverKernelsTest, OutputsDoNotDependOnHowManyAreAskedFor)
{
    constexpr std::size_t tapCount = 128;
    constexpr std::size_t frames = 200;
    auto generator = test::randomGenerator(2);
    const auto taps = noise(tapCount, generator);
    const auto input = noise(tapCount + frames, generator);
    onEveryInstructionSet(
        [&](const std::string& name)
        {
            std::vector<float> whole(frames);
            convolveDirectly(taps.data(), tapCount, &input[tapCount], whole.data(), frames);
            for (std::size_t n = 0; n < frames; ++n)
            {
                float alone = 0;
                convolveDirectly(taps.data(), tapCount, &input[tapCount + n], &alone, 1);
                ASSERT_EQ(alone, whole[n]) << name << ", output " << n;
            }
        });
}

TEST(ConvolverKernelsTest, ProductsAreThoseOfComplexNumbers)
{
    constexpr std::size_t count = 80;
    auto generator = test::randomGenerator(3);
    const auto ar = noise(count, generator);
    const auto ai = noise(count, generator);
    const auto br = noise(count, generator);
    const auto bi = noise(count, generator);
    const auto before = noise(2 * count, generator);
    onEveryInstructionSet(
        [&](const std::string& name)
        {
            auto sums = before;
            multiplyAdd(ar.data(), ai.data(), br.data(), bi.data(), sums.data(), &sums[count], count);
            for (std::size_t bin = 0; bin < count; ++bin)
            {
                const auto product =
                    std::complex<double>(ar[bin], ai[bin]) * std::complex<double>(br[bin], bi[bin]);
                ASSERT_NEAR(static_cast<double>(sums[bin]), static_cast<double>(before[bin]) + product.real(),
                            1e-6)
                    << name;
                ASSERT_NEAR(static_cast<double>(sums[count + bin]),
                            static_cast<double>(before[count + bin]) + product.imag(), 1e-6)
                    << name;
            }
        });
}
} // namespace
} // namespace tonewright::dsp
