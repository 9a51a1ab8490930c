#include "plugin/MessageCalls.h"

#include "JuceEnvironment.h"
#include "SessionFixture.h"
#include "plugin/TonewrightProcessor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace tonewright::plugin
{
namespace
{
using std::chrono::milliseconds;

/// Delivers messages on this thread, the tests' message thread, while `work` runs on one of its own: the way
/// of an LV2 host, whose thread makes and destroys plugins that have a message thread themselves.
template <typename Work>
void besideDelivery(Work work)
{
    std::atomic<bool> isDone{false};
    std::thread host(
        [&]
        {
            work();
            isDone = true;
        });
    EXPECT_TRUE(test::deliverMessagesUntil([&] { return isDone.load(); }, std::chrono::minutes(4)));
    host.join();
}

TEST(MessageCalls, TickUntilStopped)
{
    int ticks = 0;
    MessageCalls calls([&] { ++ticks; }, {});
    EXPECT_FALSE(calls.isTicking());
    calls.startTicking(100);
    EXPECT_TRUE(test::deliverMessagesUntil([&] { return ticks >= 3; }));
    calls.stopTicking();
    EXPECT_FALSE(calls.isTicking());
    const int before = ticks;
    test::deliverMessagesUntil([] { return false; }, milliseconds(50));
    EXPECT_EQ(ticks, before);
}

TEST(MessageCalls, BringNewsAskedForByAnyThreadOnTheMessageThread)
{
    std::thread::id where;
    int count = 0;
    MessageCalls calls({},
                       [&]
                       {
                           where = std::this_thread::get_id();
                           ++count;
                       });
    std::thread(
        [&]
        {
            for (int time = 0; time < 10; ++time)
                calls.bringNews();
        })
        .join();
    EXPECT_EQ(count, 0);
    EXPECT_TRUE(test::deliverMessagesUntil([&] { return count > 0; }));
    EXPECT_EQ(where, std::this_thread::get_id());
    EXPECT_EQ(count, 1);
}

TEST(MessageCalls, NoCallComesDuringOrAfterTheirEndOnAnotherThread)
{
    std::atomic<int> callsMade{0};
    std::atomic<int> callsTooLate{0};
    besideDelivery(
        [&]
        {
            for (int round = 0; round < 3000; ++round)
            {
                const auto isAlive = std::make_shared<std::atomic<bool>>(true);
                const auto called = [&, isAlive]
                {
                    ++callsMade;
                    std::this_thread::yield();
                    if (!isAlive->load())
                        ++callsTooLate;
                };
                {
                    MessageCalls calls(called, called);
                    calls.startTicking(1000);
                    calls.bringNews();
                    std::this_thread::sleep_for(std::chrono::microseconds(round % 300));
                }
                isAlive->store(false);
            }
        });
    EXPECT_GT(callsMade.load(), 100);
    EXPECT_EQ(callsTooLate.load(), 0);
}

TEST(MessageCalls, AHostsLoopInsideACallLeavesOutTheTickAndKeepsTheNews)
{
    int ticks = 0;
    int news = 0;
    std::unique_ptr<MessageCalls> calls;
    calls = std::make_unique<MessageCalls>(
        [&]
        {
            ++ticks;
            calls->bringNews();
            test::deliverMessagesUntil([] { return false; }, milliseconds(50));
            EXPECT_EQ(news, 0) << "one call at a time";
            calls->stopTicking();
        },
        [&] { ++news; });
    calls->startTicking(200);
    EXPECT_TRUE(test::deliverMessagesUntil([&] { return news > 0; }));
    EXPECT_EQ(ticks, 1);
    EXPECT_EQ(news, 1);
}

class PluginOfAnotherThread : public SessionFixture
{
};

TEST_F(PluginOfAnotherThread, IsDestroyedWhileTheMessageThreadBringsItNews)
{
    besideDelivery(
        []
        {
            for (int round = 0; round < 3000; ++round)
            {
                TonewrightProcessor plugin;
                plugin.setStateInformation("nonsense", 8);
                std::this_thread::sleep_for(std::chrono::microseconds(10 * (round % 20)));
            }
        });
    EXPECT_TRUE(test::deliverWaitingMessages());
}

} // namespace
} // namespace tonewright::plugin
