#include "support/RealtimeGuard.h"

#include "support/GuardInterposition.h"

#include <execinfo.h>
#include <sys/resource.h>

#include <cstdlib>

namespace tonewright::test
{
namespace
{
// Local to the executable, so that reading it calls nobody.
__attribute__((tls_model("initial-exec"))) thread_local RealtimeGuard* active = nullptr;

constexpr std::array<const char*, violationCount> kindNames{
    "allocations", "frees", "locks", "waits", "wake-ups", "sleeps", "system calls", "exceptions"};
} // namespace

void GuardAccess::count(Violation kind, const char* function) noexcept
{
    RealtimeGuard* guard = active;
    if (guard == nullptr)
        return;
    ++guard->counts[static_cast<std::size_t>(kind)];
    if (guard->firstCall == nullptr)
    {
        active = nullptr; // what the trace itself does is not the guarded code's fault
        guard->firstCall = function;
        guard->frameCount = backtrace(guard->frames.data(), RealtimeGuard::maximumFrames);
        active = guard;
    }
}

std::uint64_t GuardReport::total() const
{
    std::uint64_t sum = 0;
    for (const auto count : counts)
        sum += count;
    return sum;
}

std::string GuardReport::text() const
{
    std::string result;
    for (std::size_t kind = 0; kind < violationCount; ++kind)
        if (counts[kind] != 0)
            result += std::to_string(counts[kind]) + " " + kindNames[kind] + ", ";
    if (result.empty())
        return "nothing forbidden happened";
    return result + "the first by " + firstCall + ", called from:\n" + firstTrace;
}

RealtimeGuard::RealtimeGuard() : outer(active)
{
    // The first trace of a program loads a library; that must not happen while watching.
    std::array<void*, 1> frame{};
    static_cast<void>(backtrace(frame.data(), 1));
    active = this;
}

RealtimeGuard::~RealtimeGuard()
{
    stop();
}

void RealtimeGuard::stop() noexcept
{
    if (active == this)
        active = outer;
}

GuardReport RealtimeGuard::report()
{
    stop();
    GuardReport result;
    result.counts = counts;
    if (firstCall == nullptr)
        return result;
    result.firstCall = firstCall;
    char** names = backtrace_symbols(frames.data(), frameCount);
    for (int frame = 0; names != nullptr && frame < frameCount; ++frame)
        result.firstTrace.append("    ").append(names[frame]).append("\n");
    std::free(names);
    return result;
}

bool RealtimeGuard::isAvailable() noexcept
{
    return TONEWRIGHT_GUARD_AVAILABLE != 0;
}

long RealtimeGuard::timesBlocked() noexcept
{
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw - usage.ru_majflt;
}

} // namespace tonewright::test

#if TONEWRIGHT_GUARD_AVAILABLE

using tonewright::test::GuardAccess;
using tonewright::test::next;
using tonewright::test::Violation;

// ---- memory: glibc offers its functions under second names, so that no look-up (which allocates) is needed
// ----------

// NOLINTBEGIN(bugprone-reserved-identifier): the C library chose these names.
extern "C"
{
    void* __libc_malloc(std::size_t);
    void* __libc_calloc(std::size_t, std::size_t);
    void* __libc_realloc(void*, std::size_t);
    void* __libc_memalign(std::size_t, std::size_t);
    void __libc_free(void*);
}
// NOLINTEND(bugprone-reserved-identifier)

TONEWRIGHT_EXPORTED void* malloc(std::size_t size)
{
    GuardAccess::count(Violation::allocate, "malloc");
    return __libc_malloc(size);
}
TONEWRIGHT_EXPORTED void* calloc(std::size_t count, std::size_t size)
{
    GuardAccess::count(Violation::allocate, "calloc");
    return __libc_calloc(count, size);
}
TONEWRIGHT_EXPORTED void* realloc(void* memory, std::size_t size)
{
    GuardAccess::count(Violation::allocate, "realloc");
    return __libc_realloc(memory, size);
}
TONEWRIGHT_EXPORTED void free(void* memory)
{
    if (memory != nullptr)
        GuardAccess::count(Violation::release, "free");
    __libc_free(memory);
}
TONEWRIGHT_EXPORTED void* memalign(std::size_t alignment, std::size_t size)
{
    GuardAccess::count(Violation::allocate, "memalign");
    return __libc_memalign(alignment, size);
}
TONEWRIGHT_EXPORTED void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    GuardAccess::count(Violation::allocate, "aligned_alloc");
    return __libc_memalign(alignment, size);
}
TONEWRIGHT_EXPORTED int posix_memalign(void** memory, std::size_t alignment, std::size_t size)
{
    GuardAccess::count(Violation::allocate, "posix_memalign");
    *memory = __libc_memalign(alignment, size);
    return *memory != nullptr ? 0 : 12; // ENOMEM
}
TONEWRIGHT_EXPORTED void* reallocarray(void* memory, std::size_t count, std::size_t size) noexcept
{
    GuardAccess::count(Violation::allocate, "reallocarray");
    std::size_t bytes = 0;
    return __builtin_mul_overflow(count, size, &bytes) ? nullptr : __libc_realloc(memory, bytes);
}
TONEWRIGHT_EXPORTED void* valloc(std::size_t size)
{
    GuardAccess::count(Violation::allocate, "valloc");
    return __libc_memalign(4096, size);
}

// ---- exceptions; and a function's static variable, which is made under a lock -----------------------------

extern "C" __attribute__((visibility("default"), noreturn)) void __cxa_throw(void* object, void* type,
                                                                             void (*destroy)(void*))
{
    static void (*known)(void*, void*, void (*)(void*)) = nullptr;
    GuardAccess::count(Violation::exception, "throw");
    next(known, "__cxa_throw")(object, type, destroy);
    __builtin_unreachable();
}

extern "C" __attribute__((visibility("default"), noreturn)) void __cxa_rethrow()
{
    static void (*known)() = nullptr;
    GuardAccess::count(Violation::exception, "throw again");
    next(known, "__cxa_rethrow")();
    __builtin_unreachable();
}

TONEWRIGHT_EXPORTED int __cxa_guard_acquire(void* guard) noexcept
{
    static int (*known)(void*) = nullptr;
    GuardAccess::count(Violation::lock, "a static variable's first use");
    return next(known, "__cxa_guard_acquire")(guard);
}

#endif
