#include "realtime/Threads.h"

#include <cstdio>
#include <cstdlib>

namespace tonewright
{
namespace
{
// initial-exec would be faster in an executable but may fail to load in a plugin; a plain int needs no
// construction.
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
