#include "realtime/LatestValue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <thread>

namespace tonewright
{
namespace
{

/// As large as a ParameterSet; every word says the same number.
struct Wide
{
    std::array<std::uint32_t, 96> words{};

    static Wide of(std::uint32_t n)
    {
        Wide wide;
        wide.words.fill(n);
        return wide;
    }
    bool isWhole() const
    {
        return std::all_of(words.begin(), words.end(), [&](auto word) { return word == words.front(); });
    }
};

TEST(LatestValue, hasNothingNewUntilSomethingIsPublished)
{
    LatestValue<int> value(5);
    EXPECT_FALSE(value.poll());
    EXPECT_EQ(value.get(), 5);
    value.publish(6);
    EXPECT_EQ(value.get(), 5) << "a value shows only after a poll";
    EXPECT_TRUE(value.poll());
    EXPECT_EQ(value.get(), 6);
    EXPECT_FALSE(value.poll());
}

TEST(LatestValue, keepsOnlyTheLatest)
{
    LatestValue<int> value;
    for (int n = 1; n <= 1000; ++n)
        value.publish(n);
    EXPECT_TRUE(value.poll());
    EXPECT_EQ(value.get(), 1000);
    EXPECT_FALSE(value.poll());
}

TEST(LatestValue, neverTearsNeverGoesBackAndDeliversTheLastUnderABusyWriter)
{
    constexpr std::uint32_t last = 2'000'000;
    LatestValue<Wide> value;
    std::thread writer(
        [&]
        {
            for (std::uint32_t n = 1; n <= last; ++n)
                value.publish(Wide::of(n));
        });
    std::uint64_t torn = 0;
    std::uint64_t backwards = 0;
    std::uint32_t newest = 0;
    while (newest != last)
    {
        if (!value.poll())
        {
            std::this_thread::yield();
            continue;
        }
        const auto& seen = value.get();
        torn += seen.isWhole() ? 0u : 1u;
        backwards += seen.words[0] > newest ? 0u : 1u;
        newest = seen.words[0];
    }
    writer.join();
    EXPECT_EQ(torn, 0u);
    EXPECT_EQ(backwards, 0u);
}

} // namespace
} // namespace tonewright
