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
    double gainAtZero; ///< distortion class (Axis::gain) with the knob at 0
    double gainAtTen;  ///< and at 10
    double bass;
    double mid;
    double treble;
    double presence;
    double resonance;
    double master;
    CabinetModel cabinet;
};

/// [any] The profile of a model.
const AmpProfile& profileOf(AmpModel model) noexcept;

/// [any] The knob position at which a model reaches a distortion class, 0 to 10.
double gainKnobFor(AmpModel model, double gainClass) noexcept;

/// [any] Models that can play a distortion class with the character asked for, the most usual first.
std::span<const AmpModel> modelsFor(double gainClass, const ToneIntent& intent) noexcept;

} // namespace tonewright::offline
