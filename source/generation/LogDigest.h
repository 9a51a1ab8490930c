#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace tonewright
{

/// What the log's newest file says, for people who look for a fault.
struct LogDigest
{
    std::filesystem::path file;
    bool exists = false;
    std::size_t lines = 0;
    std::size_t warnings = 0;
    std::size_t errors = 0;
    std::string lastProblem; ///< the last line that is a warning or an error, fit to show; may be empty
};

/// [worker, message for a command line] Reads at most 2 MiB. A file that cannot be read looks like none.
LogDigest digestLog();

} // namespace tonewright
