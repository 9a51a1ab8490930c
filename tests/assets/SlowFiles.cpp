#include "SlowFiles.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

namespace tonewright::test
{
namespace
{
std::mutex mutex; // guards the folder
std::string slowFolder;
std::atomic<int> pauseMilliseconds{0};
std::atomic<int> readCount{0};
std::atomic<int> writeCount{0};
std::atomic<int> flushCount{0};

bool isSlow(int file)
{
    if (pauseMilliseconds == 0)
        return false;
    std::array<char, 4096> path{};
    const auto link = "/proc/self/fd/" + std::to_string(file);
    if (::readlink(link.c_str(), path.data(), path.size() - 1) <= 0)
        return false;
    const std::lock_guard lock(mutex);
    return !slowFolder.empty() && std::string_view(path.data()).starts_with(slowFolder);
}

void count(int file, std::atomic<int>& calls)
{
    if (!isSlow(file))
        return;
    ++calls;
    std::this_thread::sleep_for(std::chrono::milliseconds(pauseMilliseconds));
}
} // namespace

SlowFiles::SlowFiles(const std::filesystem::path& folder, std::chrono::milliseconds pause)
{
    const std::lock_guard lock(mutex);
    slowFolder = folder.string() + "/";
    for (auto* calls : {&readCount, &writeCount, &flushCount})
        *calls = 0;
    pauseMilliseconds = static_cast<int>(pause.count());
}

SlowFiles::~SlowFiles()
{
    pauseMilliseconds = 0;
}

int SlowFiles::reads()
{
    return readCount;
}

int SlowFiles::writes()
{
    return writeCount;
}

int SlowFiles::flushes()
{
    return flushCount;
}

} // namespace tonewright::test

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's names
extern "C"
{
    ssize_t __real_read(int file, void* bytes, std::size_t size);
    ssize_t __real_pread(int file, void* bytes, std::size_t size, off_t place);
    ssize_t __real_write(int file, const void* bytes, std::size_t size);
    int __real_fsync(int file);

    ssize_t __wrap_read(int file, void* bytes, std::size_t size);
    ssize_t __wrap_pread(int file, void* bytes, std::size_t size, off_t place);
    ssize_t __wrap_write(int file, const void* bytes, std::size_t size);
    int __wrap_fsync(int file);

    ssize_t __wrap_read(int file, void* bytes, std::size_t size)
    {
        tonewright::test::count(file, tonewright::test::readCount);
        return __real_read(file, bytes, size);
    }

    ssize_t __wrap_pread(int file, void* bytes, std::size_t size, off_t place)
    {
        tonewright::test::count(file, tonewright::test::readCount);
        return __real_pread(file, bytes, size, place);
    }

    ssize_t __wrap_write(int file, const void* bytes, std::size_t size)
    {
        tonewright::test::count(file, tonewright::test::writeCount);
        return __real_write(file, bytes, size);
    }

    int __wrap_fsync(int file)
    {
        tonewright::test::count(file, tonewright::test::flushCount);
        return __real_fsync(file);
    }
}
// NOLINTEND(bugprone-reserved-identifier)
