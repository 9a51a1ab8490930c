#pragma once

#include "generation/PresetGenerator.h"
#include "generation/ToneExpectation.h"

namespace tonewright::offline
{

/// [worker] What a prompt's words promise about the sound of the preset that answers it, whoever wrote that:
/// "brighter" is brighter than before, "bright" brighter than with flat tone controls, "crunch" distorts as
/// crunch does. Well under 5 ms.
ToneExpectation expectationOf(const GenerationRequest& request, const Preset& answer);

} // namespace tonewright::offline
