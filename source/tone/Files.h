#pragma once

#include "tone/Result.h"

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace tonewright
{

/// A file descriptor, closed at the end of its owner's life.
class FileDescriptor
{
public:
    explicit FileDescriptor(int opened) noexcept : file(opened) {}
    FileDescriptor(FileDescriptor&& other) noexcept : file(std::exchange(other.file, -1)) {}
    FileDescriptor& operator=(FileDescriptor&&) = delete;
    ~FileDescriptor() { close(); }

    int number() const noexcept { return file; } ///< -1: none
    bool close() noexcept;                       ///< false when what was written is lost

private:
    int file;
};

/// How a file is written.
struct WriteOptions
{
    unsigned permissions = 0666; ///< of the new file (octal, before the umask)
    /// Waits until the disk has it, so that a power cut leaves the old file or the new one. Without, it may
    /// leave a damaged one: for what is checked whenever it is read, and can be had again.
    bool isFlushed = true;
    std::stop_token stop = {}; ///< asked before every piece of 64 KiB; a stopped write leaves nothing
};

/// [worker, message for small files] Replaces or creates a file whole or not at all: writes beside it,
/// flushes, renames. The error names the path and the cause.
Result<Done> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes,
                                 const WriteOptions& options = {});

/// [worker, message for small files] Opens a regular file to read it. Nothing else is opened, not even for a
/// moment: a pipe would wait for its other end or wake it, and devices act when they are opened.
Result<FileDescriptor> openRegularFile(const std::filesystem::path& path);

/// [worker, message for small files] A regular file's bytes; an error when it is missing, unreadable, larger
/// than `maximumBytes`, or when `stop`, asked before every piece of 64 KiB, says so.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t maximumBytes,
                             const std::stop_token& stop = {});

/// [any] Where settings live: $TONEWRIGHT_CONFIG_DIR, else $XDG_CONFIG_HOME/tonewright, else
/// ~/.config/tonewright. Not created here.
std::filesystem::path configDirectory();

/// [any] Where logs live: $XDG_STATE_HOME/tonewright, else ~/.local/state/tonewright (with
/// TONEWRIGHT_CONFIG_DIR set: its subfolder `state`, so that one variable isolates everything).
std::filesystem::path stateDirectory();

} // namespace tonewright
