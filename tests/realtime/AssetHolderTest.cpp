#include "realtime/AssetHolder.h"

#include <gtest/gtest.h>

#include <set>

namespace tonewright
{
namespace
{
TEST(AssetHolder, HoldsTheNewestAndWhatIsInUseAndGivesTheRestBack)
{
    AssetHandoff<int> handoff;
    AssetHolder<int, 4> holder(handoff);
    std::set<int> inUse;
    const auto update = [&] { return holder.update([&](int asset) { return inUse.count(asset) > 0; }); };
    EXPECT_EQ(update(), nullptr);
    handoff.publish(1);
    ASSERT_NE(update(), nullptr);
    EXPECT_EQ(*update(), 1);
    inUse = {1};
    handoff.publish(2);
    EXPECT_EQ(*update(), 2);
    inUse = {1, 2};
    handoff.publish(3);
    EXPECT_EQ(*update(), 3);
    EXPECT_EQ(*update(), 3);
    EXPECT_EQ(handoff.collect(), 3u) << "two still sound";
    inUse = {2};
    update();
    EXPECT_EQ(handoff.collect(), 2u);
    inUse = {};
    update();
    EXPECT_EQ(handoff.collect(), 1u) << "the newest stays though nobody uses it";
    holder.clear();
    EXPECT_EQ(handoff.collect(), 0u);
    EXPECT_EQ(update(), nullptr);
}

TEST(AssetHolder, LeavesTheNewestWaitingWhileMoreSoundsThanItCanHold)
{
    AssetHandoff<int> handoff;
    AssetHolder<int, 2> holder(handoff);
    bool isInUse = true;
    const auto update = [&] { return *holder.update([&](int) { return isInUse; }); };
    handoff.publish(1);
    EXPECT_EQ(update(), 1);
    handoff.publish(2);
    EXPECT_EQ(update(), 2);
    handoff.publish(3);
    EXPECT_EQ(update(), 2);
    isInUse = false;
    EXPECT_EQ(update(), 3);
    holder.clear();
}
} // namespace
} // namespace tonewright
