#include "generation/RequestQueue.h"

#include <algorithm>

namespace tonewright
{

void RequestQueue::push(RequestId id, RequestPriority priority, Time notBefore)
{
    {
        const std::lock_guard lock(mutex);
        if (notBefore == Time::min())
            due.emplace(priority, id);
        else
            delayed.emplace(notBefore, Rank(priority, id));
    }
    changed.notify_one();
}

std::optional<RequestId> RequestQueue::take()
{
    std::unique_lock lock(mutex);
    for (;;)
    {
        if (stopped)
            return std::nullopt;
        promoteDue(time.now());
        if (!due.empty() && takenCount < limit)
        {
            const auto first = due.begin();
            const RequestId id = first->second;
            due.erase(first);
            ++takenCount;
            // Whoever waits without a time limit has to learn of what is left: the one who knew leaves.
            if (!due.empty() || !delayed.empty())
                changed.notify_one();
            return id;
        }
        if (delayed.empty() || takenCount >= limit)
            changed.wait(lock);
        else
            time.waitUntil(changed, lock, delayed.begin()->first);
    }
}

void RequestQueue::release()
{
    {
        const std::lock_guard lock(mutex);
        --takenCount;
    }
    changed.notify_one();
}

bool RequestQueue::remove(RequestId id)
{
    const std::lock_guard lock(mutex);
    const auto isIt = [id](const Rank& rank) { return rank.second == id; };
    if (const auto found = std::find_if(due.begin(), due.end(), isIt); found != due.end())
    {
        due.erase(found);
        return true;
    }
    const auto found =
        std::find_if(delayed.begin(), delayed.end(), [&](const auto& entry) { return isIt(entry.second); });
    if (found == delayed.end())
        return false;
    delayed.erase(found);
    return true;
}

void RequestQueue::setLimit(std::size_t count)
{
    {
        const std::lock_guard lock(mutex);
        limit = std::max<std::size_t>(count, 1);
    }
    changed.notify_all();
}

void RequestQueue::stop()
{
    {
        const std::lock_guard lock(mutex);
        stopped = true;
    }
    changed.notify_all();
}

std::size_t RequestQueue::waiting() const
{
    const std::lock_guard lock(mutex);
    return due.size() + delayed.size();
}

std::size_t RequestQueue::taken() const
{
    const std::lock_guard lock(mutex);
    return takenCount;
}

void RequestQueue::promoteDue(Time now)
{
    while (!delayed.empty() && delayed.begin()->first <= now)
    {
        due.insert(delayed.begin()->second);
        delayed.erase(delayed.begin());
    }
}

} // namespace tonewright
