#pragma once

#include "messaging/Message.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace tonewright
{

enum class LogLevel
{
    info,
    warning,
    error
};

/// Lines given to the process's logs so far.
struct LogCounts
{
    std::uint64_t written = 0;
    std::uint64_t lost = 0; ///< gave way to later ones while the file was slow, or had no file to go to
};

/// The generation log: `tonewright.log` in the state directory, at most 3 files of 1 MiB, written by a thread
/// of its own. Never a key, a prompt or an answer's text. Every line has time, level, thread and request:
///
///     2026-11-22T21:04:05.678+01:00 info [tw-generate-1] request 7: taken up after 85 us, ...
///
/// Lives while somebody holds it: the last holder's release writes what waits and joins the thread. Where the
/// file cannot be written it swallows everything; nothing here throws.
class Log
{
public:
    /// [worker] The process's log; opened when nobody holds it yet.
    static std::shared_ptr<Log> acquire();

    /// [any] The process's log if somebody holds it, else null: opens nothing.
    static std::shared_ptr<Log> present();

    /// [any] Of all logs of this process together.
    static LogCounts counts();

    /// [any] Where the newest lines are; the two files before it are `tonewright.1.log` and `.2.log`.
    static std::filesystem::path file();

    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// [any] Queues a line; the oldest waiting line gives way when 1024 wait. Control characters and what
    /// looks like a key are taken out. `request` 0: about no request ("request -").
    void write(LogLevel level, RequestId request, std::string_view text) noexcept;

private:
    Log();
    struct Shared;
    static Shared& shared();
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
