// M3, M4, Q7, Q8: attempts and waits on a clock of the test's own, so that the sequence is exact and no test
// sleeps.
#include "generation/ImpatientClock.h"
#include "generation/ManagerFixture.h"

#include <algorithm>
#include <random>

namespace tonewright
{
namespace
{
using namespace test;
using std::chrono::milliseconds;
using Kind = GenerationErrorKind;
constexpr std::uint64_t seed = 7;

/// The waits as the documentation promises them: doubled from 0.5 s up to 8 s, each up to a quarter shorter.
std::vector<milliseconds> expectedWaits(int count)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> jitter(0, 0.25);
    std::vector<milliseconds> waits;
    for (double full = 500; count > 0; --count, full = std::min(2 * full, 8000.0))
        waits.emplace_back(static_cast<long long>(full * (1 - jitter(random))));
    return waits;
}

class RetryTimingTest : public ManagerFixture
{
protected:
    RetryTimingTest()
    {
        options.jitterSeed = seed;
        options.clock = clock;
        options.retry = RetryOptions{};
        options.retry.total = std::chrono::hours(1);
    }

    /// A language model that fails as told, `duration` after it was asked, and notes when that was.
    std::shared_ptr<ScriptedGenerator> failing(std::function<GenerationError(int attempt)> failureOf)
    {
        return scripted(
            [this, failureOf](const GenerationRequest&, const Cancellation&) -> Answer
            {
                asked.push_back(clock->now());
                clock->advance(duration);
                return failureOf(static_cast<int>(asked.size()));
            });
    }

    /// Between the end of an attempt and the next one.
    std::vector<milliseconds> waits() const
    {
        std::vector<milliseconds> result;
        for (std::size_t index = 1; index < asked.size(); ++index)
            result.push_back(std::chrono::duration_cast<milliseconds>(asked[index] - asked[index - 1]) -
                             duration);
        return result;
    }

    PresetGenerated answerTo(std::shared_ptr<ScriptedGenerator> model, int retries)
    {
        start(std::move(model));
        manager->setMaxConcurrentRequests(1);
        manager->setRetryCount(retries);
        return generated(submit("x"));
    }

    std::shared_ptr<ImpatientClock> clock = std::make_shared<ImpatientClock>();
    milliseconds duration{0};
    std::vector<Clock::Time> asked; // by one worker, read after its answer
};

TEST_F(RetryTimingTest, M3_TheBackOffSequenceIsExact)
{
    EXPECT_TRUE(answerTo(failing([](int) { return errorOf(Kind::serverError); }), 5).preset.source.fallback);
    EXPECT_EQ(waits(), expectedWaits(5));
    const auto figures = manager->statistics();
    EXPECT_EQ(figures.attempts, 6u);
    EXPECT_EQ(figures.retries.serverError, 5u);
    EXPECT_EQ(figures.retries.total(), 5u);
}

TEST_F(RetryTimingTest, M3_TheServersWaitIsHonouredToTheMillisecond)
{
    const std::vector<milliseconds> wished{milliseconds(1), milliseconds(12'345), milliseconds(120'000)};
    answerTo(failing(
                 [&](int attempt)
                 {
                     auto error = errorOf(Kind::rateLimited);
                     if (attempt <= 3)
                         error.retryAfter = wished[static_cast<std::size_t>(attempt - 1)];
                     else
                         error.serverSaysRetry = false;
                     return error;
                 }),
             5);
    EXPECT_EQ(waits(), wished);
    EXPECT_EQ(manager->statistics().retries.rateLimited, 3u);
}

TEST_F(RetryTimingTest, M3_TheTotalBudgetIsKept)
{
    for (const auto attemptTime : {milliseconds(0), milliseconds(700), milliseconds(30'000)})
        for (const auto total : {milliseconds(1'000), milliseconds(10'000), milliseconds(95'000)})
        {
            SCOPED_TRACE(std::to_string(attemptTime.count()) + " of " + std::to_string(total.count()));
            asked.clear();
            duration = attemptTime;
            options.retry.total = total;
            const auto begin = clock->now();
            answerTo(failing([](int) { return errorOf(Kind::timeout); }), 5);
            // No attempt begins after the limit; the last one may end later, which its own deadline prevents.
            EXPECT_LT(asked.back() - begin, total);
            EXPECT_LE(clock->now() - begin, total + attemptTime);
            EXPECT_EQ(manager->statistics().retries.timeout, asked.size() - 1);
        }
}

TEST_F(RetryTimingTest, M3_ALongerWaitThanTheBudgetFailsAtOnce)
{
    options.retry.total = std::chrono::seconds(95);
    const auto begin = clock->now();
    answerTo(failing(
                 [](int)
                 {
                     auto error = errorOf(Kind::rateLimited);
                     error.retryAfter = std::chrono::seconds(96);
                     return error;
                 }),
             5);
    EXPECT_EQ(asked.size(), 1u);
    EXPECT_EQ(clock->now(), begin);
}

TEST_F(RetryTimingTest, M4_WhatCannotGetBetterIsTriedOnce)
{
    for (const auto kind : {Kind::noKey, Kind::badKey, Kind::quota, Kind::badRequest, Kind::badAnswer,
                            Kind::refusal, Kind::unavailable, Kind::internal})
    {
        asked.clear();
        auto error = errorOf(kind);
        if (kind == Kind::quota)
            error.serverSaysRetry = true; // what a proxy says changes nothing about money
        EXPECT_TRUE(answerTo(failing([error](int) { return error; }), 5).preset.source.fallback);
        EXPECT_EQ(asked.size(), 1u) << static_cast<int>(kind);
        EXPECT_EQ(manager->statistics().retries.total(), 0u);
    }
}

TEST_F(RetryTimingTest, Q7_Q8_AJumpOfTheClockEndsARequestOnceAndInOrder)
{
    // A computer that slept: the steady clock may have stood still, or an hour may have passed.
    const auto answer = answerTo(failing(
                                     [this](int)
                                     {
                                         clock->advance(std::chrono::hours(2));
                                         return errorOf(Kind::network);
                                     }),
                                 5);
    EXPECT_TRUE(answer.preset.source.fallback);
    EXPECT_EQ(asked.size(), 1u) << "the time for all attempts is over";
    EXPECT_EQ(messages.terminalCount(answer.id), 1u);
    EXPECT_FALSE(manager->isGeneratingPreset());
}
} // namespace
} // namespace tonewright
