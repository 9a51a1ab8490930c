#pragma once

#include "generation/offline/ToneIntent.h"
#include "tone/Choices.h"

#include <array>
#include <span>

namespace tonewright::offline
{

/// How an amplifier model is set when nobody says otherwise, and how far its gain knob reaches.
struct AmpProfile
{
    std::array<double, 6> gainClasses; ///< Axis::gain with the gain knob at 0, 2, 4, 6, 8 and 10; rising
    double usualGainClass;             ///< what such amplifiers are known for
    double bass;
    double mid;
    double treble;
    double presence;
    double resonance;
    double master;
    CabinetModel cabinet;
};

/// [any] The distortion class of a model at a knob position from 0 to 10.
double gainClassAt(AmpModel model, double knob) noexcept;

/// [any] The profile of a model.
const AmpProfile& profileOf(AmpModel model) noexcept;

/// [any] The knob position at which a model reaches a distortion class, 0 to 10.
double gainKnobFor(AmpModel model, double gainClass) noexcept;

/// [any] Models that can play a distortion class with the character asked for, the most usual first.
std::span<const AmpModel> modelsFor(double gainClass, const ToneIntent& intent) noexcept;

} // namespace tonewright::offline
