#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace tonewright
{

/// Writes settings and keys on a thread of its own, one change after the other: another process may hold
/// their lock, and a disk takes its time. How a change went comes through dispatch(), which its owner calls
/// from a timer while isUnderWay(). The thread starts at the first change.
class SettingsWriter
{
public:
    /// [worker] One change; ends when cancelled. Must capture values only: it outlives the call.
    using Change = std::function<Result<Done>(const Cancellation&)>;
    using Handler = std::function<void(const Result<Done>&)>; ///< [message]

    /// [setup] Starts nothing. `lastPatience` is what the destructor gives to changes not written yet.
    explicit SettingsWriter(std::chrono::milliseconds lastPatience = std::chrono::milliseconds(200));

    /// [message] Lets the thread write what is queued, as long as `lastPatience`; then cancels and joins it.
    /// What is lost then is named in the log. Handlers are not called any more.
    ~SettingsWriter();

    SettingsWriter(const SettingsWriter&) = delete;
    SettingsWriter& operator=(const SettingsWriter&) = delete;

    /// [message] Queues a change and returns at once.
    void write(Change change, Handler whenDone);

    /// [message] Whether a handler is still to be called.
    bool isUnderWay() const { return awaited > 0; }

    /// [message] Tells how the changes went that were made since the last call.
    void dispatch();

private:
    struct Task
    {
        Change change;
        Handler whenDone;
        Result<Done> result; // the error to report until the change has been made
    };

    void work() noexcept;
    static void make(Task& task, const Cancellation& cancellation) noexcept;

    const std::chrono::milliseconds lastPatience;
    std::size_t awaited = 0; // the message thread's
    Cancellation cancellation;

    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    std::condition_variable idle;
    // Tasks move from one list to the other without allocating: running out of memory loses no handler.
    std::list<Task> waiting; // the first is under way
    std::list<Task> ended;
    bool isStopping = false;
    std::thread worker;
};

} // namespace tonewright
