#pragma once

#include "generation/offline/Parser.h"
#include "generation/offline/ToneIntent.h"

#include <vector>

namespace tonewright::offline
{

/// [any] What each mention of a prompt says about each axis: wants, steps, complaints and negations, with
/// their ranks. `isEdit`: about the tone at hand.
std::vector<Contribution> contributionsOf(const Reading& reading, bool isEdit);

} // namespace tonewright::offline
