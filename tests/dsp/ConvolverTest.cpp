#include "dsp/Convolver.h"

#include "StagePlayer.h"
#include "support/Random.h"

#include <gtest/gtest.h>

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

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

/// Partition size, impulse responses of both voices and a convolver that plays them.
struct Room
{
    Room(std::size_t partitionFrames, const Signal& first, const Signal& second)
        : fft(2 * partitionFrames), impulses{PartitionedImpulse(first, partitionFrames, fft),
                                             PartitionedImpulse(second, partitionFrames, fft)}
    {
        convolver.prepare(partitionFrames,
                          std::max(impulses[0].tailPartitions(), impulses[1].tailPartitions()));
        convolver.setImpulse(0, &impulses[0]);
        convolver.setImpulse(1, &impulses[1]);
    }

    std::array<Signal, 2> play(const Signal& input, const std::function<int()>& nextBlock)
    {
        std::array<Signal, 2> outputs{Signal(input.size()), Signal(input.size())};
        for (std::size_t done = 0; done < input.size();)
        {
            const auto frames = std::min(static_cast<std::size_t>(nextBlock()), input.size() - done);
            convolver.process(input.data() + done, {outputs[0].data() + done, outputs[1].data() + done},
                              static_cast<int>(frames));
            done += frames;
        }
        return outputs;
    }

    RealFft fft;
    std::array<PartitionedImpulse, 2> impulses;
    Convolver convolver;
};

TEST(ConvolverTest, EqualsDirectConvolutionAtEveryBlockSize)
{
    auto generator = randomGenerator(6);
    const Signal input = noise(1, 5000, generator);
    std::uniform_int_distribution<int> anySize(0, 700);
    const std::vector<std::function<int()>> cuts{[] { return 1; },    [] { return 7; },
                                                 [] { return 63; },   [] { return 64; },
                                                 [] { return 65; },   [] { return 96; },
                                                 [] { return 313; },  [] { return 512; },
                                                 [] { return 5000; }, [&] { return anySize(generator); }};
    for (const std::size_t partition : {16u, 64u, 256u})
        for (const std::size_t length : {std::size_t{1}, partition, partition + 1, std::size_t{2048}})
        {
            const Signal first = noise(0.1, length, generator);
            const Signal second = noise(0.1, 700, generator);
            const Signal expectedFirst = directConvolution(input, first);
            const Signal expectedSecond = directConvolution(input, second);
            for (const auto& cut : cuts)
            {
                Room room(partition, first, second);
                const auto outputs = room.play(input, cut);
                ASSERT_LE(largestDifference(outputs[0], expectedFirst), 1e-6 * peakOf(expectedFirst))
                    << partition << ' ' << length;
                ASSERT_LE(largestDifference(outputs[1], expectedSecond), 1e-6 * peakOf(expectedSecond))
                    << partition << ' ' << length;
            }
        }
}

TEST(ConvolverTest, HasNoLatency)
{
    Room room(64, Signal{1}, Signal(2000, 0.5f));
    Signal impulse(3000);
    impulse[0] = 1;
    const auto outputs = room.play(impulse, [] { return 50; });
    EXPECT_EQ(outputs[0][0], 1.0f);
    EXPECT_EQ(peakOf(outputs[0], 1), 0);
    for (std::size_t n = 0; n < 2000; ++n)
        ASSERT_NEAR(outputs[1][n], 0.5f, 1e-6f) << n;
    EXPECT_LT(peakOf(outputs[1], 2000), 1e-6);
}

TEST(ConvolverTest, AVoiceThatChangesItsImpulseSoundsAsIfItAlwaysHadIt)
{
    auto generator = randomGenerator(7);
    const Signal input = noise(1, 4000, generator);
    const Signal first = noise(0.1, 1500, generator);
    const Signal second = noise(0.1, 1500, generator);
    Room room(64, first, second);
    room.convolver.setImpulse(1, nullptr);
    const Signal early(input.begin(), input.begin() + 2025);
    const Signal late(input.begin() + 2025, input.end());
    const auto before = room.play(early, [] { return 100; });
    EXPECT_EQ(peakOf(before[1]), 0);
    room.convolver.setImpulse(0, &room.impulses[1]);
    const auto after = room.play(late, [] { return 100; });
    const Signal expected = directConvolution(input, second);
    EXPECT_LE(largestDifference(after[0], Signal(expected.begin() + 2025, expected.end())),
              1e-6 * peakOf(expected));
}

TEST(ConvolverTest, ResetForgetsTheInput)
{
    auto generator = randomGenerator(8);
    const Signal input = noise(1, 1000, generator);
    Room room(64, noise(0.1, 900, generator), Signal{1});
    const auto first = room.play(input, [] { return 90; });
    room.convolver.reset();
    const auto second = room.play(input, [] { return 90; });
    EXPECT_EQ(largestDifference(first[0], second[0]), 0);
}
} // namespace
} // namespace tonewright::dsp
