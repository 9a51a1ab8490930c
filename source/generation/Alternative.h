#pragma once

#include "generation/Audition.h"
#include "generation/Cancellation.h"
#include "generation/PresetGenerator.h"
#include "tone/Preset.h"

#include <functional>

namespace tonewright
{

/// How far an alternative keeps away from the other answers to the same words, in steps that are plainly
/// heard (ToneFeatures.h): the distance that also lies between any two factory presets.
inline constexpr double leastAlternativeDistance = 1;

/// [worker] Makes an auditioned alternative really differ from `request.others`, and says in
/// source.difference, and first in the explanation, how it differs from the first of them, from values and
/// measurements. A new tone: where one of them is nearer than leastAlternativeDistance, it is moved in its
/// variation's direction, up to three times further, listening anew with `audition`. A change to the present
/// tone: what the audition moved of it (`asGiven`: the values before) though the first answer leaves it alone
/// is moved back; where it shows the same values as one of them, it goes further or less far on the first
/// answer's way; whatever the words did not name stays as it was. What the words gave in numbers
/// (`expectation.given`) stays in both. False where it is one of the others still. Deterministic. When
/// cancelled it stops at once.
bool setApart(Preset& preset, const ParameterSet& asGiven, const GenerationRequest& request,
              const ToneExpectation& expectation, const std::function<AuditionReport(Preset&)>& audition,
              const Cancellation& cancellation);

/// [any] How a request for an alternative ends where the words leave none; and whether an error is that.
GenerationError noAlternative();
bool isNoAlternative(const GenerationError& error);

} // namespace tonewright
