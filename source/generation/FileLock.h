#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <chrono>
#include <filesystem>
#include <utility>

namespace tonewright
{

/// Keeps every other holder out, in this process and in others, while a file is read, changed and written
/// back; two plugins that save at the same moment must not lose each other's entry. Given back by the
/// destructor, and by the kernel when the process dies.
class FileLock
{
public:
    /// [worker] Locks `path`, a file that exists for this alone: created with mode 0600 and left where it is,
    /// since deleting it would let two holders lock two files. Waits while another holds it; after `patience`
    /// or a cancel the error says to try again. Holders need milliseconds, many of them on a busy machine
    /// some seconds together, and one that is stopped as long as it likes.
    static Result<FileLock> acquire(const std::filesystem::path& path, const Cancellation& cancellation = {},
                                    std::chrono::milliseconds patience = std::chrono::seconds(10));

    FileLock(FileLock&& other) noexcept : descriptor(std::exchange(other.descriptor, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int fileDescriptor) : descriptor(fileDescriptor) {}
    int descriptor;
};

} // namespace tonewright
