#include "generation/RetryPolicy.h"

#include <algorithm>

namespace tonewright
{
namespace
{
constexpr double largestJitter = 0.25;
constexpr int mostRetries = 5;
} // namespace

bool isWorthRetrying(const GenerationError& error)
{
    switch (error.kind)
    {
    case GenerationErrorKind::rateLimited:
    case GenerationErrorKind::serverError:
    case GenerationErrorKind::network:
    case GenerationErrorKind::timeout:
        return error.serverSaysRetry.value_or(true);
    case GenerationErrorKind::badRequest:
    case GenerationErrorKind::badAnswer:
        return error.serverSaysRetry.value_or(false);
    default:
        return false;
    }
}

RetryPolicy::RetryPolicy(RetryOptions retryOptions, std::uint64_t seed) : options(retryOptions), random(seed)
{
}

void RetryPolicy::setRetries(int count)
{
    options.retries = std::clamp(count, 0, mostRetries);
}

std::optional<std::chrono::milliseconds>
RetryPolicy::waitAfter(const GenerationError& error, int attemptsMade, std::chrono::milliseconds remaining)
{
    if (attemptsMade > options.retries || !isWorthRetrying(error))
        return std::nullopt;
    auto wait = options.firstWait;
    for (int attempt = 1; attempt < attemptsMade && wait < options.longestWait; ++attempt)
        wait *= 2;
    wait = std::min(wait, options.longestWait);
    if (error.retryAfter && error.retryAfter->count() > 0)
    {
        if (*error.retryAfter > options.longestServerWait)
            return std::nullopt;
        wait = *error.retryAfter;
    }
    else
    {
        const double shorter = std::uniform_real_distribution<double>(0, largestJitter)(random);
        wait = std::chrono::milliseconds(
            static_cast<long long>(static_cast<double>(wait.count()) * (1 - shorter)));
    }
    if (wait >= remaining)
        return std::nullopt;
    return wait;
}

} // namespace tonewright
