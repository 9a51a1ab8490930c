#pragma once

#include <cstddef>

namespace tonewright::test
{

/// What the kernel holds for this process.
struct ProcessHandles
{
    std::size_t threads = 0; ///< /proc/self/task
    std::size_t files = 0;   ///< /proc/self/fd: files, sockets, pipes

    static ProcessHandles now();
};

/// Waits until the process holds no more than `allowed`: threads that were joined, and sockets whose peer has
/// just closed them, may take the kernel a moment to forget. False after ten seconds.
bool handlesFallTo(const ProcessHandles& allowed);

} // namespace tonewright::test
