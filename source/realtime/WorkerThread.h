#pragma once

#include "realtime/Threads.h"

namespace tonewright
{

/// Makes the calling thread one of ours while it lives: of role worker, named, and deaf to signals, because
/// the host's signals are the host's. The mask is inherited by the threads libcurl starts, and a broken
/// connection cannot raise SIGPIPE there. Faults (SIGSEGV and the like) stay.
class ScopedWorkerThread
{
public:
    /// [worker] First thing at the thread's root. `name`: at most 15 characters.
    explicit ScopedWorkerThread(const char* name) noexcept;

private:
    ScopedThreadRole role{ThreadRole::worker};
};

} // namespace tonewright
