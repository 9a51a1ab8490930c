#include "support/RealtimeGuard.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <typeinfo>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TONEWRIGHT_GUARD_AVAILABLE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TONEWRIGHT_GUARD_AVAILABLE 0
#endif
#endif
#ifndef TONEWRIGHT_GUARD_AVAILABLE
#define TONEWRIGHT_GUARD_AVAILABLE 1
#endif

namespace tonewright::test
{
namespace
{
// Local to the executable, so that reading it calls nobody.
__attribute__((tls_model("initial-exec"))) thread_local RealtimeGuard* active = nullptr;

constexpr std::array<const char*, violationCount> kindNames{
    "allocations", "frees", "locks", "waits", "wake-ups", "sleeps", "system calls", "exceptions"};
} // namespace

struct GuardAccess
{
    static void count(Violation kind, const char* function) noexcept
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
};

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

long RealtimeGuard::voluntarySwitches() noexcept
{
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
}

} // namespace tonewright::test

#if TONEWRIGHT_GUARD_AVAILABLE

using tonewright::test::GuardAccess;
using tonewright::test::Violation;

namespace
{
/// The C library's own function behind ours, looked up at the first call (programs call all of these before
/// main).
template <typename Function>
Function* next(Function*& known, const char* name, const char* version = nullptr) noexcept
{
    if (known == nullptr)
    {
        void* found = version != nullptr ? dlvsym(RTLD_NEXT, name, version) : nullptr;
        if (found == nullptr)
            found = dlsym(RTLD_NEXT, name);
        known = reinterpret_cast<Function*>(found);
    }
    return known;
}
} // namespace

#define TONEWRIGHT_EXPORTED extern "C" __attribute__((visibility("default")))

/// Defines `result name(parameters)` that counts a violation and passes on to the C library.
#define TONEWRIGHT_INTERPOSE(kind, result, name, parameters, arguments)                                      \
    TONEWRIGHT_EXPORTED result name parameters                                                               \
    {                                                                                                        \
        static result(*known) parameters = nullptr;                                                          \
        GuardAccess::count(Violation::kind, #name);                                                          \
        return next(known, #name) arguments;                                                                 \
    }
/// The same for functions of which the C library keeps an older version under the same name.
#define TONEWRIGHT_INTERPOSE_VERSION(kind, result, name, version, parameters, arguments)                     \
    TONEWRIGHT_EXPORTED result name parameters                                                               \
    {                                                                                                        \
        static result(*known) parameters = nullptr;                                                          \
        GuardAccess::count(Violation::kind, #name);                                                          \
        return next(known, #name, version) arguments;                                                        \
    }

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

// ---- locks, waits, wake-ups
// ------------------------------------------------------------------------------------------

TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_lock, (pthread_mutex_t * mutex) noexcept, (mutex))
TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_trylock, (pthread_mutex_t * mutex) noexcept, (mutex))
TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_unlock, (pthread_mutex_t * mutex) noexcept, (mutex))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_tryrdlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_trywrlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_unlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_spin_lock, (pthread_spinlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE_VERSION(wait, int, pthread_cond_wait, "GLIBC_2.3.2",
                             (pthread_cond_t * condition, pthread_mutex_t* mutex), (condition, mutex))
TONEWRIGHT_INTERPOSE_VERSION(wait, int, pthread_cond_timedwait, "GLIBC_2.3.2",
                             (pthread_cond_t * condition, pthread_mutex_t* mutex, const timespec* until),
                             (condition, mutex, until))
TONEWRIGHT_INTERPOSE(wait, int, pthread_cond_clockwait,
                     (pthread_cond_t * condition, pthread_mutex_t* mutex, clockid_t clock,
                      const timespec* until),
                     (condition, mutex, clock, until))
TONEWRIGHT_INTERPOSE_VERSION(wake, int, pthread_cond_signal, "GLIBC_2.3.2",
                             (pthread_cond_t * condition) noexcept, (condition))
TONEWRIGHT_INTERPOSE_VERSION(wake, int, pthread_cond_broadcast, "GLIBC_2.3.2",
                             (pthread_cond_t * condition) noexcept, (condition))
TONEWRIGHT_INTERPOSE(wait, int, sem_wait, (sem_t * semaphore), (semaphore))
TONEWRIGHT_INTERPOSE(wake, int, sem_post, (sem_t * semaphore) noexcept, (semaphore))
TONEWRIGHT_INTERPOSE(wait, int, pthread_join, (pthread_t thread, void** result), (thread, result))

// ---- sleep
// -----------------------------------------------------------------------------------------------------------

TONEWRIGHT_INTERPOSE(sleep, int, nanosleep, (const timespec* duration, timespec* rest), (duration, rest))
TONEWRIGHT_INTERPOSE(sleep, int, clock_nanosleep,
                     (clockid_t clock, int flags, const timespec* duration, timespec* rest),
                     (clock, flags, duration, rest))
TONEWRIGHT_INTERPOSE(sleep, int, usleep, (useconds_t duration), (duration))
TONEWRIGHT_INTERPOSE(sleep, unsigned, sleep, (unsigned duration), (duration))
TONEWRIGHT_INTERPOSE(sleep, int, sched_yield, () noexcept, ())

// ---- the kernel
// ------------------------------------------------------------------------------------------------------

TONEWRIGHT_INTERPOSE(systemCall, ssize_t, read, (int file, void* bytes, std::size_t size),
                     (file, bytes, size))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, write, (int file, const void* bytes, std::size_t size),
                     (file, bytes, size))
TONEWRIGHT_INTERPOSE(systemCall, int, close, (int file), (file))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, send, (int socket, const void* bytes, std::size_t size, int flags),
                     (socket, bytes, size, flags))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, recv, (int socket, void* bytes, std::size_t size, int flags),
                     (socket, bytes, size, flags))
TONEWRIGHT_INTERPOSE(systemCall, int, poll, (pollfd * files, nfds_t count, int timeout),
                     (files, count, timeout))
TONEWRIGHT_INTERPOSE(systemCall, int, select,
                     (int count, fd_set* in, fd_set* out, fd_set* error, timeval* timeout),
                     (count, in, out, error, timeout))
TONEWRIGHT_INTERPOSE(systemCall, void*, mmap,
                     (void* place, std::size_t size, int protection, int flags, int file,
                      off_t offset) noexcept,
                     (place, size, protection, flags, file, offset))
TONEWRIGHT_INTERPOSE(systemCall, int, munmap, (void* place, std::size_t size) noexcept, (place, size))
TONEWRIGHT_INTERPOSE(systemCall, void*, dlopen, (const char* file, int mode) noexcept, (file, mode))
TONEWRIGHT_INTERPOSE(systemCall, FILE*, fopen, (const char* path, const char* mode), (path, mode))
TONEWRIGHT_INTERPOSE(systemCall, std::size_t, fwrite,
                     (const void* bytes, std::size_t size, std::size_t count, FILE* file),
                     (bytes, size, count, file))
TONEWRIGHT_INTERPOSE(systemCall, int, fputs, (const char* text, FILE* file), (text, file))
TONEWRIGHT_INTERPOSE(systemCall, int, puts, (const char* text), (text))
TONEWRIGHT_INTERPOSE(systemCall, int, fflush, (FILE * file), (file))
TONEWRIGHT_INTERPOSE(systemCall, int, pthread_create,
                     (pthread_t * thread, const pthread_attr_t* attributes, void* (*function)(void*),
                      void* argument) noexcept,
                     (thread, attributes, function, argument))

TONEWRIGHT_EXPORTED int open(const char* path, int flags, ...)
{
    static int (*known)(const char*, int, ...) = nullptr;
    va_list arguments;
    va_start(arguments, flags);
    const auto mode = va_arg(arguments, mode_t); // unused by the kernel unless flags say so
    va_end(arguments);
    GuardAccess::count(Violation::systemCall, "open");
    return next(known, "open")(path, flags, mode);
}

TONEWRIGHT_EXPORTED int ioctl(int file, unsigned long request, ...) noexcept
{
    static int (*known)(int, unsigned long, ...) = nullptr;
    va_list arguments;
    va_start(arguments, request);
    void* argument = va_arg(arguments, void*);
    va_end(arguments);
    GuardAccess::count(Violation::systemCall, "ioctl");
    return next(known, "ioctl")(file, request, argument);
}

TONEWRIGHT_EXPORTED long syscall(long number, ...) noexcept
{
    static long (*known)(long, ...) = nullptr;
    va_list list;
    va_start(list, number);
    std::array<long, 6> arguments{};
    for (auto& argument : arguments)
        argument = va_arg(list, long);
    va_end(list);
    // std::atomic waits and wakes by futex calls.
    GuardAccess::count(number == SYS_futex ? Violation::wait : Violation::systemCall, "syscall");
    return next(known, "syscall")(number, arguments[0], arguments[1], arguments[2], arguments[3],
                                  arguments[4], arguments[5]);
}

extern "C" __attribute__((visibility("default"), noreturn)) void __cxa_throw(void* object, void* type,
                                                                             void (*destroy)(void*))
{
    static void (*known)(void*, void*, void (*)(void*)) = nullptr;
    GuardAccess::count(Violation::exception, "throw");
    next(known, "__cxa_throw")(object, type, destroy);
    __builtin_unreachable();
}

#endif
