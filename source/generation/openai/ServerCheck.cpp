#include "generation/openai/ServerCheck.h"

#include "generation/Log.h"
#include "realtime/WorkerThread.h"

#include <exception>
#include <system_error>
#include <utility>

namespace tonewright
{
namespace
{
GenerationError internalError(std::string detail)
{
    return {GenerationErrorKind::internal,
            "Something went wrong inside Tonewright while asking the server; please try again.",
            std::move(detail)};
}
} // namespace

ServerCheck::ServerCheck(std::unique_ptr<HttpTransport> transport) : client(std::move(transport))
{
}

ServerCheck::~ServerCheck()
{
    cancel();
    {
        const std::lock_guard lock(mutex);
        isStopping = true;
    }
    changed.notify_all();
    if (worker.joinable())
        worker.join();
}

void ServerCheck::start(ServerQuestion server, AnswerHandler whenDone, std::chrono::milliseconds timeout)
{
    assertThreadRole(ThreadRole::message);
    cancel();
    handler = std::move(whenDone);
    const std::lock_guard lock(mutex);
    wanted = ++lastNumber;
    present = std::make_shared<Cancellation>();
    next = Task{wanted, std::move(server), timeout, present};
    try
    {
        if (!worker.joinable())
            worker = std::thread([this] { work(); });
    }
    catch (const std::system_error&)
    {
        next.reset();
        answer = internalError("no thread could be started");
    }
    changed.notify_all();
}

void ServerCheck::cancel()
{
    handler = nullptr;
    std::shared_ptr<Cancellation> cancelled;
    {
        const std::lock_guard lock(mutex);
        wanted = 0;
        next.reset();
        answer.reset();
        cancelled = std::exchange(present, nullptr);
    }
    if (cancelled)
        cancelled->cancel();
}

void ServerCheck::dispatch()
{
    assertThreadRole(ThreadRole::message);
    std::optional<Answer> arrived;
    {
        const std::lock_guard lock(mutex);
        arrived.swap(answer);
    }
    if (!arrived)
        return;
    const auto receiver = std::exchange(handler, nullptr);
    if (receiver)
        receiver(*arrived);
}

void ServerCheck::work() noexcept
{
    const ScopedWorkerThread thread("tw-servercheck");
    try
    {
        answerTasks();
    }
    catch (...)
    {
        return; // out of memory even for an error message; the host must live on
    }
}

void ServerCheck::answerTasks()
{
    for (;;)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return isStopping || next; });
        if (isStopping)
            return;
        const auto task = std::exchange(next, std::nullopt);
        lock.unlock();
        auto found = ask(*task);
        lock.lock();
        if (wanted == task->number)
            answer = std::move(found);
    }
}

ServerCheck::Answer ServerCheck::ask(const Task& task)
{
    try
    {
        auto server = task.server();
        (void)fetchKey(server, *task.cancellation);
        return client.check(server, task.timeout, *task.cancellation);
    }
    catch (const std::exception& exception)
    {
        Log::acquire()->write(LogLevel::error, 0,
                              std::string("server check: exception: ") + exception.what());
        return internalError("an exception");
    }
    catch (...)
    {
        return internalError("an exception of no known kind");
    }
}

} // namespace tonewright
