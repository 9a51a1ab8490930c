#include "generation/RetryPolicy.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using Kind = GenerationErrorKind;
constexpr milliseconds plenty{95'000};

GenerationError errorOf(Kind kind)
{
    return {kind, {}, {}};
}

GenerationError askingFor(milliseconds wait)
{
    GenerationError error = errorOf(Kind::rateLimited);
    error.retryAfter = wait;
    return error;
}

TEST(RetryPolicy, DoublesTheWaitUpToTheCapAndShortensItByAtMostAQuarter) // M3
{
    constexpr std::array<int, 5> expected{500, 1000, 2000, 4000, 8000};
    for (std::uint64_t seed = 0; seed < 200; ++seed)
    {
        RetryOptions options;
        options.retries = 5;
        RetryPolicy policy(options, seed);
        for (int attempt = 1; attempt <= 5; ++attempt)
        {
            const auto wait = policy.waitAfter(errorOf(Kind::serverError), attempt, plenty);
            ASSERT_TRUE(wait) << "attempt " << attempt;
            const auto full = expected[static_cast<std::size_t>(attempt - 1)];
            EXPECT_LE(wait->count(), full) << "seed " << seed;
            EXPECT_GE(wait->count(), full * 3 / 4) << "seed " << seed;
        }
        EXPECT_FALSE(policy.waitAfter(errorOf(Kind::serverError), 6, plenty));
    }
}

TEST(RetryPolicy, RepeatsItselfForASeedAndDiffersBetweenSeeds)
{
    const auto waits = [](std::uint64_t seed)
    {
        RetryPolicy policy({}, seed);
        return std::array{*policy.waitAfter(errorOf(Kind::network), 1, plenty),
                          *policy.waitAfter(errorOf(Kind::network), 2, plenty)};
    };
    EXPECT_EQ(waits(7), waits(7));
    EXPECT_NE(waits(7), waits(8));
}

TEST(RetryPolicy, TriesAgainOnlyWhereThatMayHelp) // M4
{
    for (const auto kind : {Kind::rateLimited, Kind::serverError, Kind::network, Kind::timeout})
        EXPECT_TRUE(isWorthRetrying(errorOf(kind))) << static_cast<int>(kind);
    for (const auto kind :
         {Kind::cancelled, Kind::emptyPrompt, Kind::noKey, Kind::badKey, Kind::quota, Kind::badRequest,
          Kind::badAnswer, Kind::refusal, Kind::unavailable, Kind::internal})
        EXPECT_FALSE(isWorthRetrying(errorOf(kind))) << static_cast<int>(kind);
}

TEST(RetryPolicy, HeedsTheServersAdviceButNeverForMoneyOrKeys)
{
    auto error = errorOf(Kind::serverError);
    error.serverSaysRetry = false;
    EXPECT_FALSE(isWorthRetrying(error));
    error = errorOf(Kind::badRequest);
    error.serverSaysRetry = true;
    EXPECT_TRUE(isWorthRetrying(error));
    for (const auto kind : {Kind::quota, Kind::badKey, Kind::cancelled, Kind::refusal})
    {
        error = errorOf(kind);
        error.serverSaysRetry = true;
        EXPECT_FALSE(isWorthRetrying(error)) << static_cast<int>(kind);
    }
}

TEST(RetryPolicy, WaitsAsLongAsTheServerAsksUpToTwoMinutes)
{
    RetryPolicy policy({}, 1);
    const milliseconds hours{10'000'000};
    EXPECT_EQ(policy.waitAfter(askingFor(milliseconds(1)), 1, hours), milliseconds(1));
    EXPECT_EQ(policy.waitAfter(askingFor(milliseconds(12'345)), 1, hours), milliseconds(12'345));
    EXPECT_EQ(policy.waitAfter(askingFor(milliseconds(120'000)), 1, hours), milliseconds(120'000));
    EXPECT_EQ(policy.waitAfter(askingFor(milliseconds(120'001)), 1, hours), std::nullopt);
    const auto own = policy.waitAfter(askingFor(milliseconds(0)), 1, hours);
    ASSERT_TRUE(own);
    EXPECT_GE(*own, milliseconds(375)) << "zero is no wait a crowd can come back after";
}

TEST(RetryPolicy, DoesNotWaitPastTheDeadline)
{
    RetryPolicy policy({}, 1);
    EXPECT_EQ(policy.waitAfter(askingFor(milliseconds(20'000)), 1, milliseconds(20'000)), std::nullopt);
    EXPECT_EQ(policy.waitAfter(errorOf(Kind::network), 1, milliseconds(0)), std::nullopt);
    EXPECT_EQ(policy.waitAfter(errorOf(Kind::network), 1, milliseconds(-5)), std::nullopt);
}

TEST(RetryPolicy, CountsRetriesAsSet)
{
    RetryPolicy policy({}, 1);
    policy.setRetries(0);
    EXPECT_FALSE(policy.waitAfter(errorOf(Kind::network), 1, plenty));
    policy.setRetries(99);
    EXPECT_TRUE(policy.waitAfter(errorOf(Kind::network), 5, plenty));
    EXPECT_FALSE(policy.waitAfter(errorOf(Kind::network), 6, plenty)) << "five at most";
}
} // namespace
} // namespace tonewright
