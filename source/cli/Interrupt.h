#pragma once

namespace tonewright::cli
{

/// [setup] From now on the first Ctrl-C (or SIGTERM) only sets a flag, so that work ends cleanly and nothing
/// half-done stays behind; a second one ends the program at once.
void watchForInterrupts();

/// [any] Whether the user wants to stop.
bool isInterrupted();

} // namespace tonewright::cli
