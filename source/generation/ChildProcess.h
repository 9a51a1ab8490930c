#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// [worker] Runs a program (looked for in PATH) with `input` (at most 4 KiB) on its stdin, and returns what
/// it writes to stdout (at most 64 KiB). The error says why there is nothing: it could not be started, it
/// took longer than `timeout`, or the wait was cancelled; the program is then killed.
///
/// Made for a host's process: nothing of it is inherited but the environment (without the library paths that
/// portable hosts set for themselves), and its handling of SIGCHLD may reap the child without harm. The exit
/// code is therefore not known.
Result<std::string> runProgram(const std::vector<std::string>& command, std::string_view input,
                               std::chrono::milliseconds timeout, const Cancellation& cancellation);

} // namespace tonewright
