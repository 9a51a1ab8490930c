#include "realtime/WorkerThread.h"

#include <pthread.h>
#include <signal.h>

#include <initializer_list>

namespace tonewright
{

ScopedWorkerThread::ScopedWorkerThread(const char* name) noexcept
{
    sigset_t signals;
    sigfillset(&signals);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP})
        sigdelset(&signals, fault);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::pthread_setname_np(::pthread_self(), name);
}

} // namespace tonewright
