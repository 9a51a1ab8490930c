#include "generation/Workers.h"

#include "generation/Log.h"
#include "generation/ThrownException.h"
#include "realtime/WorkerThread.h"

#include <string>
#include <system_error>

namespace tonewright
{

bool Workers::startUpTo(std::size_t count)
{
    try
    {
        while (threads.size() < count)
            threads.emplace_back([this, number = threads.size() + 1] { run(number); });
    }
    catch (const std::system_error&)
    {
        return !threads.empty();
    }
    return true;
}

void Workers::join()
{
    for (auto& thread : threads)
        if (thread.joinable())
            thread.join();
}

void Workers::run(std::size_t number) noexcept
{
    const ScopedWorkerThread thread(("tw-generate-" + std::to_string(number)).c_str());
    try
    {
        prepareStackTraces();
        const auto log = Log::acquire(); // kept open while there are workers
        while (const auto id = queue.take())
        {
            try
            {
                workOn(*id);
            }
            catch (...) // out of memory even for an error message: the worker stays for the others
            {
            }
            queue.release();
        }
    }
    catch (...) // out of memory even for the log; the host must live on
    {
    }
}

} // namespace tonewright
