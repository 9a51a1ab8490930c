#include "cli/Interrupt.h"

#include <atomic>
#include <csignal>

namespace tonewright::cli
{
namespace
{
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch lock-free atomics only");
} // namespace

void watchForInterrupts()
{
    struct ::sigaction action = {};
    action.sa_handler = [](int) { interrupted.store(true, std::memory_order_relaxed); };
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool isInterrupted()
{
    return interrupted.load(std::memory_order_relaxed);
}

} // namespace tonewright::cli
