#pragma once

#include "generation/offline/ToneIntent.h"
#include "tone/ParameterSet.h"

#include <string>
#include <vector>

namespace tonewright::offline
{

/// [any] How much the amplifier and the pedal before it distort, as on Axis::gain.
double gainClassOf(const ParameterSet& parameters);

/// [any] Words to find the preset by: the styles named, the gain class, the effects that are on.
std::vector<std::string> tagsOf(const ToneIntent& intent, const ParameterSet& parameters);

/// [any] The tags of a preset after an edit: what no longer holds goes, what was added comes, the rest stays.
std::vector<std::string> editedTags(std::vector<std::string> tags, const ToneIntent& intent,
                                    const ParameterSet& before, const ParameterSet& after);

} // namespace tonewright::offline
