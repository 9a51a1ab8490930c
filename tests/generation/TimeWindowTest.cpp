#include "generation/TimeWindow.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
using std::chrono::microseconds;

TEST(TimeWindow, IsZeroWhileEmpty)
{
    const auto summary = TimeWindow().summary();
    EXPECT_EQ(summary.count, 0u);
    EXPECT_EQ(summary.p99.count(), 0);
}

TEST(TimeWindow, NamesTheNearestRanks)
{
    TimeWindow window;
    for (int value = 100; value >= 1; --value)
        window.add(microseconds(value));
    const auto summary = window.summary();
    EXPECT_EQ(summary.count, 100u);
    EXPECT_EQ(summary.last.count(), 1);
    EXPECT_EQ(summary.median.count(), 50);
    EXPECT_EQ(summary.p99.count(), 99);
    EXPECT_EQ(summary.longest.count(), 100);
}

TEST(TimeWindow, OfOneValueIsThatValue)
{
    TimeWindow window;
    window.add(microseconds(7));
    const auto summary = window.summary();
    for (const auto value : {summary.last, summary.median, summary.p99, summary.longest})
        EXPECT_EQ(value.count(), 7);
}

TEST(TimeWindow, ForgetsTheOldestAndGoesOnCounting)
{
    TimeWindow window;
    window.add(std::chrono::hours(1));
    for (std::size_t count = 0; count < TimeWindow::capacity; ++count)
        window.add(microseconds(5));
    EXPECT_EQ(window.summary().longest.count(), 5);
    EXPECT_EQ(window.summary().count, TimeWindow::capacity + 1);
}
} // namespace
} // namespace tonewright
