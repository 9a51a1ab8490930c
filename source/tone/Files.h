#pragma once

#include "tone/Result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace tonewright
{

/// [worker, message for small files] Replaces or creates a file whole or not at all: writes beside it,
/// fsyncs, renames. `permissions` are those of the new file (octal, before the umask). The error names the
/// path and the cause.
Result<Done> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes,
                                 unsigned permissions = 0666);

/// [worker, message for small files] A regular file's bytes; an error when it is missing, unreadable or
/// larger than `maximumBytes`.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t maximumBytes);

/// [any] Where settings live: $TONEWRIGHT_CONFIG_DIR, else $XDG_CONFIG_HOME/tonewright, else
/// ~/.config/tonewright. Not created here.
std::filesystem::path configDirectory();

/// [any] Where logs live: $XDG_STATE_HOME/tonewright, else ~/.local/state/tonewright (with
/// TONEWRIGHT_CONFIG_DIR set: its subfolder `state`, so that one variable isolates everything).
std::filesystem::path stateDirectory();

} // namespace tonewright
