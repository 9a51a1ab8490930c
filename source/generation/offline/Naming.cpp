#include "generation/offline/AmpProfile.h"
#include "generation/offline/Explanation.h"
#include "generation/offline/ExplanationText.h"
#include "generation/offline/Tags.h"
#include "tone/Choices.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tonewright::offline
{
namespace
{
using Words = std::array<std::string_view, 8>;

constexpr Words darkWords{"Velvet", "Dusky", "Umber", "Smoked", "Midnight", "Walnut", "Ember", "Shaded"};
constexpr Words brightWords{"Silver", "Crystal", "Bright", "Gilded",
                            "Quick",  "Frosted", "Copper", "Daylight"};
constexpr Words evenWords{"Amber", "Steady", "Honest", "Linen", "Cedar", "Harvest", "Plain", "Saffron"};
constexpr Words spaciousWords{"Distant", "Drifting", "Northern", "Weightless",
                              "Tidal",   "Hollow",   "Lunar",    "Endless"};
constexpr Words movingWords{"Swaying",  "Turning",  "Liquid",  "Rippling",
                            "Circling", "Wavering", "Orbital", "Drifting"};

constexpr Words cleanNouns{"Lounge", "Porch", "Harbour", "Parlour", "Lantern", "Meadow", "Window", "Letter"};
constexpr Words crunchNouns{"Engine",   "Avenue",  "Gravel", "Backroom",
                            "Workshop", "Railway", "Quarry", "Corner"};
constexpr Words heavyNouns{"Furnace", "Monolith", "Avalanche", "Anvil",
                           "Thunder", "Foundry",  "Cavern",    "Iron"};

/// FNV-1a over the rounded values: stable on every machine.
std::uint32_t fingerprint(const ParameterSet& parameters)
{
    std::uint32_t hash = 2166136261u;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        // The level is set later, by measurement; it must not rename the preset.
        if (parameterTable[index].id == "output.level")
            continue;
        const auto value = static_cast<std::int32_t>(parameters.values[index] * 10.0f);
        hash = (hash ^ static_cast<std::uint32_t>(value)) * 16777619u;
    }
    return hash ^ (hash >> 15);
}

const Words& adjectivesFor(const ParameterSet& parameters)
{
    const auto treble = parameters["amp.treble"_p] -
                        static_cast<float>(profileOf(parameters.choice<AmpModel>("amp.model"_p)).treble);
    if (parameters.isOn("reverb.enabled"_p) && parameters["reverb.decay"_p] > 3.5f)
        return spaciousWords;
    if (parameters.isOn("modulation.enabled"_p) || parameters.isOn("tremolo.enabled"_p))
        return movingWords;
    return treble < -0.7f ? darkWords : treble > 0.7f ? brightWords : evenWords;
}
} // namespace

std::string nameOf(const ParameterSet& parameters)
{
    const auto hash = fingerprint(parameters);
    const double gain = gainClassOf(parameters);
    const auto& nouns = gain < 0.3 ? cleanNouns : gain < 0.7 ? crunchNouns : heavyNouns;
    const auto& adjectives = adjectivesFor(parameters);
    return std::string(adjectives[hash % adjectives.size()]) + " " +
           std::string(nouns[(hash >> 8) % nouns.size()]);
}

double confidenceOf(const ToneIntent& intent)
{
    if (saysNothing(intent) && intent.kept.empty())
        return 0.05;
    const double doubts = 0.08 * static_cast<double>(std::min<std::size_t>(intent.conflicts.size(), 3)) +
                          0.08 * static_cast<double>(std::min<std::size_t>(intent.corrections.size(), 4));
    const double confidence = std::clamp(0.2 + 0.75 * intent.understood - doubts, 0.1, 0.95);
    return static_cast<double>(static_cast<int>(confidence * 100 + 0.5)) / 100;
}

} // namespace tonewright::offline
