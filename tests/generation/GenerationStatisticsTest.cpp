#include "generation/GenerationStatistics.h"

#include "generation/Log.h"
#include "generation/ManagerFixture.h"

namespace tonewright
{
namespace
{
using namespace test;
using Kind = GenerationErrorKind;

std::uint64_t accountedFor(const GenerationStatistics& figures)
{
    return figures.answered + figures.fallbacks + figures.failed + figures.cancelled + figures.waiting +
           figures.running;
}

class GenerationStatisticsTest : public ManagerFixture
{
};

TEST_F(GenerationStatisticsTest, AreZeroBeforeTheFirstRequest)
{
    start();
    const auto figures = manager->statistics();
    EXPECT_EQ(figures.submitted, 0u);
    EXPECT_EQ(figures.workers, 0u);
    EXPECT_EQ(figures.runningLimit, 2u);
    EXPECT_EQ(figures.timeToAnswer.count, 0u);
}

TEST_F(GenerationStatisticsTest, TellWhatBecameOfEveryRequest)
{
    offline = scripted(
        [](const auto& request, const auto& cancellation) -> Answer
        {
            if (request.prompt == "wait")
                return waitUntilCancelled(request, cancellation);
            if (request.prompt == "fail")
                return errorOf(Kind::internal);
            if (request.prompt == "throw")
                throw std::runtime_error("thrown");
            return named("offline", request);
        });
    start(scripted(
        [](const auto& request, const auto&) -> Answer
        {
            if (request.prompt == "answer")
                return named("model", request);
            return errorOf(Kind::rateLimited);
        }));
    manager->setRetryCount(1);
    generated(submit("answer"));
    generated(submit("fallback"));
    failure(submit("fail", Engine::offline));
    failure(submit("throw", Engine::offline));
    failure(submit(""));
    const auto waiting = submit("wait", Engine::offline);
    ASSERT_TRUE(becomes([&] { return offline->active == 1; }));
    auto figures = manager->statistics();
    EXPECT_EQ(figures.running, 1u);
    EXPECT_EQ(accountedFor(figures), figures.submitted);
    manager->cancel(waiting);

    figures = manager->statistics();
    EXPECT_EQ(figures.submitted, 6u);
    EXPECT_EQ(figures.answered, 1u);
    EXPECT_EQ(figures.fallbacks, 1u);
    EXPECT_EQ(figures.failed, 3u);
    EXPECT_EQ(figures.cancelled, 1u);
    EXPECT_EQ(figures.waiting + figures.running, 0u);
    EXPECT_EQ(figures.exceptions, 1u);
    EXPECT_EQ(figures.attempts, 6u) << "two for the fallback, none for the empty prompt";
    EXPECT_EQ(figures.retries.rateLimited, 1u);
    EXPECT_EQ(figures.retries.total(), 1u);
    EXPECT_EQ(figures.timeToAnswer.count, 2u);
    EXPECT_GE(figures.timeToAnswer.longest, figures.timeToAnswer.median);
    EXPECT_EQ(figures.timeToWorker.count, 5u);
    EXPECT_EQ(figures.workers, 2u);
    EXPECT_GE(figures.outboxPeak, 1u);
    EXPECT_GT(figures.logLines, 0u);
}

TEST_F(GenerationStatisticsTest, KeepTheQueuesHighWaterMarks)
{
    Gate gate;
    offline = scripted(
        [&](const auto& request, const auto&)
        {
            gate.pass();
            return named("offline", request);
        });
    start();
    std::vector<RequestId> ids;
    for (int count = 0; count < 12; ++count)
        ids.push_back(submit("x"));
    gate.waitForVisitors(2);
    EXPECT_EQ(manager->statistics().waiting, 10u);
    gate.open();
    for (const auto id : ids)
        generated(id);
    const auto figures = manager->statistics();
    EXPECT_EQ(figures.waiting, 0u);
    EXPECT_GE(figures.waitingPeak, 10u);
    EXPECT_LE(figures.waitingPeak, 12u);
    EXPECT_EQ(figures.runningPeak, 2u);
}

TEST_F(GenerationStatisticsTest, AreConsistentWhileEverythingMoves)
{
    start(scripted(
        [](const auto& request, const auto&) -> Answer
        {
            if (request.id % 3 == 0)
                return errorOf(Kind::serverError);
            return named("model", request);
        }));
    std::atomic<bool> stop{false};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 2; ++reader)
        readers.emplace_back(
            [&]
            {
                while (!stop)
                {
                    const auto figures = manager->statistics();
                    EXPECT_EQ(accountedFor(figures), figures.submitted);
                    EXPECT_LE(figures.running, figures.runningLimit);
                }
            });
    std::vector<RequestId> ids;
    for (int count = 0; count < 300; ++count)
    {
        ids.push_back(submit("x"));
        if (count % 5 == 0)
            manager->cancel(ids.back());
    }
    EXPECT_TRUE(becomes([&] { return !manager->isGeneratingPreset(); }));
    stop = true;
    for (auto& reader : readers)
        reader.join();
    EXPECT_EQ(manager->statistics().submitted, 300u);
}

TEST_F(GenerationStatisticsTest, CountProgressThatGaveWayWhileNobodyFetchedAndLoseNothingElse)
{
    // A host in a modal window fetches no messages for a while.
    constexpr int requestCount = 400;
    start();
    std::vector<RequestId> ids;
    for (int count = 0; count < requestCount; ++count)
        ids.push_back(submit("x"));
    ASSERT_TRUE(becomes([&] { return !manager->isGeneratingPreset(); }));
    const auto figures = manager->statistics();
    EXPECT_GT(figures.progressDropped, 0u);
    EXPECT_EQ(figures.outboxPeak, figures.outboxWaiting);
    int started = 0;
    for (const auto& message : messages.all())
        started += std::holds_alternative<PresetGenerationStarted>(message) ? 1 : 0;
    EXPECT_EQ(started, requestCount);
    for (const auto id : ids)
        EXPECT_EQ(messages.terminalCount(id), 1u);
}
} // namespace
} // namespace tonewright
