#include "support/RealtimeGuard.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace tonewright::test
{
namespace
{
/// Keeps the optimiser from seeing that memory is never used.
void* volatile escape = nullptr;

class RealtimeGuardTest : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!RealtimeGuard::isAvailable())
            GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
    }

    template <typename Function>
    GuardReport watch(Function&& function)
    {
        RealtimeGuard guard;
        function();
        return guard.report();
    }
};

TEST_F(RealtimeGuardTest, SaysNothingAboutPureArithmetic)
{
    volatile double sum = 0;
    const auto report = watch(
        [&]
        {
            for (int n = 1; n < 1000; ++n)
                sum = sum + 1.0 / n;
        });
    EXPECT_EQ(report.total(), 0u) << report.text();
}

TEST_F(RealtimeGuardTest, SeesEveryAllocation)
{
    const auto report = watch(
        []
        {
            escape = malloc(10);
            escape = calloc(2, 5);
            escape = realloc(nullptr, 10);
            escape = aligned_alloc(64, 64);
            void* aligned = nullptr;
            static_cast<void>(posix_memalign(&aligned, 64, 64));
            escape = aligned;
            escape = new int(1);
            escape = new std::vector<double>(10);
        });
    EXPECT_EQ(report[Violation::allocate], 8u) << report.text(); // the vector and what is in it
    EXPECT_EQ(report.firstCall, "malloc");
    EXPECT_FALSE(report.firstTrace.empty());
}

TEST_F(RealtimeGuardTest, SeesEveryFree)
{
    escape = new int(1);
    int* const number =
        static_cast<int*>(escape); // through the back door, or the optimiser removes both ends
    escape = malloc(1);
    void* const block = escape;
    const auto report = watch(
        [&]
        {
            delete number;
            free(block);
            std::vector<double> numbers(10);
            escape = numbers.data();
        });
    EXPECT_EQ(report[Violation::release], 3u) << report.text();
}

TEST_F(RealtimeGuardTest, SeesLocks)
{
    std::mutex mutex;
    std::shared_mutex shared;
    const auto report = watch(
        [&]
        {
            const std::scoped_lock lock(mutex);
            const std::shared_lock reading(shared);
        });
    EXPECT_EQ(report[Violation::lock], 4u) << report.text();
    const auto tried = watch(
        [&]
        {
            if (mutex.try_lock())
                mutex.unlock();
        });
    EXPECT_EQ(tried[Violation::lock], 2u) << tried.text();
}

TEST_F(RealtimeGuardTest, SeesWaitsAndWakeUps)
{
    std::mutex mutex;
    std::condition_variable condition;
    std::unique_lock lock(mutex);
    const auto waited = watch([&] { condition.wait_for(lock, std::chrono::microseconds(1)); });
    EXPECT_GE(waited[Violation::wait], 1u) << waited.text();
    const auto woken = watch([&] { condition.notify_all(); });
    EXPECT_EQ(woken[Violation::wake], 1u) << woken.text();
    const auto thread = watch([] { std::thread([] {}).join(); });
    EXPECT_GE(thread[Violation::systemCall], 1u) << thread.text();
    EXPECT_GE(thread[Violation::wait], 1u) << thread.text();
}

TEST_F(RealtimeGuardTest, SeesSleep)
{
    const auto report = watch(
        []
        {
            std::this_thread::sleep_for(std::chrono::nanoseconds(1));
            std::this_thread::yield();
        });
    EXPECT_EQ(report[Violation::sleep], 2u) << report.text();
}

TEST_F(RealtimeGuardTest, SeesSystemCalls)
{
    const auto report = watch(
        []
        {
            const int file = open("/dev/null", O_RDWR);
            char byte = 0;
            static_cast<void>(!write(file, &byte, 1));
            static_cast<void>(!read(file, &byte, 1));
            close(file);
            pollfd none{};
            poll(&none, 0, 0);
            void* map = mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            munmap(map, 4096);
        });
    EXPECT_EQ(report[Violation::systemCall], 7u) << report.text();

    std::array<int, 2> ends{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    const auto sockets = watch(
        [&]
        {
            char byte = 0;
            send(ends[0], &byte, 1, 0);
            recv(ends[1], &byte, 1, 0);
        });
    EXPECT_EQ(sockets[Violation::systemCall], 2u) << sockets.text();
    close(ends[0]);
    close(ends[1]);
}

TEST_F(RealtimeGuardTest, SeesExceptions)
{
    const auto report = watch(
        []
        {
            try
            {
                throw std::runtime_error("thrown to be seen");
            }
            catch (const std::runtime_error&)
            {
            }
        });
    EXPECT_EQ(report[Violation::exception], 1u) << report.text();
}

TEST_F(RealtimeGuardTest, WatchesItsOwnThreadOnly)
{
    std::atomic<int> step{0};
    std::thread other(
        [&]
        {
            while (step.load() == 0)
            {
            }
            escape = new int(3);
            step.store(2);
        });
    RealtimeGuard guard;
    step.store(1);
    while (step.load() != 2)
    {
    }
    const auto report = guard.report();
    other.join();
    EXPECT_EQ(report.total(), 0u) << report.text();
}

} // namespace
} // namespace tonewright::test
