#pragma once

#include "generation/PresetGenerator.h"
#include "generation/ToneExpectation.h"
#include "generation/offline/ToneIntent.h"

namespace tonewright::offline
{

/// [worker] What a prompt's words promise about the sound of the preset that answers it, whoever wrote that:
/// "brighter" is brighter than before, "bright" brighter than with flat tone controls, "crunch" distorts as
/// crunch does. Well under 5 ms.
ToneExpectation expectationOf(const GenerationRequest& request, const Preset& answer);

/// [any] The same of an intent that somebody else filled. `edited`: the tone that `answer` is a change of;
/// null for a new one.
ToneExpectation expectationFrom(const ToneIntent& intent, const ParameterSet* edited, const Preset& answer);

} // namespace tonewright::offline
