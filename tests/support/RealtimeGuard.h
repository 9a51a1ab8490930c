#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tonewright::test
{

/// What the audio thread must not do.
enum class Violation
{
    allocate,   ///< malloc and relatives, operator new included
    release,    ///< free, operator delete included
    lock,       ///< mutexes, rwlocks, spin locks: lock, try, unlock; a static variable's first use
    wait,       ///< condition variables, futexes, semaphores, barriers, joins
    wake,       ///< signalling those: it may be a system call
    sleep,      ///< nanosleep and relatives, yielding
    systemCall, ///< files, sockets, memory maps, threads, dlopen, syscall()
    exception   ///< throw
};
inline constexpr std::size_t violationCount = 8;

/// What happened on a thread while it was guarded.
struct GuardReport
{
    std::array<std::uint64_t, violationCount> counts{};
    std::string
        firstCall; ///< the name of the first function that should not have been called; empty when none was
    std::string firstTrace; ///< who called it, one address a line, for addr2line

    std::uint64_t operator[](Violation kind) const { return counts[static_cast<std::size_t>(kind)]; }
    std::uint64_t total() const;
    std::string text() const;
};

/// Counts, on the calling thread and from construction to stop() or destruction, every call that has no place
/// in a real-time callback. Works by taking the place of the C library's functions: only programs that link
/// tonewright_realtime_guard have it. What libraries do inside the C library without passing one of those
/// functions is not seen; so watch how often the thread blocked as well (timesBlocked()).
class RealtimeGuard
{
public:
    RealtimeGuard();
    ~RealtimeGuard();
    RealtimeGuard(const RealtimeGuard&) = delete;
    RealtimeGuard& operator=(const RealtimeGuard&) = delete;

    /// Ends the watch. What is done afterwards (an assertion's text, say) is not counted.
    void stop() noexcept;

    /// Stops, and says what happened.
    GuardReport report();

    /// False under sanitizers, which put their own functions in those places; skip the test then.
    static bool isAvailable() noexcept;

    /// How often the calling thread gave up the processor by itself (voluntary context switches: blocked in
    /// the kernel for whatever reason), without the waits for a page that the system had to fetch from disk.
    static long timesBlocked() noexcept;

private:
    static constexpr int maximumFrames = 24;
    friend struct GuardAccess;

    std::array<std::uint64_t, violationCount> counts{};
    const char* firstCall = nullptr;
    std::array<void*, maximumFrames> frames{};
    int frameCount = 0;
    RealtimeGuard* outer;
};

} // namespace tonewright::test
