#include "plugin/TunerReading.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tonewright::plugin
{
namespace
{
constexpr double tick = 1.0 / 30;

TEST(TunerFollower, ShowsTheMiddleOfTheLastReadings)
{
    TunerFollower follower;
    EXPECT_FALSE(follower.reading(440));
    for (const double frequency : {110.0, 110.1, 110.05, 112.0, 110.02})
        follower.add(dsp::Pitch{frequency, 1}, tick);
    const auto reading = follower.reading(440);
    ASSERT_TRUE(reading);
    EXPECT_DOUBLE_EQ(reading->frequency, 110.05);
    EXPECT_EQ(reading->note.name(), "A");
    EXPECT_TRUE(reading->isSounding);
    EXPECT_TRUE(reading->isInTune());
}

TEST(TunerFollower, ShowsANewNoteAtOnce)
{
    TunerFollower follower;
    for (int number = 0; number < 10; ++number)
        follower.add(dsp::Pitch{110, 1}, tick);
    follower.add(dsp::Pitch{146.83, 1}, tick);
    EXPECT_EQ(follower.reading(440)->note.name(), "D");
}

TEST(TunerFollower, HoldsTheLastNoteForTwoSeconds)
{
    TunerFollower follower;
    follower.add(dsp::Pitch{82.41, 1}, tick);
    for (double time = 0; time < 1.9; time += tick)
        follower.add(std::nullopt, tick);
    ASSERT_TRUE(follower.reading(440));
    EXPECT_FALSE(follower.reading(440)->isSounding);
    for (double time = 0; time < 0.3; time += tick)
        follower.add(std::nullopt, tick);
    EXPECT_FALSE(follower.reading(440));
}

TEST(TunerFollower, CountsFromTheReference)
{
    TunerFollower follower;
    follower.add(dsp::Pitch{442, 1}, tick);
    EXPECT_NEAR(follower.reading(442)->note.cents, 0, 1e-9);
    EXPECT_NEAR(follower.reading(440)->note.cents, 1200 * std::log2(442.0 / 440), 1e-9);
}
} // namespace
} // namespace tonewright::plugin
