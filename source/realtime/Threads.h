#pragma once

/// The words for threads that every public function's comment uses, and debug checks that hold callers to
/// them.
///
/// [audio]    the host's real-time callback: a role, not one particular OS thread. Functions so tagged are
/// never
///            concurrent with each other for one object. They must not lock, allocate, free, log, throw, wait
///            or make a system call, nor run a destructor that could.
/// [message]  the thread that runs the user interface and dispatches messages (JUCE's message thread; the
/// main thread in
///            the command line and in tests). Short work only: no network, no waiting for a worker.
/// [worker]   a thread of ours that may block and allocate and is joined by its owner.
/// [any]      callable from every thread but audio, at any time, concurrently with everything else.
/// [any+audio] like [any], and real-time safe as well.
/// [setup]    callable from every thread but audio while no [audio] function of the same object runs.

/// Marks a function that RealtimeSanitizer (clang 20 and later, -fsanitize=realtime) shall watch. Empty
/// elsewhere. Place it after noexcept: `void process() noexcept TONEWRIGHT_NONBLOCKING;`
#if defined(__clang__) && defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::nonblocking)
#define TONEWRIGHT_NONBLOCKING [[clang::nonblocking]]
#endif
#endif
#ifndef TONEWRIGHT_NONBLOCKING
#define TONEWRIGHT_NONBLOCKING
#endif

namespace tonewright
{

/// The role a thread plays at the moment. A thread that never said so is `unknown`, which every check lets
/// pass: hosts call from threads of their own.
enum class ThreadRole
{
    unknown,
    audio,
    message,
    worker
};

/// [any+audio] The role of the calling thread. Wait-free, no allocation.
ThreadRole currentThreadRole() noexcept;

/// Gives the calling thread a role for as long as this object lives; nests. [any+audio], wait-free, no
/// allocation.
class ScopedThreadRole
{
public:
    explicit ScopedThreadRole(ThreadRole role) noexcept;
    ~ScopedThreadRole();
    ScopedThreadRole(const ScopedThreadRole&) = delete;
    ScopedThreadRole& operator=(const ScopedThreadRole&) = delete;

private:
    ThreadRole previous;
};

/// Debug builds: abort with a message when the calling thread is known to play another role. Release builds:
/// nothing.
#ifdef NDEBUG
inline void assertThreadRole(ThreadRole) noexcept
{
}
inline void assertNotAudioThread() noexcept
{
}
#else
void assertThreadRole(ThreadRole expected) noexcept;
void assertNotAudioThread() noexcept;
#endif

} // namespace tonewright
