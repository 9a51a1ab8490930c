#pragma once

#include <string>

namespace tonewright
{

/// [worker] Prepares what stack traces need, so that taking one later loads no library.
void prepareStackTraces() noexcept;

/// [worker] Only inside a catch clause: the exception's type, its what(), and the frames that led to the
/// throw, in one line: "std::runtime_error: text; thrown at A < B < C".
///
/// A catch clause sees no more of them, so our own `throw`s remember theirs: the linker leads this module's
/// calls of __cxa_throw through a function that notes the stack first (--wrap; neither the host nor any other
/// plugin is touched). What a library threw was not seen; the line then says so and gives the frames of the
/// catch instead (where it lies in the memory of an earlier exception of ours of its type, it gets that one's
/// place).
std::string describeCurrentException();

} // namespace tonewright
