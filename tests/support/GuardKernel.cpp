// The C library's headers hold some of these functions inline, which clang takes for their definitions.
#ifndef __NO_INLINE__
#define __NO_INLINE__ 1 // NOLINT(bugprone-reserved-identifier)
#endif

#include "support/GuardInterposition.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
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
#include <cstdarg>
#include <cstdio>

// The kernel: files, sockets, memory maps, threads, libraries, and syscall() itself.

#if TONEWRIGHT_GUARD_AVAILABLE

using tonewright::test::GuardAccess;
using tonewright::test::next;
using tonewright::test::Violation;

// ---- files

TONEWRIGHT_INTERPOSE(systemCall, ssize_t, read, (int file, void* bytes, std::size_t size),
                     (file, bytes, size))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, write, (int file, const void* bytes, std::size_t size),
                     (file, bytes, size))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, pread, (int file, void* bytes, std::size_t size, off_t place),
                     (file, bytes, size, place))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, pwrite,
                     (int file, const void* bytes, std::size_t size, off_t place), (file, bytes, size, place))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, readv, (int file, const iovec* parts, int count),
                     (file, parts, count))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, writev, (int file, const iovec* parts, int count),
                     (file, parts, count))
TONEWRIGHT_INTERPOSE(systemCall, off_t, lseek, (int file, off_t place, int from) noexcept,
                     (file, place, from))
TONEWRIGHT_INTERPOSE(systemCall, int, close, (int file), (file))
TONEWRIGHT_INTERPOSE(systemCall, int, fsync, (int file), (file))
TONEWRIGHT_INTERPOSE(systemCall, int, stat, (const char* path, struct stat* status) noexcept, (path, status))
TONEWRIGHT_INTERPOSE(systemCall, int, fstat, (int file, struct stat* status) noexcept, (file, status))
TONEWRIGHT_INTERPOSE(systemCall, int, access, (const char* path, int mode) noexcept, (path, mode))
TONEWRIGHT_INTERPOSE(systemCall, int, unlink, (const char* path) noexcept, (path))
TONEWRIGHT_INTERPOSE(systemCall, int, rename, (const char* from, const char* to) noexcept, (from, to))

// ---- the C library's streams, which end in the same calls

TONEWRIGHT_INTERPOSE(systemCall, FILE*, fopen, (const char* path, const char* mode), (path, mode))
TONEWRIGHT_INTERPOSE(systemCall, int, fclose, (FILE * file), (file))
TONEWRIGHT_INTERPOSE(systemCall, std::size_t, fread,
                     (void* bytes, std::size_t size, std::size_t count, FILE* file),
                     (bytes, size, count, file))
TONEWRIGHT_INTERPOSE(systemCall, std::size_t, fwrite,
                     (const void* bytes, std::size_t size, std::size_t count, FILE* file),
                     (bytes, size, count, file))
TONEWRIGHT_INTERPOSE(systemCall, int, fputs, (const char* text, FILE* file), (text, file))
TONEWRIGHT_INTERPOSE(systemCall, int, fputc, (int character, FILE* file), (character, file))
TONEWRIGHT_INTERPOSE(systemCall, int, puts, (const char* text), (text))
TONEWRIGHT_INTERPOSE(systemCall, int, putchar, (int character), (character))
TONEWRIGHT_INTERPOSE(systemCall, int, fflush, (FILE * file), (file))
TONEWRIGHT_INTERPOSE(systemCall, int, vfprintf, (FILE * file, const char* format, std::va_list arguments),
                     (file, format, arguments))

TONEWRIGHT_EXPORTED int fprintf(FILE* file, const char* format, ...)
{
    std::va_list arguments;
    va_start(arguments, format);
    const int result = vfprintf(file, format, arguments);
    va_end(arguments);
    return result;
}

TONEWRIGHT_EXPORTED int printf(const char* format, ...)
{
    std::va_list arguments;
    va_start(arguments, format);
    const int result = vfprintf(stdout, format, arguments);
    va_end(arguments);
    return result;
}

// ---- sockets and waiting for them

TONEWRIGHT_INTERPOSE(systemCall, int, socket, (int domain, int type, int protocol) noexcept,
                     (domain, type, protocol))
TONEWRIGHT_INTERPOSE(systemCall, int, connect, (int socket, const sockaddr* address, socklen_t size),
                     (socket, address, size))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, send, (int socket, const void* bytes, std::size_t size, int flags),
                     (socket, bytes, size, flags))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, recv, (int socket, void* bytes, std::size_t size, int flags),
                     (socket, bytes, size, flags))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, sendto,
                     (int socket, const void* bytes, std::size_t size, int flags, const sockaddr* address,
                      socklen_t length),
                     (socket, bytes, size, flags, address, length))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, recvfrom,
                     (int socket, void* bytes, std::size_t size, int flags, sockaddr* address,
                      socklen_t* length),
                     (socket, bytes, size, flags, address, length))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, sendmsg, (int socket, const msghdr* message, int flags),
                     (socket, message, flags))
TONEWRIGHT_INTERPOSE(systemCall, ssize_t, recvmsg, (int socket, msghdr* message, int flags),
                     (socket, message, flags))
TONEWRIGHT_INTERPOSE(systemCall, int, poll, (pollfd * files, nfds_t count, int timeout),
                     (files, count, timeout))
TONEWRIGHT_INTERPOSE(systemCall, int, ppoll,
                     (pollfd * files, nfds_t count, const timespec* timeout, const sigset_t* signals),
                     (files, count, timeout, signals))
TONEWRIGHT_INTERPOSE(systemCall, int, select,
                     (int count, fd_set* in, fd_set* out, fd_set* error, timeval* timeout),
                     (count, in, out, error, timeout))
TONEWRIGHT_INTERPOSE(systemCall, int, pselect,
                     (int count, fd_set* in, fd_set* out, fd_set* error, const timespec* timeout,
                      const sigset_t* signals),
                     (count, in, out, error, timeout, signals))
TONEWRIGHT_INTERPOSE(systemCall, int, epoll_wait, (int file, epoll_event* events, int count, int timeout),
                     (file, events, count, timeout))
TONEWRIGHT_INTERPOSE(systemCall, int, eventfd, (unsigned count, int flags) noexcept, (count, flags))
TONEWRIGHT_INTERPOSE(systemCall, int, pipe, (int* ends) noexcept, (ends))

// ---- memory maps, libraries, threads, processes

TONEWRIGHT_INTERPOSE(systemCall, void*, mmap,
                     (void* place, std::size_t size, int protection, int flags, int file,
                      off_t offset) noexcept,
                     (place, size, protection, flags, file, offset))
TONEWRIGHT_INTERPOSE(systemCall, int, munmap, (void* place, std::size_t size) noexcept, (place, size))
TONEWRIGHT_INTERPOSE(systemCall, int, mprotect, (void* place, std::size_t size, int protection) noexcept,
                     (place, size, protection))
TONEWRIGHT_INTERPOSE(systemCall, int, madvise, (void* place, std::size_t size, int advice) noexcept,
                     (place, size, advice))
TONEWRIGHT_INTERPOSE(systemCall, int, mlock, (const void* place, std::size_t size) noexcept, (place, size))
TONEWRIGHT_INTERPOSE(systemCall, void*, dlopen, (const char* file, int mode) noexcept, (file, mode))
TONEWRIGHT_INTERPOSE(systemCall, int, dlclose, (void* library) noexcept, (library))
TONEWRIGHT_INTERPOSE(systemCall, int, pthread_create,
                     (pthread_t * thread, const pthread_attr_t* attributes, void* (*function)(void*),
                      void* argument) noexcept,
                     (thread, attributes, function, argument))
TONEWRIGHT_INTERPOSE(systemCall, pid_t, fork, () noexcept, ())

TONEWRIGHT_EXPORTED int open(const char* path, int flags, ...)
{
    static int (*known)(const char*, int, ...) = nullptr;
    std::va_list arguments;
    va_start(arguments, flags);
    const auto mode = va_arg(arguments, mode_t); // unused by the kernel unless flags say so
    va_end(arguments);
    GuardAccess::count(Violation::systemCall, "open");
    return next(known, "open")(path, flags, mode);
}

TONEWRIGHT_EXPORTED int openat(int folder, const char* path, int flags, ...)
{
    static int (*known)(int, const char*, int, ...) = nullptr;
    std::va_list arguments;
    va_start(arguments, flags);
    const auto mode = va_arg(arguments, mode_t);
    va_end(arguments);
    GuardAccess::count(Violation::systemCall, "openat");
    return next(known, "openat")(folder, path, flags, mode);
}

TONEWRIGHT_EXPORTED int fcntl(int file, int command, ...)
{
    static int (*known)(int, int, ...) = nullptr;
    std::va_list arguments;
    va_start(arguments, command);
    void* argument = va_arg(arguments, void*);
    va_end(arguments);
    GuardAccess::count(Violation::systemCall, "fcntl");
    return next(known, "fcntl")(file, command, argument);
}

TONEWRIGHT_EXPORTED int ioctl(int file, unsigned long request, ...) noexcept
{
    static int (*known)(int, unsigned long, ...) = nullptr;
    std::va_list arguments;
    va_start(arguments, request);
    void* argument = va_arg(arguments, void*);
    va_end(arguments);
    GuardAccess::count(Violation::systemCall, "ioctl");
    return next(known, "ioctl")(file, request, argument);
}

TONEWRIGHT_EXPORTED long syscall(long number, ...) noexcept
{
    static long (*known)(long, ...) = nullptr;
    std::va_list list;
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

#endif
