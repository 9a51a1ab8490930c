// Q1, M7: how long a cancel and the end of the manager take, in every phase of a request. The bounds here are
// what a loaded machine keeps as well; benchmarks/GenerationBenchmark.cpp tells the true figures.
#include "generation/OnlineSupport.h"
#include "generation/PresetGenerationManager.h"
#include "generation/RequestPhases.h"
#include "generation/openai/OpenAiGenerator.h"

#include <gtest/gtest.h>

#include <thread>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;

/// A wait that is not woken lasts ten seconds (to connect) or longer; a lock held across one as long.
constexpr double quick = 2000;

class OfflineStandIn final : public PresetGenerator
{
public:
    Result<Preset, GenerationError> generate(const GenerationRequest&, const Cancellation&,
                                             const ProgressCallback&) override
    {
        return Preset{};
    }
};

class CancelLatencyTest : public testing::TestWithParam<std::size_t>
{
protected:
    CancelLatencyTest()
    {
        options.audition = [](Preset&, const ToneExpectation&, const Cancellation&)
        { return AuditionReport{}; };
        options.expect = [](const GenerationRequest&, const Preset&) { return ToneExpectation{}; };
        model->setServer({phase.baseUrl, "m", "k"});
        manager = std::make_unique<PresetGenerationManager>(outbox, std::make_shared<OfflineStandIn>(), model,
                                                            options);
        manager->setMaxConcurrentRequests(1);
    }

    RequestId submit()
    {
        GenerationRequest request;
        request.prompt = "x";
        return manager->generatePresetFromText(std::move(request));
    }

    /// A request that stands in the phase, and one that waits behind it.
    void bringThere()
    {
        ids = {submit(), submit()};
        ASSERT_TRUE(phase.waitUntilThere());
        if (phase.name == "backing off")
            while (manager->getActiveRequestCount() != 0 || manager->getGenerationQueueSize() != 2)
            {
                // The second one runs, and backs off as well.
                ASSERT_LT(test::millisecondsSince(begun), 20'000);
                std::this_thread::yield();
            }
        else
            while (manager->getActiveRequestCount() == 0)
                std::this_thread::yield();
    }

    void expectOneCancelledMessageEach()
    {
        for (const auto id : ids)
        {
            const auto terminal = messages.terminalOf(id);
            ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerationFailed>(*terminal));
            EXPECT_EQ(std::get<PresetGenerationFailed>(*terminal).error.kind, GenerationErrorKind::cancelled);
            EXPECT_EQ(messages.terminalCount(id), 1u);
        }
    }

    const std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
    test::IsolatedEnvironment environment;
    test::RequestPhases phases{test::chatAnswer(test::goodTone()).body};
    const test::RequestPhase phase = phases.all().at(GetParam());
    ThreadSafeQueue<Message> outbox;
    test::MessageCollector messages{outbox};
    GenerationOptions options;
    std::shared_ptr<OpenAiGenerator> model = std::make_shared<OpenAiGenerator>();
    std::vector<RequestId> ids;
    std::unique_ptr<PresetGenerationManager> manager; // the last: goes first
};

TEST_P(CancelLatencyTest, ACancelledRequestEndsAtOnceAndFreesItsWorker) // Q1, M5
{
    SCOPED_TRACE(phase.name);
    bringThere();
    const auto begin = std::chrono::steady_clock::now();
    for (const auto id : ids)
        EXPECT_TRUE(manager->cancel(id));
    expectOneCancelledMessageEach();
    EXPECT_LT(test::millisecondsSince(begin), quick);
    EXPECT_FALSE(manager->isGeneratingPreset());
    // The worker is free for the next one, too.
    GenerationRequest next;
    next.prompt = "x";
    next.engine = Engine::offline;
    EXPECT_TRUE(messages.terminalOf(manager->generatePresetFromText(std::move(next)), milliseconds(5000)));
    EXPECT_LT(test::millisecondsSince(begin), 2 * quick);
}

TEST_P(CancelLatencyTest, TheManagerEndsAtOnce) // M7
{
    SCOPED_TRACE(phase.name);
    bringThere();
    const auto begin = std::chrono::steady_clock::now();
    manager.reset();
    EXPECT_LT(test::millisecondsSince(begin), quick);
    expectOneCancelledMessageEach();
}

INSTANTIATE_TEST_SUITE_P(InEveryPhase, CancelLatencyTest, testing::Range(std::size_t{0}, std::size_t{7}));
} // namespace
} // namespace tonewright
