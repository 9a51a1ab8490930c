#include "generation/offline/AmpProfile.h"

#include <algorithm>

namespace tonewright::offline
{
namespace
{
/// In the order of AmpModel. The classes are fitted to the models as they are: harmonics of a 220 Hz sine at
/// -20 and -40 dBFS, measured through the whole default chain. Below 0.42 the harmonics at -20 dBFS decide
/// (-30 dB is 0.27, -20 dB is 0.42), above it those at -40 dBFS count too (-32 dB is about 0.55, -14 dB 0.9).
/// The tone controls are what players of such amplifiers commonly start from.
constexpr std::array<AmpProfile, ampModels.size()> profiles{{
    {{0.06, 0.10, 0.15, 0.21, 0.28, 0.37},
     0.15,
     4.5,
     4.5,
     5.5,
     4.5,
     4.0,
     4.5,
     CabinetModel::american2x12Open},
    {{0.09, 0.14, 0.25, 0.39, 0.51, 0.60}, 0.38, 4.0, 5.5, 5.0, 5.0, 5.0, 6.0, CabinetModel::tweed1x12Open},
    {{0.03, 0.06, 0.13, 0.26, 0.37, 0.46}, 0.28, 4.0, 5.0, 6.0, 5.0, 4.5, 5.5, CabinetModel::british2x12Open},
    {{0.22, 0.30, 0.40, 0.53, 0.70, 0.82},
     0.53,
     4.5,
     6.0,
     6.0,
     5.0,
     5.0,
     5.5,
     CabinetModel::british4x12Closed},
    {{0.35, 0.50, 0.68, 0.82, 0.93, 1.00},
     0.82,
     5.0,
     4.5,
     5.5,
     5.0,
     4.5,
     4.5,
     CabinetModel::modern4x12Closed},
    {{0.23, 0.38, 0.52, 0.66, 0.82, 0.92},
     0.68,
     5.0,
     6.0,
     5.0,
     4.5,
     5.0,
     5.0,
     CabinetModel::boutique2x12Closed},
    {{0.00, 0.006, 0.012, 0.018, 0.024, 0.03},
     0.01,
     5.0,
     5.0,
     5.0,
     5.0,
     5.0,
     4.0,
     CabinetModel::american1x12Open},
}};
constexpr double knobStep = 2; // between the points of gainClasses

constexpr std::array cleanModels{AmpModel::americanClean, AmpModel::britishChime, AmpModel::americanTweed};
constexpr std::array edgeModels{AmpModel::americanTweed, AmpModel::britishChime, AmpModel::britishCrunch};
constexpr std::array brightEdgeModels{AmpModel::britishChime, AmpModel::americanTweed,
                                      AmpModel::britishCrunch};
constexpr std::array crunchModels{AmpModel::britishCrunch, AmpModel::britishChime, AmpModel::boutiqueLead};
constexpr std::array smoothModels{AmpModel::boutiqueLead, AmpModel::britishCrunch, AmpModel::modernHighGain};
constexpr std::array drivenModels{AmpModel::britishCrunch, AmpModel::boutiqueLead, AmpModel::modernHighGain};
constexpr std::array heavyModels{AmpModel::modernHighGain, AmpModel::boutiqueLead};
} // namespace

const AmpProfile& profileOf(AmpModel model) noexcept
{
    return profiles[static_cast<std::size_t>(model)];
}

double gainClassAt(AmpModel model, double knob) noexcept
{
    const auto& classes = profileOf(model).gainClasses;
    const double place = std::clamp(knob, 0.0, 10.0) / knobStep;
    const auto below = std::min(static_cast<std::size_t>(place), classes.size() - 2);
    const double part = place - static_cast<double>(below);
    return classes[below] + part * (classes[below + 1] - classes[below]);
}

double gainKnobFor(AmpModel model, double gainClass) noexcept
{
    constexpr double lowestUseful = 0.5;
    const auto& classes = profileOf(model).gainClasses;
    const auto* const above = std::upper_bound(classes.begin(), classes.end(), gainClass);
    if (above == classes.begin())
        return lowestUseful;
    if (above == classes.end())
        return 10;
    const double part = (gainClass - above[-1]) / (above[0] - above[-1]);
    return std::max(lowestUseful, knobStep * (static_cast<double>(above - classes.begin()) - 1 + part));
}

std::span<const AmpModel> modelsFor(double gainClass, const ToneIntent& intent) noexcept
{
    const bool isTight = intent.value(Axis::tightness) > 0.2 || intent.value(Axis::mids) < -0.3;
    const bool isSmooth = intent.value(Axis::mids) > 0.15 || intent.value(Axis::top) < -0.15;
    if (gainClass < 0.27)
        return cleanModels;
    if (gainClass < 0.42)
        return intent.value(Axis::brightness) > 0.1 ? std::span<const AmpModel>(brightEdgeModels)
                                                    : edgeModels;
    if (gainClass < 0.62)
        return crunchModels;
    if (gainClass < 0.8 && !isTight)
        return isSmooth ? std::span<const AmpModel>(smoothModels) : drivenModels;
    if (gainClass < 0.9 && isSmooth && !isTight)
        return smoothModels;
    return heavyModels;
}

} // namespace tonewright::offline
