#include "realtime/Threads.h"

#include <cstdio>
#include <cstdlib>

namespace tonewright
{
namespace
{
// initial-exec: glibc keeps room for a few bytes of a plugin's thread-local data. The default model would
// allocate them at a thread's first use, which may be the audio thread's first block.
#if defined(__linux__)
__attribute__((tls_model("initial-exec")))
#endif
thread_local ThreadRole role = ThreadRole::unknown;
} // namespace

ThreadRole currentThreadRole() noexcept
{
    return role;
}

ScopedThreadRole::ScopedThreadRole(ThreadRole newRole) noexcept : previous(role)
{
    role = newRole;
}

ScopedThreadRole::~ScopedThreadRole()
{
    role = previous;
}

#ifndef NDEBUG
namespace
{
[[noreturn]] void failed(const char* rule) noexcept
{
    std::fprintf(stderr, "tonewright: thread rule broken: %s (role of this thread: %d)\n", rule,
                 static_cast<int>(role));
    std::abort();
}
} // namespace

void assertThreadRole(ThreadRole expected) noexcept
{
    if (role != ThreadRole::unknown && role != expected)
        failed("called from a thread of another role");
}

void assertNotAudioThread() noexcept
{
    if (role == ThreadRole::audio)
        failed("called from the audio thread");
}
#endif

} // namespace tonewright
