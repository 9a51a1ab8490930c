#pragma once

#include "support/RealtimeGuard.h"

#include <dlfcn.h>

/// How the guard's functions take the C library's place: only for the files beside this one.

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

/// [any+audio] Counts a call on the guard of the calling thread, if it has one.
struct GuardAccess
{
    static void count(Violation kind, const char* function) noexcept;
};

/// The C library's own function behind ours, looked up at the first call.
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

} // namespace tonewright::test

#define TONEWRIGHT_EXPORTED extern "C" __attribute__((visibility("default")))

/// Defines `result name(parameters)` that counts a violation and passes on to the C library.
#define TONEWRIGHT_INTERPOSE(kind, result, name, parameters, arguments)                                      \
    TONEWRIGHT_EXPORTED result name parameters                                                               \
    {                                                                                                        \
        static result(*known) parameters = nullptr;                                                          \
        tonewright::test::GuardAccess::count(tonewright::test::Violation::kind, #name);                      \
        return tonewright::test::next(known, #name) arguments;                                               \
    }
/// The same for functions of which the C library keeps an older version under the same name.
#define TONEWRIGHT_INTERPOSE_VERSION(kind, result, name, version, parameters, arguments)                     \
    TONEWRIGHT_EXPORTED result name parameters                                                               \
    {                                                                                                        \
        static result(*known) parameters = nullptr;                                                          \
        tonewright::test::GuardAccess::count(tonewright::test::Violation::kind, #name);                      \
        return tonewright::test::next(known, #name, version) arguments;                                      \
    }
