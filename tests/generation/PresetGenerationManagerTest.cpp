#include "generation/ManagerFixture.h"

#include <algorithm>
#include <set>

namespace tonewright
{
namespace
{
using namespace test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Kind = GenerationErrorKind;

class PresetGenerationManagerTest : public ManagerFixture
{
};

TEST_F(PresetGenerationManagerTest, AnswersAPromptWithStartedProgressAndOnePreset)
{
    start();
    const auto id = submit("warm jazz");
    const auto answer = generated(id);
    EXPECT_EQ(answer.preset.name, "offline");
    EXPECT_FALSE(answer.preset.source.fallback);
    EXPECT_EQ(answer.preset.parameters["output.level"_p], -3) << "auditioned";
    EXPECT_NE(answer.time, MessageTime{});
    EXPECT_FALSE(manager->isGeneratingPreset());
    const auto& all = messages.all();
    ASSERT_GE(all.size(), 3u);
    EXPECT_TRUE(std::holds_alternative<PresetGenerationStarted>(all.front()));
    EXPECT_TRUE(std::holds_alternative<PresetGenerated>(all.back()));
    for (const auto& message : all)
        EXPECT_EQ(idOf(message), id);
}

TEST_F(PresetGenerationManagerTest, StartsNoThreadBeforeTheFirstRequest)
{
    // Hosts create and destroy plugins while they scan; that must stay cheap.
    const auto begin = steady_clock::now();
    for (int count = 0; count < 1000; ++count)
        start();
    EXPECT_LT(millisecondsSince(begin), 2000);
    EXPECT_FALSE(std::filesystem::exists(environment.folder() / "state"));
}

TEST_F(PresetGenerationManagerTest, GivesEveryRequestAnIdOfItsOwnAcrossManagers) // Q4
{
    start();
    ThreadSafeQueue<Message> otherOutbox;
    PresetGenerationManager other(otherOutbox, offline, nullptr, options);
    std::set<RequestId> ids;
    for (int count = 0; count < 50; ++count)
    {
        GenerationRequest request;
        request.prompt = "x";
        EXPECT_TRUE(ids.insert(submit("x")).second);
        EXPECT_TRUE(ids.insert(other.generatePresetFromText(request)).second);
    }
    EXPECT_FALSE(ids.contains(0));
}

TEST_F(PresetGenerationManagerTest, AnswersAnEmptyPromptWithASentence)
{
    start();
    for (const auto* prompt : {"", "  \t\n", "\x01\x02"})
    {
        const auto id = submit(prompt);
        EXPECT_EQ(failure(id).kind, Kind::emptyPrompt);
        EXPECT_EQ(messages.terminalCount(id), 1u);
    }
    EXPECT_EQ(offline->calls, 0);
}

TEST_F(PresetGenerationManagerTest, PrefersAConfiguredLanguageModelAndObeysTheEngine)
{
    const auto model = scripted([](const auto& request, const auto&) { return named("model", request); });
    start(model);
    EXPECT_EQ(generated(submit("x")).preset.name, "model");
    EXPECT_EQ(generated(submit("x", Engine::offline)).preset.name, "offline");
    model->configured = false;
    const auto plain = generated(submit("x"));
    EXPECT_EQ(plain.preset.name, "offline");
    EXPECT_FALSE(plain.preset.source.fallback) << "nobody was to be asked";
}

TEST_F(PresetGenerationManagerTest, FallsBackWithTheReasonWhenTheLanguageModelFails) // M4
{
    const auto model = scripted([](const auto&, const auto&) -> Answer { return errorOf(Kind::badKey); });
    start(model);
    const auto answer = generated(submit("dark doom"));
    EXPECT_EQ(answer.preset.name, "offline");
    EXPECT_EQ(answer.preset.prompt, "dark doom");
    EXPECT_TRUE(answer.preset.source.fallback);
    EXPECT_EQ(answer.preset.source.fallbackReason, "It failed.");
    EXPECT_EQ(answer.detail, "a detail");
    EXPECT_EQ(model->calls, 1) << "a wrong key is not tried again";
}

TEST_F(PresetGenerationManagerTest, FallsBackWhenTheForcedLanguageModelIsMissing)
{
    start();
    const auto answer = generated(submit("x", Engine::openAi));
    EXPECT_TRUE(answer.preset.source.fallback);
    EXPECT_NE(answer.preset.source.fallbackReason, "");
}

TEST_F(PresetGenerationManagerTest, FallsBackWhenTheLanguageModelsPresetMakesNoSound)
{
    auditionHears = false;
    start(scripted([](const auto& request, const auto&) { return named("model", request); }));
    const auto answer = generated(submit("x"));
    EXPECT_EQ(answer.preset.name, "offline");
    EXPECT_TRUE(answer.preset.source.fallback);
}

TEST_F(PresetGenerationManagerTest, ReportsAFailureOfTheOfflineGenerator)
{
    offline = scripted([](const auto&, const auto&) -> Answer { return errorOf(Kind::internal); });
    start();
    const auto id = submit("x");
    EXPECT_EQ(failure(id).message, "It failed.");
    EXPECT_EQ(messages.terminalCount(id), 1u);
}

TEST_F(PresetGenerationManagerTest, AuditionsWithWhatTheWordsPromiseAndSaysWhatMoved)
{
    start();
    const auto edit = generated(submit("edit: brighter")).preset;
    EXPECT_EQ(edit.parameters["output.level"_p], 0);
    EXPECT_NE(edit.explanation.find("After listening, moved Amp treble from 5.0 to 6.0."), std::string::npos);
    const auto fresh = generated(submit("new")).preset;
    EXPECT_EQ(fresh.parameters["output.level"_p], -3);
    EXPECT_EQ(fresh.explanation.find("listening"), std::string::npos);
    EXPECT_EQ(auditions, 2);
}

TEST_F(PresetGenerationManagerTest, TriesAgainWhereThatMayHelpAndCountsAttempts)
{
    for (const int retries : {0, 2, 5})
    {
        const auto model =
            scripted([](const auto&, const auto&) -> Answer { return errorOf(Kind::serverError); });
        start(model);
        manager->setRetryCount(retries);
        EXPECT_TRUE(generated(submit("x")).preset.source.fallback);
        EXPECT_EQ(model->calls, retries + 1);
    }
}

TEST_F(PresetGenerationManagerTest, TakesTheAnswerOfALaterAttempt)
{
    std::atomic<int> attempt{0};
    start(scripted(
        [&](const auto& request, const auto&) -> Answer
        {
            if (++attempt < 3)
                return errorOf(Kind::rateLimited);
            return named("third time", request);
        }));
    const auto id = submit("x");
    EXPECT_EQ(generated(id).preset.name, "third time");
    int started = 0;
    for (const auto& message : messages.all())
        started += std::holds_alternative<PresetGenerationStarted>(message) ? 1 : 0;
    EXPECT_EQ(started, 1);
}

TEST_F(PresetGenerationManagerTest, ABackOffHoldsNoWorker)
{
    options.retry.firstWait = std::chrono::hours(1);
    options.retry.longestWait = std::chrono::hours(1);
    options.retry.total = std::chrono::hours(10);
    start(scripted(
        [&](const auto& request, const auto&) -> Answer
        {
            if (request.prompt == "unlucky")
                return errorOf(Kind::serverError);
            return named("model", request);
        }));
    manager->setMaxConcurrentRequests(1);
    const auto waiting = submit("unlucky");
    ASSERT_TRUE(becomes(
        [&] { return manager->getActiveRequestCount() == 0 && manager->getGenerationQueueSize() == 1; }));
    EXPECT_EQ(generated(submit("lucky")).preset.name, "model");
    EXPECT_TRUE(manager->isGeneratingPreset());
    EXPECT_TRUE(manager->cancel(waiting));
    EXPECT_EQ(failure(waiting).kind, Kind::cancelled);
    EXPECT_FALSE(manager->isGeneratingPreset());
}

TEST_F(PresetGenerationManagerTest, NoAttemptStartsWhenItsWaitWouldPassTheDeadline) // M3
{
    options.retry.firstWait = milliseconds(400);
    options.retry.total = milliseconds(100);
    const auto model =
        scripted([](const auto&, const auto&) -> Answer { return errorOf(Kind::serverError); });
    start(model);
    EXPECT_TRUE(generated(submit("x")).preset.source.fallback);
    EXPECT_EQ(model->calls, 1);
}

TEST_F(PresetGenerationManagerTest, HandsTimeoutAndDeadlineToTheGenerator)
{
    options.retry.total = std::chrono::seconds(50);
    std::atomic<long long> timeout{0}, remaining{0};
    start(scripted(
        [&](const auto& request, const auto&)
        {
            timeout = request.timeout.count();
            remaining =
                std::chrono::duration_cast<milliseconds>(request.deadline - steady_clock::now()).count();
            return named("model", request);
        }));
    manager->setTimeout(milliseconds(1234));
    generated(submit("x"));
    EXPECT_EQ(timeout, 1234);
    EXPECT_GT(remaining, 20'000);
    EXPECT_LE(remaining, 50'000);
}

TEST_F(PresetGenerationManagerTest, InteractiveRequestsGoFirstAndEachKindInItsOrder) // M1
{
    Gate gate;
    std::mutex mutex;
    std::vector<std::string> order;
    offline = scripted(
        [&](const auto& request, const auto&)
        {
            if (request.prompt == "first")
                gate.pass();
            const std::lock_guard lock(mutex);
            order.push_back(request.prompt);
            return named("offline", request);
        });
    start();
    manager->setMaxConcurrentRequests(1);
    submit("first");
    gate.waitForVisitors(1);
    submit("background 1", Engine::automatic, RequestPriority::background);
    submit("interactive 1");
    const auto last = submit("background 2", Engine::automatic, RequestPriority::background);
    submit("interactive 2");
    EXPECT_EQ(manager->getGenerationQueueSize(), 4u);
    EXPECT_EQ(manager->getActiveRequestCount(), 1u);
    gate.open();
    generated(last);
    EXPECT_EQ(order, (std::vector<std::string>{"first", "interactive 1", "interactive 2", "background 1",
                                               "background 2"}));
}

TEST_F(PresetGenerationManagerTest, NeverRunsMoreThanTheLimitAtOnce) // M2
{
    for (const int limit : {1, 2, 3, 8})
    {
        Gate gate;
        offline = scripted(
            [&](const auto& request, const auto&)
            {
                gate.pass();
                return named("offline", request);
            });
        start();
        manager->setMaxConcurrentRequests(limit);
        std::vector<RequestId> ids;
        for (int count = 0; count < 30; ++count)
            ids.push_back(submit("x"));
        gate.waitForVisitors(limit);
        EXPECT_EQ(manager->getActiveRequestCount(), static_cast<std::size_t>(limit));
        EXPECT_EQ(manager->getGenerationQueueSize(), static_cast<std::size_t>(30 - limit));
        gate.open();
        for (const auto id : ids)
            generated(id);
        EXPECT_EQ(offline->peak, limit);
        manager.reset();
    }
}

TEST_F(PresetGenerationManagerTest, ALowerLimitHoldsForTheRequestsThatFollow)
{
    start();
    manager->setMaxConcurrentRequests(4);
    generated(submit("starts four workers"));
    offline->peak = 0;
    manager->setMaxConcurrentRequests(1);
    std::vector<RequestId> ids;
    for (int count = 0; count < 50; ++count)
        ids.push_back(submit("x"));
    for (const auto id : ids)
        generated(id);
    EXPECT_EQ(offline->peak, 1);
}

TEST_F(PresetGenerationManagerTest, ThousandRequestsOfTwoPrioritiesKeepTheirOrderAndTheLimit) // M1, M2, Q2
{
    Gate gate;
    std::mutex mutex;
    std::vector<RequestId> interactive, background;
    std::vector<bool> order; // true: interactive
    offline = scripted(
        [&](const auto& request, const auto&)
        {
            if (request.prompt == "first")
            {
                gate.pass();
                return named("offline", request);
            }
            const std::lock_guard lock(mutex);
            const bool isInteractive = request.priority == RequestPriority::interactive;
            (isInteractive ? interactive : background).push_back(request.id);
            order.push_back(isInteractive);
            return named("offline", request);
        });
    start();
    manager->setMaxConcurrentRequests(1);
    submit("first");
    gate.waitForVisitors(1);
    RequestId last = 0;
    for (int count = 0; count < 1000; ++count)
        last = submit("x", Engine::automatic,
                      count % 3 == 0 ? RequestPriority::interactive : RequestPriority::background);
    gate.open();
    ASSERT_TRUE(becomes([&] { return !manager->isGeneratingPreset(); }));
    EXPECT_EQ(messages.terminalCount(last), 1u);
    EXPECT_EQ(offline->peak, 1);
    EXPECT_EQ(interactive.size(), 334u);
    EXPECT_EQ(background.size(), 666u);
    EXPECT_TRUE(std::is_sorted(interactive.begin(), interactive.end()));
    EXPECT_TRUE(std::is_sorted(background.begin(), background.end()));
    EXPECT_TRUE(std::is_partitioned(order.begin(), order.end(), [](bool isFirst) { return isFirst; }));
}

TEST_F(PresetGenerationManagerTest, TwoManagersSideBySideShareNothingButTheIds) // Q4
{
    Gate gate;
    offline = scripted(
        [&](const auto& request, const auto&)
        {
            gate.pass();
            return named("offline", request);
        });
    start();
    ThreadSafeQueue<Message> otherOutbox;
    MessageCollector otherMessages(otherOutbox);
    auto other = std::make_unique<PresetGenerationManager>(
        otherOutbox, scripted([](const auto& request, const auto&) { return named("other", request); }),
        nullptr, options);
    const auto held = submit("x");
    gate.waitForVisitors(1);
    GenerationRequest request;
    request.prompt = "y";
    const auto id = other->generatePresetFromText(request);
    const auto terminal = otherMessages.terminalOf(id);
    ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerated>(*terminal));
    EXPECT_FALSE(other->cancel(held)) << "the other's request is unknown here";
    other.reset();
    EXPECT_TRUE(manager->isGeneratingPreset());
    gate.open();
    EXPECT_EQ(generated(held).preset.name, "offline");
    EXPECT_EQ(otherMessages.terminalCount(held), 0u);
}

TEST_F(PresetGenerationManagerTest, KeepsAPastedKeyOutOfThePreset) // K1
{
    start();
    EXPECT_EQ(generated(submit("crunch sk-abcdefghijklmnop please")).preset.prompt, "crunch [key] please");
}
} // namespace
} // namespace tonewright
