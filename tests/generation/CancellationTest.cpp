#include "generation/Cancellation.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST(Cancellation, EndsAWaitAtOnce)
{
    Cancellation cancellation;
    std::thread canceller([&] { cancellation.cancel(); });
    const auto start = steady_clock::now();
    EXPECT_TRUE(cancellation.waitFor(std::chrono::hours(1)));
    EXPECT_LT(steady_clock::now() - start, std::chrono::minutes(1));
    canceller.join();
    EXPECT_TRUE(cancellation.isCancelled());
}

TEST(Cancellation, LetsAWaitRunOutWhereNobodyCancels)
{
    Cancellation cancellation;
    const auto start = steady_clock::now();
    EXPECT_FALSE(cancellation.waitFor(milliseconds(20)));
    EXPECT_GE(steady_clock::now() - start, milliseconds(20));
}

TEST(Cancellation, CallsEachWakeUpOnceAndOnlyWhileItLives)
{
    Cancellation cancellation;
    int kept = 0, dropped = 0, late = 0;
    const Cancellation::WakeUp staying(cancellation, [&] { ++kept; });
    {
        const Cancellation::WakeUp leaving(cancellation, [&] { ++dropped; });
    }
    cancellation.cancel();
    cancellation.cancel();
    const Cancellation::WakeUp afterwards(cancellation, [&] { ++late; });
    EXPECT_EQ(kept, 1);
    EXPECT_EQ(dropped, 0);
    EXPECT_EQ(late, 1) << "registered after the cancel: called at once";
}

TEST(Cancellation, NeverCallsAWakeUpThatIsGone)
{
    for (int round = 0; round < 500; ++round)
    {
        Cancellation cancellation;
        std::atomic<bool> isAlive{false}, calledDead{false};
        std::thread worker(
            [&]
            {
                isAlive = true;
                {
                    const Cancellation::WakeUp wakeUp(cancellation,
                                                      [&] { calledDead = calledDead || !isAlive; });
                }
                isAlive = false;
            });
        cancellation.cancel();
        worker.join();
        EXPECT_FALSE(calledDead);
    }
}
} // namespace
} // namespace tonewright
