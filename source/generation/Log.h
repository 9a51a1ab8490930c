#pragma once

#include "messaging/Message.h"

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

/// The generation log: `tonewright.log` in the state directory, at most 3 files of 1 MiB, written by a thread
/// of its own. Every line has time, thread, level and request. Never a key, a prompt or an answer's text.
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

    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// [any] Queues a line; the oldest waiting line gives way when 1024 wait. Control characters and what
    /// looks like a key are taken out. `request` 0: about no request.
    void write(LogLevel level, RequestId request, std::string_view text) noexcept;

private:
    Log();
    struct Shared;
    static Shared& shared();
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
