#pragma once

#include "generation/offline/Parser.h"
#include "generation/offline/ToneIntent.h"

namespace tonewright::offline
{

/// [any] Whether a prompt changes the tone at hand ("a bit less gain") or describes a new one ("warm jazz
/// clean"). What says nothing at all changes nothing, so it counts as a change. Only asked when there is a
/// tone at hand.
bool changesCurrent(const Reading& reading);

/// [any] What was read, as wishes for a tone. `tempo` in quarter notes a minute, 0 where unknown; a tempo in
/// the prompt counts more.
ToneIntent interpret(const Reading& reading, bool isEdit, double tempo);

} // namespace tonewright::offline
