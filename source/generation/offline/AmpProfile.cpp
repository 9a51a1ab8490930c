#include "generation/offline/AmpProfile.h"

#include <algorithm>

namespace tonewright::offline
{
namespace
{
/// In the order of AmpModel. Tone controls are what players of such amplifiers commonly start from.
constexpr std::array<AmpProfile, ampModels.size()> profiles{{
    {0.00, 0.42, 4.5, 4.5, 5.5, 4.5, 4.0, 4.5, CabinetModel::american2x12Open},   // american_clean
    {0.05, 0.60, 4.0, 5.5, 5.0, 5.0, 5.0, 6.0, CabinetModel::tweed1x12Open},      // american_tweed
    {0.05, 0.60, 4.0, 5.0, 6.0, 5.0, 4.5, 5.5, CabinetModel::british2x12Open},    // british_chime
    {0.20, 0.78, 4.5, 6.0, 6.0, 5.0, 5.0, 5.5, CabinetModel::british4x12Closed},  // british_crunch
    {0.40, 1.00, 5.0, 4.5, 5.5, 5.0, 4.5, 4.5, CabinetModel::modern4x12Closed},   // modern_high_gain
    {0.35, 0.90, 5.0, 6.0, 5.0, 4.5, 5.0, 5.0, CabinetModel::boutique2x12Closed}, // boutique_lead
    {0.00, 0.15, 5.0, 5.0, 5.0, 5.0, 5.0, 4.0, CabinetModel::american1x12Open},   // studio_preamp
}};

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

double gainKnobFor(AmpModel model, double gainClass) noexcept
{
    const auto& profile = profileOf(model);
    const double reach = (gainClass - profile.gainAtZero) / (profile.gainAtTen - profile.gainAtZero);
    return std::clamp(10 * reach, 0.5, 10.0);
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
