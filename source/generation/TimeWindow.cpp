#include "generation/TimeWindow.h"

#include <algorithm>

namespace tonewright
{

void TimeWindow::add(std::chrono::steady_clock::duration duration)
{
    microseconds[count++ % capacity] =
        std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

TimeSummary TimeWindow::summary() const
{
    if (count == 0)
        return {};
    auto sorted = microseconds;
    const auto held = static_cast<std::size_t>(std::min<std::uint64_t>(count, capacity));
    std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(held));
    // Nearest rank: the smallest value that at least the share of all is not above.
    const auto at = [&](std::size_t percent)
    { return std::chrono::microseconds(sorted[(held * percent + 99) / 100 - 1]); };
    return {count, std::chrono::microseconds(microseconds[(count - 1) % capacity]), at(50), at(99), at(100)};
}

} // namespace tonewright
