#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>

namespace tonewright::offline
{

/// A knob and its effect named together: "delay feedback", "the speed of the tremolo", "reverb volume".
struct KnobOfStage
{
    std::size_t effect = 0;             ///< the term that names the effect
    std::size_t control = 0;            ///< the term that names the knob
    std::optional<ParameterIndex> knob; ///< nothing where the effect has no such knob: its amount is meant
};

/// [any] The pair that the term at `at` begins or ends, if any.
std::optional<KnobOfStage> knobOfStageAt(std::span<const Term> terms, std::size_t at);

/// [any] The effect last named before a term, or else named after it in the same clause.
std::optional<StageId> stageSpokenOf(std::span<const Term> terms, std::size_t at);

/// [any] The parameter of the control at `at`: that of the effect spoken of where it has one of the same name
/// ("mix" of the delay).
ParameterIndex controlOf(std::span<const Term> terms, std::size_t at);

} // namespace tonewright::offline
