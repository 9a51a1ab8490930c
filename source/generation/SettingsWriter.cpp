#include "generation/SettingsWriter.h"

#include "generation/Log.h"
#include "realtime/WorkerThread.h"

#include <system_error>
#include <utility>

namespace tonewright
{
namespace
{
Error internalError()
{
    return Error{"Something went wrong inside Tonewright while saving; please try again."};
}
} // namespace

SettingsWriter::SettingsWriter(std::chrono::milliseconds patienceAtTheEnd) : lastPatience(patienceAtTheEnd)
{
}

SettingsWriter::~SettingsWriter()
{
    {
        std::unique_lock lock(mutex);
        isStopping = true;
        changed.notify_all();
        idle.wait_for(lock, lastPatience, [this] { return waiting.empty(); });
    }
    cancellation.cancel();
    if (worker.joinable())
        worker.join();
}

void SettingsWriter::write(Change change, Handler whenDone)
{
    assertThreadRole(ThreadRole::message);
    std::list<Task> task;
    task.push_back({std::move(change), std::move(whenDone), internalError()});
    ++awaited;
    const std::lock_guard lock(mutex);
    try
    {
        if (!worker.joinable())
            worker = std::thread([this] { work(); });
    }
    catch (const std::system_error&)
    {
        ended.splice(ended.end(), task);
        return;
    }
    waiting.splice(waiting.end(), task);
    changed.notify_all();
}

void SettingsWriter::dispatch()
{
    assertThreadRole(ThreadRole::message);
    std::list<Task> arrived;
    {
        const std::lock_guard lock(mutex);
        arrived.swap(ended);
    }
    awaited -= arrived.size();
    for (const auto& task : arrived)
        if (task.whenDone)
            task.whenDone(task.result);
}

void SettingsWriter::work() noexcept
{
    const ScopedWorkerThread thread("tw-settings");
    std::unique_lock lock(mutex);
    for (;;)
    {
        changed.wait(lock, [this] { return isStopping || !waiting.empty(); });
        if (waiting.empty())
            return;
        auto& task = waiting.front(); // others are added behind it meanwhile
        lock.unlock();
        make(task, cancellation);
        lock.lock();
        ended.splice(ended.end(), waiting, waiting.begin());
        if (waiting.empty())
            idle.notify_all();
    }
}

void SettingsWriter::make(Task& task, const Cancellation& cancellation) noexcept
{
    try
    {
        task.result = task.change(cancellation);
        if (!task.result && cancellation.isCancelled())
            Log::acquire()->write(LogLevel::warning, 0,
                                  "settings or a key could not be saved before the end and are lost");
    }
    catch (...)
    {
        // The result still says that something went wrong: memory for another sentence may be what is
        // missing.
    }
}

} // namespace tonewright
