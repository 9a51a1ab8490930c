#include "support/ProcessHandles.h"

#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>

namespace tonewright::test
{
namespace
{
std::size_t entriesOf(const char* folder)
{
    using Folder = std::filesystem::directory_iterator;
    return static_cast<std::size_t>(std::distance(Folder(folder), Folder()));
}
} // namespace

ProcessHandles ProcessHandles::now()
{
    return {entriesOf("/proc/self/task"), entriesOf("/proc/self/fd")};
}

bool handlesFallTo(const ProcessHandles& allowed)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline)
    {
        const auto present = ProcessHandles::now();
        if (present.threads <= allowed.threads && present.files <= allowed.files)
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

} // namespace tonewright::test
