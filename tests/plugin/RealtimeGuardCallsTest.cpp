#include "support/RealtimeGuard.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <thread>

namespace tonewright::test
{
namespace
{
/// One forbidden call, by the name under which the guard reports it.
struct ForbiddenCall
{
    const char* name;
    Violation kind;
    void (*make)();
};

/// What the calls need, made before anybody watches. Results of calls go to `sink`, so that none is left out.
struct Props
{
    Props()
    {
        socketpair(AF_UNIX, SOCK_DGRAM, 0, sockets.data());
        pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
        pthread_barrier_init(&barrier, nullptr, 1);
        sem_init(&semaphore, 0, 3);
    }
    int null = open("/dev/null", O_RDWR);
    int events = epoll_create1(0);
    FILE* stream = fopen("/dev/null", "r+");
    std::array<int, 2> sockets{};
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    pthread_spinlock_t spin{};
    pthread_barrier_t barrier{};
    sem_t semaphore{};
    timespec past{};
    int word = 0;
    char byte = 0;
};

Props& props()
{
    static auto* const kept = new Props;
    return *kept;
}

void* volatile memorySink = nullptr;
volatile long sink = 0;
const char* volatile words = "not known to the optimiser";

/// A waiter that nobody wakes and whose time is over at once.
void waitOnCondition(int (*wait)(pthread_cond_t*, pthread_mutex_t*))
{
    auto& p = props();
    pthread_mutex_lock(&p.mutex);
    wait(&p.condition, &p.mutex);
    pthread_mutex_unlock(&p.mutex);
}

int usedOnce(int value)
{
    static const std::unique_ptr<int> made = std::make_unique<int>(value);
    return *made;
}

using enum Violation;
const ForbiddenCall forbiddenCalls[] = {
    {"malloc", allocate, [] { memorySink = malloc(10); }},
    {"calloc", allocate, [] { memorySink = calloc(2, 5); }},
    {"realloc", allocate, [] { memorySink = realloc(memorySink, 20); }},
    {"reallocarray", allocate, [] { memorySink = reallocarray(nullptr, 2, 5); }},
    {"aligned_alloc", allocate, [] { memorySink = aligned_alloc(64, 64); }},
    {"posix_memalign", allocate,
     []
     {
         void* memory = nullptr;
         sink = posix_memalign(&memory, 64, 64);
         memorySink = memory;
     }},
    {"free", release, [] { free(memorySink); }},

    {"pthread_mutex_lock", lock, [] { pthread_mutex_lock(&props().mutex); }},
    {"pthread_mutex_unlock", lock, [] { pthread_mutex_unlock(&props().mutex); }},
    {"pthread_mutex_trylock", lock, [] { sink = pthread_mutex_trylock(&props().mutex); }},
    {"pthread_mutex_unlock", lock, [] { pthread_mutex_unlock(&props().mutex); }},
    {"pthread_mutex_timedlock", lock, [] { sink = pthread_mutex_timedlock(&props().mutex, &props().past); }},
    {"pthread_mutex_unlock", lock, [] { pthread_mutex_unlock(&props().mutex); }},
    {"pthread_mutex_clocklock", lock,
     [] { sink = pthread_mutex_clocklock(&props().mutex, CLOCK_MONOTONIC, &props().past); }},
    {"pthread_mutex_unlock", lock, [] { pthread_mutex_unlock(&props().mutex); }},
    {"pthread_rwlock_rdlock", lock, [] { pthread_rwlock_rdlock(&props().rwlock); }},
    {"pthread_rwlock_unlock", lock, [] { pthread_rwlock_unlock(&props().rwlock); }},
    {"pthread_rwlock_tryrdlock", lock, [] { sink = pthread_rwlock_tryrdlock(&props().rwlock); }},
    {"pthread_rwlock_unlock", lock, [] { pthread_rwlock_unlock(&props().rwlock); }},
    {"pthread_rwlock_wrlock", lock, [] { pthread_rwlock_wrlock(&props().rwlock); }},
    {"pthread_rwlock_unlock", lock, [] { pthread_rwlock_unlock(&props().rwlock); }},
    {"pthread_rwlock_trywrlock", lock, [] { sink = pthread_rwlock_trywrlock(&props().rwlock); }},
    {"pthread_rwlock_unlock", lock, [] { pthread_rwlock_unlock(&props().rwlock); }},
    {"pthread_spin_lock", lock, [] { pthread_spin_lock(&props().spin); }},
    {"pthread_spin_unlock", lock, [] { pthread_spin_unlock(&props().spin); }},
    {"pthread_spin_trylock", lock, [] { sink = pthread_spin_trylock(&props().spin); }},
    {"pthread_spin_unlock", lock, [] { pthread_spin_unlock(&props().spin); }},
    {"a static variable's first use", lock, [] { sink = usedOnce(3); }},

    {"syscall", wait, // a futex, as std::atomic waits
     [] { sink = syscall(SYS_futex, &props().word, FUTEX_WAIT_PRIVATE, 1, nullptr, nullptr, 0); }},
    {"pthread_cond_timedwait", wait,
     []
     {
         waitOnCondition([](auto* condition, auto* mutex)
                         { return pthread_cond_timedwait(condition, mutex, &props().past); });
     }},
    {"pthread_cond_clockwait", wait,
     []
     {
         waitOnCondition(
             [](auto* condition, auto* mutex)
             { return pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, &props().past); });
     }},
    {"pthread_barrier_wait", wait, [] { pthread_barrier_wait(&props().barrier); }},
    {"sem_wait", wait, [] { sem_wait(&props().semaphore); }},
    {"sem_trywait", wait, [] { sink = sem_trywait(&props().semaphore); }},
    {"sem_timedwait", wait, [] { sink = sem_timedwait(&props().semaphore, &props().past); }},
    {"sem_post", wake, [] { sem_post(&props().semaphore); }},
    {"pthread_cond_signal", wake, [] { pthread_cond_signal(&props().condition); }},
    {"pthread_cond_broadcast", wake, [] { pthread_cond_broadcast(&props().condition); }},
    {"pthread_join", wait, [] { std::thread([] {}).join(); }},

    {"nanosleep", sleep, [] { nanosleep(&props().past, nullptr); }},
    {"clock_nanosleep", sleep, [] { sink = clock_nanosleep(CLOCK_MONOTONIC, 0, &props().past, nullptr); }},
    {"usleep", sleep, [] { usleep(0); }},
    {"sleep", sleep, [] { sink = ::sleep(0); }},
    {"sched_yield", sleep, [] { sched_yield(); }},

    {"open", systemCall, [] { sink = open("/dev/null", O_RDONLY); }},
    {"close", systemCall, [] { close(static_cast<int>(sink)); }},
    {"openat", systemCall, [] { sink = openat(AT_FDCWD, "/dev/null", O_RDONLY); }},
    {"read", systemCall, [] { sink = read(props().null, &props().byte, 1); }},
    {"write", systemCall, [] { sink = write(props().null, &props().byte, 1); }},
    {"pread", systemCall, [] { sink = pread(props().null, &props().byte, 1, 0); }},
    {"pwrite", systemCall, [] { sink = pwrite(props().null, &props().byte, 1, 0); }},
    {"readv", systemCall, [] { sink = readv(props().null, nullptr, 0); }},
    {"writev", systemCall, [] { sink = writev(props().null, nullptr, 0); }},
    {"lseek", systemCall, [] { sink = lseek(props().null, 0, SEEK_SET); }},
    {"fsync", systemCall, [] { sink = fsync(props().null); }},
    {"fcntl", systemCall, [] { sink = fcntl(props().null, F_GETFD); }},
    {"stat", systemCall,
     []
     {
         struct stat status
         {
         };
         sink = stat("/", &status);
     }},
    {"fstat", systemCall,
     []
     {
         struct stat status
         {
         };
         sink = fstat(props().null, &status);
     }},
    {"access", systemCall, [] { sink = access("/", R_OK); }},
    {"unlink", systemCall, [] { sink = unlink("/no/such/file"); }},
    {"rename", systemCall, [] { sink = rename("/no/such/file", "/no/such/place"); }},
    {"fopen", systemCall, [] { memorySink = fopen("/dev/null", "r"); }},
    {"fclose", systemCall, [] { fclose(static_cast<FILE*>(memorySink)); }},
    {"fread", systemCall, [] { sink = static_cast<long>(fread(&props().byte, 1, 1, props().stream)); }},
    {"fwrite", systemCall, [] { sink = static_cast<long>(fwrite(&props().byte, 1, 1, props().stream)); }},
    {"fputs", systemCall, [] { fputs(words, props().stream); }},
    {"vfprintf", systemCall, [] { fprintf(props().stream, "%ld", sink); }},
    {"fflush", systemCall, [] { fflush(props().stream); }},

    {"send", systemCall, [] { sink = send(props().sockets[0], &props().byte, 1, 0); }},
    {"recv", systemCall, [] { sink = recv(props().sockets[1], &props().byte, 1, 0); }},
    {"sendto", systemCall, [] { sink = sendto(props().sockets[0], &props().byte, 1, 0, nullptr, 0); }},
    {"recvfrom", systemCall,
     [] { sink = recvfrom(props().sockets[1], &props().byte, 1, 0, nullptr, nullptr); }},
    {"sendmsg", systemCall,
     []
     {
         const msghdr message{};
         sink = sendmsg(props().sockets[0], &message, 0);
     }},
    {"recvmsg", systemCall,
     []
     {
         msghdr message{};
         sink = recvmsg(props().sockets[1], &message, MSG_DONTWAIT);
     }},
    {"socket", systemCall, [] { sink = socket(AF_UNIX, SOCK_STREAM, 0); }},
    {"connect", systemCall,
     []
     {
         const sockaddr nowhere{};
         sink = connect(-1, &nowhere, sizeof nowhere);
     }},
    {"poll", systemCall, [] { sink = poll(nullptr, 0, 0); }},
    {"ppoll", systemCall, [] { sink = ppoll(nullptr, 0, &props().past, nullptr); }},
    {"select", systemCall,
     []
     {
         timeval none{};
         sink = select(0, nullptr, nullptr, nullptr, &none);
     }},
    {"pselect", systemCall, [] { sink = pselect(0, nullptr, nullptr, nullptr, &props().past, nullptr); }},
    {"epoll_wait", systemCall,
     []
     {
         epoll_event event{};
         sink = epoll_wait(props().events, &event, 1, 0);
     }},
    {"eventfd", systemCall, [] { sink = eventfd(0, 0); }},
    {"pipe", systemCall,
     []
     {
         std::array<int, 2> ends{};
         sink = pipe(ends.data());
     }},

    {"mmap", systemCall,
     [] { memorySink = mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }},
    {"madvise", systemCall, [] { sink = madvise(memorySink, 4096, MADV_NORMAL); }},
    {"mprotect", systemCall, [] { sink = mprotect(memorySink, 4096, PROT_READ | PROT_WRITE); }},
    {"munmap", systemCall, [] { munmap(memorySink, 4096); }},
    {"dlopen", systemCall, [] { memorySink = dlopen("libm.so.6", RTLD_NOW); }},
    {"dlclose", systemCall, [] { dlclose(memorySink); }},
    {"pthread_create", systemCall,
     []
     {
         pthread_t thread{};
         sink = pthread_create(
             &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
         pthread_join(thread, nullptr);
     }},
    {"syscall", systemCall, [] { sink = syscall(SYS_getppid); }},

    {"throw", exception,
     []
     {
         try
         {
             throw std::runtime_error("thrown to be seen");
         }
         catch (const std::runtime_error&)
         {
         }
     }},
};

// The positive control of R1 to R3: each kind of call is seen, and reported by its name.
TEST(RealtimeGuardCalls, EachForbiddenCallIsSeenR1)
{
    if (!RealtimeGuard::isAvailable())
        GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
    props();
    std::size_t seen = 0;
    for (const auto& call : forbiddenCalls)
    {
        RealtimeGuard guard;
        call.make();
        const auto report = guard.report();
        EXPECT_GE(report[call.kind], 1u) << call.name << " was not seen: " << report.text();
        // A thread is made before it can be joined, a mutex locked before its condition is waited for.
        const bool isAfterAnother = call.kind == wait && report[systemCall] + report[lock] > 0;
        if (!isAfterAnother && call.kind != exception)
        {
            EXPECT_EQ(report.firstCall, call.name);
        }
        seen += report[call.kind] >= 1 ? 1u : 0u;
    }
    std::cout << seen << " of " << std::size(forbiddenCalls) << " forbidden calls seen\n";
}

// The catch-all behind the guard sees a thread that blocks by a call no function of ours stands before.
TEST(RealtimeGuardCalls, BlockingIsSeenEvenWhereNoCallIsR3)
{
    const auto before = RealtimeGuard::timesBlocked();
    const timespec moment{0, 20'000'000};
    sigset_t none;
    sigemptyset(&none);
    sigtimedwait(&none, nullptr, &moment);
    EXPECT_GE(RealtimeGuard::timesBlocked() - before, 1);
}

} // namespace
} // namespace tonewright::test
