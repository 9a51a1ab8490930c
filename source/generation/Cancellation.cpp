#include "generation/Cancellation.h"

namespace tonewright
{

void Cancellation::cancel()
{
    const std::lock_guard lock(mutex);
    if (flag.exchange(true, std::memory_order_acq_rel))
        return;
    for (const auto& [key, wakeUp] : wakeUps)
        wakeUp();
    changed.notify_all();
}

bool Cancellation::waitFor(std::chrono::milliseconds duration) const
{
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, duration, [this] { return isCancelled(); });
}

Cancellation::WakeUp::WakeUp(const Cancellation& cancellation, std::function<void()> wakeUp)
    : owner(cancellation)
{
    const std::lock_guard lock(owner.mutex);
    key = owner.nextKey++;
    if (owner.isCancelled())
        wakeUp();
    owner.wakeUps.emplace(key, std::move(wakeUp));
}

Cancellation::WakeUp::~WakeUp()
{
    const std::lock_guard lock(owner.mutex);
    owner.wakeUps.erase(key);
}

} // namespace tonewright
