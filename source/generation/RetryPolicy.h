#pragma once

#include "messaging/Message.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

namespace tonewright
{

/// How often and how soon a failed request is tried again. The defaults are those of OpenAI's own clients
/// but for the total.
struct RetryOptions
{
    int retries = 2;                                      ///< further attempts, 0 to 5
    std::chrono::milliseconds firstWait{500};             ///< doubled for each further one
    std::chrono::milliseconds longestWait{8'000};         ///< of our own waits
    std::chrono::milliseconds longestServerWait{120'000}; ///< a server that asks for more is not asked again
    std::chrono::milliseconds total{95'000};              ///< all attempts and waits of a request
};

/// [any] Whether another attempt may succeed: rate limit, server error, network and timeout, unless the
/// server says otherwise (x-should-retry). Never for a used-up quota, a wrong key or a cancelled request.
bool isWorthRetrying(const GenerationError& error);

/// Decides about the next attempt. Not thread-safe: one a worker, or under its owner's lock.
class RetryPolicy
{
public:
    /// [setup] `seed` drives the jitter, which shortens each own wait by up to a quarter, so that many
    /// clients do not come back together.
    RetryPolicy(RetryOptions options, std::uint64_t seed);

    void setRetries(int count); ///< clamped to 0 to 5

    /// [worker] The wait before the next attempt: the server's where it asked for one, else exponential.
    /// Nothing when the attempts are used up, the error is not worth it, or the wait would not leave
    /// `remaining` time for another attempt.
    std::optional<std::chrono::milliseconds> waitAfter(const GenerationError& error, int attemptsMade,
                                                       std::chrono::milliseconds remaining);

private:
    RetryOptions options;
    std::mt19937_64 random;
};

} // namespace tonewright
