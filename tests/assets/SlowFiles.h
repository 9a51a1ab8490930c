#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace tonewright::test
{

/// While it lives, every read, write and flush of a file below a folder takes its time, as on a network that
/// hangs. One at a time. The linker leads these calls here (`--wrap`), so that sanitizers stay in place.
class SlowFiles
{
public:
    SlowFiles(const std::filesystem::path& folder, std::chrono::milliseconds pause);
    ~SlowFiles();
    SlowFiles(const SlowFiles&) = delete;
    SlowFiles& operator=(const SlowFiles&) = delete;

    /// Calls so far, those under way included.
    static int reads();
    static int writes();
    static int flushes();
};

} // namespace tonewright::test
