#include "realtime/AssetHandoff.h"

#include "support/Stress.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{

/// As an impulse response: too big to copy, and it knows where it was freed.
struct Response
{
    explicit Response(int number, std::atomic<int>& freedOnAudio)
        : taps(4096, number), wrongThread(&freedOnAudio)
    {
    }
    Response(Response&&) noexcept = default;
    ~Response()
    {
        if (!taps.empty() && currentThreadRole() == ThreadRole::audio)
            ++*wrongThread;
    }
    std::vector<int> taps;
    std::atomic<int>* wrongThread;
};

TEST(AssetHandoff, GivesTheNewestOnceAndKeepsTheOldUntilItIsGivenBack)
{
    AssetHandoff<int> handoff;
    EXPECT_EQ(handoff.take(), nullptr);
    handoff.publish(1);
    handoff.publish(2);
    EXPECT_EQ(handoff.collect(), 1u) << "the first was replaced before anybody took it";
    auto* const second = handoff.take();
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->value, 2);
    EXPECT_EQ(handoff.take(), nullptr);
    handoff.publish(3);
    auto* const third = handoff.take();
    ASSERT_NE(third, nullptr);
    EXPECT_EQ(second->value + third->value, 5) << "both may be held while one fades into the other";
    handoff.giveBack(second);
    EXPECT_EQ(handoff.collect(), 1u);
    handoff.giveBack(nullptr);
    handoff.giveBack(third);
    EXPECT_EQ(handoff.collect(), 0u);
}

TEST(AssetHandoff, TakesBackAnyNumberOfAssets)
{
    AssetHandoff<int> handoff;
    std::vector<AssetHandoff<int>::Asset*> held;
    for (int n = 0; n < 1000; ++n)
    {
        handoff.publish(n);
        held.push_back(handoff.take());
    }
    EXPECT_EQ(handoff.collect(), 1000u);
    for (auto* asset : held)
        handoff.giveBack(asset);
    EXPECT_EQ(handoff.collect(), 0u);
}

TEST(AssetHandoff, FreesEveryAssetOnItsLoadersThreadHoweverBusyBothAre)
{
    std::atomic<int> freedOnAudio{0};
    std::atomic<bool> stop{false};
    std::atomic<int> torn{0};
    int swaps = 0;
    int published = 0;
    {
        AssetHandoff<Response> handoff;
        std::thread audio(
            [&]
            {
                const ScopedThreadRole role(ThreadRole::audio);
                AssetHandoff<Response>::Asset* current = nullptr;
                while (!stop.load(std::memory_order_acquire))
                {
                    if (auto* next = handoff.take())
                    {
                        handoff.giveBack(std::exchange(current, next));
                        ++swaps;
                    }
                    if (current != nullptr && current->value.taps.front() != current->value.taps.back())
                        ++torn;
                }
                handoff.giveBack(current);
            });
        for (const auto end = test::endOfStress(); std::chrono::steady_clock::now() < end;)
            handoff.publish(Response(++published, freedOnAudio));
        stop.store(true, std::memory_order_release);
        audio.join();
        EXPECT_LE(handoff.collect(), 1u) << "the last may wait to be taken, and no other";
    }
    EXPECT_GT(swaps, 0);
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(freedOnAudio, 0);
}

} // namespace
} // namespace tonewright
