#include "realtime/LatestValue.h"

#include "support/Stress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <iostream>
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

/// T3: a writer that never pauses, until the stress is over.
TEST(LatestValue, neverTearsNeverGoesBackAndDeliversTheLastUnderABusyWriter)
{
    LatestValue<Wide> value;
    std::atomic<std::uint32_t> last{0};
    std::thread writer(
        [&value, &last, end = test::endOfStress()]
        {
            std::uint32_t n = 0;
            do
                value.publish(Wide::of(++n));
            while ((n & 1023u) != 0 || std::chrono::steady_clock::now() < end);
            last.store(n, std::memory_order_release);
        });
    std::uint64_t whole = 0;
    std::uint64_t torn = 0;
    std::uint64_t backwards = 0;
    std::uint32_t newest = 0;
    while (newest == 0 || newest != last.load(std::memory_order_acquire))
    {
        if (!value.poll())
            continue;
        const auto& seen = value.get();
        ++(seen.isWhole() ? whole : torn);
        backwards += seen.words[0] > newest ? 0u : 1u;
        newest = seen.words[0];
    }
    writer.join();
    EXPECT_EQ(torn, 0u);
    EXPECT_EQ(backwards, 0u);
    std::cout << whole << " of " << newest << " sets were seen, all whole\n";
}

#ifndef __SANITIZE_THREAD__ // a race on purpose
/// What a handoff that is not one does: a flag beside a plain struct. It shows that the test above would see
/// a torn set.
TEST(LatestValue, isNeededAFlagBesideAStructTears)
{
    struct Sketch
    {
        std::atomic<bool> isNew{false};
        Wide value;
    };
    Sketch sketch;
    std::atomic<bool> stop{false};
    std::thread writer(
        [&]
        {
            for (std::uint32_t n = 1; !stop.load(std::memory_order_relaxed); ++n)
            {
                volatile std::uint32_t* const words = sketch.value.words.data();
                for (std::size_t index = 0; index < sketch.value.words.size(); ++index)
                    words[index] = n;
                sketch.isNew.store(true, std::memory_order_release);
            }
        });
    std::uint64_t taken = 0;
    std::uint64_t torn = 0;
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (torn == 0 && std::chrono::steady_clock::now() < giveUp)
    {
        if (!sketch.isNew.exchange(false, std::memory_order_acquire))
            continue;
        const Wide seen = sketch.value;
        ++taken;
        torn += seen.isWhole() ? 0u : 1u;
    }
    stop.store(true, std::memory_order_relaxed);
    writer.join();
    EXPECT_GT(torn, 0u);
    std::cout << "torn after " << taken << " sets\n";
}
#endif

} // namespace
} // namespace tonewright
