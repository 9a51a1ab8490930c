#include "generation/ManagerFixture.h"
#include "messaging/MessageDispatcher.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tonewright
{
namespace
{
using namespace test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Kind = GenerationErrorKind;

class PresetGenerationCancelTest : public ManagerFixture
{
};

TEST_F(PresetGenerationCancelTest, CancelsAQueuedAndARunningRequestWithOneMessageEach) // M5
{
    offline = scripted(waitUntilCancelled);
    start();
    manager->setMaxConcurrentRequests(1);
    const auto running = submit("running");
    ASSERT_TRUE(becomes([&] { return offline->active == 1; }));
    const auto queued = submit("queued");
    const auto begin = steady_clock::now();
    EXPECT_TRUE(manager->cancel(queued));
    EXPECT_TRUE(manager->cancel(running));
    EXPECT_EQ(failure(queued).kind, Kind::cancelled);
    EXPECT_EQ(failure(running).kind, Kind::cancelled);
    EXPECT_LT(millisecondsSince(begin), 5000);
    EXPECT_FALSE(manager->cancel(running)) << "already ended";
    EXPECT_FALSE(manager->cancel(987654321)) << "unknown";
    EXPECT_FALSE(manager->isGeneratingPreset());
    manager.reset();
    EXPECT_EQ(messages.terminalCount(queued), 1u);
    EXPECT_EQ(messages.terminalCount(running), 1u);
    EXPECT_EQ(offline->calls, 1) << "the queued one never ran";
}

TEST_F(PresetGenerationCancelTest, APresetThatComesAfterTheCancelIsNeverSent) // M5, Q6
{
    Gate gate;
    offline = scripted(
        [&](const auto& request, const auto&)
        {
            gate.pass(); // deaf to the cancel
            return named("too late", request);
        });
    start();
    const auto id = submit("x");
    gate.waitForVisitors(1);
    EXPECT_TRUE(manager->cancel(id));
    gate.open();
    manager.reset();
    EXPECT_EQ(messages.terminalCount(id), 1u);
    EXPECT_EQ(failure(id).kind, Kind::cancelled);
    EXPECT_TRUE(isTerminal(messages.all().back())) << "nothing after the terminal message";
}

TEST_F(PresetGenerationCancelTest, CancelAllEndsEveryRequest)
{
    offline = scripted(waitUntilCancelled);
    start();
    std::vector<RequestId> ids;
    for (int count = 0; count < 20; ++count)
        ids.push_back(submit("x"));
    manager->cancelAll();
    for (const auto id : ids)
        EXPECT_EQ(failure(id).kind, Kind::cancelled);
    EXPECT_FALSE(manager->isGeneratingPreset());
    EXPECT_EQ(manager->getGenerationQueueSize(), 0u);
}

TEST_F(PresetGenerationCancelTest, TheDestructorEndsEveryRequestAtOnce) // M7
{
    offline = scripted(waitUntilCancelled);
    options.retry.firstWait = std::chrono::hours(1);
    options.retry.longestWait = std::chrono::hours(1);
    options.retry.total = std::chrono::hours(10);
    start(scripted([](const auto&, const auto&) -> Answer { return errorOf(Kind::serverError); }));
    std::vector<RequestId> ids{submit("backing off")};
    for (int count = 0; count < 4; ++count)
        ids.push_back(submit("running or queued", Engine::offline));
    ASSERT_TRUE(becomes([&] { return offline->active == 2; }));
    const auto begin = steady_clock::now();
    manager.reset();
    EXPECT_LT(millisecondsSince(begin), 2500);
    for (const auto id : ids)
    {
        EXPECT_EQ(messages.terminalCount(id), 1u);
        EXPECT_EQ(failure(id).kind, Kind::cancelled);
    }
}

TEST_F(PresetGenerationCancelTest, SurvivesWhateverAGeneratorThrows) // M9
{
    start(scripted(
        [](const auto& request, const auto&) -> Answer
        {
            if (request.prompt == "number")
                throw 42;
            throw std::runtime_error("inner words with sk-abcdefghijklmnop");
        }));
    const auto text = failure(submit("exception"));
    EXPECT_EQ(text.kind, Kind::internal);
    EXPECT_EQ(text.detail, "inner words with [key]");
    EXPECT_EQ(failure(submit("number")).kind, Kind::internal);
    EXPECT_EQ(generated(submit("x", Engine::offline)).preset.name, "offline") << "the workers live on";
}

TEST_F(PresetGenerationCancelTest, AnswersAtOnceWhateverTheWorkersDo) // Q9
{
    offline = scripted(waitUntilCancelled);
    start();
    submit("the first starts the workers");
    std::vector<double> times;
    for (int count = 0; count < 1000; ++count)
    {
        GenerationRequest request;
        request.prompt = "x";
        const auto begin = steady_clock::now();
        manager->generatePresetFromText(std::move(request));
        times.push_back(millisecondsSince(begin) * 1000);
    }
    std::sort(times.begin(), times.end());
    RecordProperty("medianMicroseconds", std::to_string(times[500]));
    RecordProperty("p99Microseconds", std::to_string(times[990]));
    EXPECT_LT(times[500], 5000) << "a lock held across work would show here";
}

TEST_F(PresetGenerationCancelTest, EndsEachOfManyRequestsExactlyOnceWhileOthersCancel)
{
    std::atomic<unsigned> turn{0};
    start(scripted(
        [&](const auto& request, const auto& cancellation) -> Answer
        {
            switch (turn++ % 4)
            {
            case 0:
                return named("model", request);
            case 1:
                return errorOf(Kind::serverError);
            case 2:
                return errorOf(Kind::refusal);
            default:
                cancellation.waitFor(milliseconds(1));
                return named("model", request);
            }
        }));
    manager->setMaxConcurrentRequests(4);
    constexpr int threads = 3, each = 300;
    std::mutex mutex;
    std::vector<RequestId> ids;
    std::vector<std::thread> submitters;
    for (int thread = 0; thread < threads; ++thread)
        submitters.emplace_back(
            [&, thread]
            {
                for (int count = 0; count < each; ++count)
                {
                    const auto id =
                        submit("x", Engine::automatic,
                               count % 2 == 0 ? RequestPriority::interactive : RequestPriority::background);
                    if ((count + thread) % 3 == 0)
                        manager->cancel(id);
                    const std::lock_guard lock(mutex);
                    ids.push_back(id);
                }
            });
    for (auto& submitter : submitters)
        submitter.join();
    EXPECT_TRUE(becomes([&] { return !manager->isGeneratingPreset(); }));
    manager.reset();
    std::map<RequestId, int> terminals;
    std::set<RequestId> ended;
    for (const auto& message : messages.all())
    {
        EXPECT_FALSE(ended.contains(idOf(message))) << "a message after the terminal one";
        if (isTerminal(message))
        {
            ++terminals[idOf(message)];
            ended.insert(idOf(message));
        }
    }
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(threads * each));
    for (const auto id : ids)
        EXPECT_EQ(terminals[id], 1);
}

TEST_F(PresetGenerationCancelTest, OnlyTheNewestOfManyPromptsIsApplied) // M6, P12, Q6
{
    // As the plugin's session does: a new prompt cancels the one before, whose answer may already be on its
    // way; then its id, lower than the newest, tells that it comes too late.
    struct Session final : MessageHandler
    {
        void handle(const StatusUpdate&) override {}
        void handle(const PresetGenerationStarted&) override {}
        void handle(const PresetGenerated& message) override
        {
            if (message.id == newest)
                applied.push_back(message.preset.prompt);
        }
        void handle(const PresetGenerationFailed&) override {}
        void handle(const ParameterChanged&) override {}
        RequestId newest = 0;
        std::vector<std::string> applied;
    } session;
    MessageDispatcher dispatcher(outbox, session);
    start(scripted([](const auto& request, const auto&) -> Answer { return named("model", request); }));
    constexpr int prompts = 500;
    for (int count = 0; count < prompts; ++count)
    {
        const auto superseded = std::exchange(session.newest, 0);
        if (superseded != 0)
            manager->cancel(superseded);
        session.newest = submit(std::to_string(count));
        EXPECT_GT(session.newest, superseded);
        if (count % 3 == 0) // now and then the timer comes between two prompts
            dispatcher.dispatch();
    }
    ASSERT_TRUE(becomes([&] { return !manager->isGeneratingPreset(); }));
    while (dispatcher.dispatch() != 0)
    {
    }
    ASSERT_FALSE(session.applied.empty());
    EXPECT_EQ(session.applied.back(), std::to_string(prompts - 1));
    for (std::size_t index = 1; index < session.applied.size(); ++index)
        EXPECT_LT(std::stoi(session.applied[index - 1]), std::stoi(session.applied[index]));
}

TEST_F(PresetGenerationCancelTest, CanBeDestroyedAtAnyMoment) // M8
{
    for (int round = 0; round < 1000; ++round)
    {
        start(scripted(
            [](const auto& request, const auto& cancellation) -> Answer
            {
                return cancellation.waitFor(milliseconds(1)) ? Answer(errorOf(Kind::cancelled))
                                                             : Answer(named("model", request));
            }));
        std::vector<RequestId> ids;
        for (int count = 0; count < round % 5; ++count)
            ids.push_back(submit("x"));
        manager.reset();
        for (const auto id : ids)
            EXPECT_EQ(messages.terminalCount(id), 1u);
    }
}
} // namespace
} // namespace tonewright
