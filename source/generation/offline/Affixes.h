#pragma once

#include "generation/offline/Knowledge.h"

#include <vector>

namespace tonewright::offline
{

/// [any] Takes words apart that negate a known one: "reverbless" and "reverb-less" become "reverb free",
/// "nondistorted" and "un-compressed" become "non ...".
void splitAffixes(std::vector<Token>& tokens, const Knowledge& knowledge);

} // namespace tonewright::offline
