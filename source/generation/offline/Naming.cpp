#include "generation/offline/AmpProfile.h"
#include "generation/offline/Explanation.h"
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

double gainClassOf(const ParameterSet& parameters)
{
    const double amp = gainClassAt(parameters.choice<AmpModel>("amp.model"_p),
                                   static_cast<double>(parameters["amp.gain"_p]));
    if (!parameters.isOn("drive.enabled"_p))
        return amp;
    const auto type = parameters.choice<DriveType>("drive.type"_p);
    const bool isHeavy =
        type == DriveType::fuzz || type == DriveType::octaveFuzz || type == DriveType::distortion;
    return std::max(amp, isHeavy ? 0.75 : 0.5);
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

std::vector<std::string> tagsOf(const ToneIntent& intent, const ParameterSet& parameters)
{
    struct StageTag
    {
        ParameterIndex enabled;
        std::string_view tag;
    };
    constexpr std::array stageTags{
        StageTag{"modulation.enabled"_p, "modulation"}, StageTag{"tremolo.enabled"_p, "tremolo"},
        StageTag{"delay.enabled"_p, "delay"}, StageTag{"reverb.enabled"_p, "reverb"}};
    const double gain = gainClassOf(parameters);
    std::vector<std::string> tags{gain < 0.27   ? "clean"
                                  : gain < 0.42 ? "edge"
                                  : gain < 0.68 ? "crunch"
                                                : "high gain"};
    const auto add = [&tags](std::string_view tag)
    {
        if (std::find(tags.begin(), tags.end(), tag) == tags.end())
            tags.emplace_back(tag);
    };
    for (const auto& tag : intent.tags)
        add(tag);
    for (const auto& stage : stageTags)
        if (parameters.isOn(stage.enabled))
            add(stage.tag);
    return tags;
}

double confidenceOf(const ToneIntent& intent)
{
    const bool saysNothing =
        intent.parameters.empty() && intent.bands.empty() &&
        std::none_of(intent.wishes.begin(), intent.wishes.end(),
                     [](const Wish& wish) { return wish.isSaid() && !wish.reason.empty(); });
    if (saysNothing)
        return 0.05;
    const double doubts = 0.08 * static_cast<double>(std::min<std::size_t>(intent.conflicts.size(), 3)) +
                          0.03 * static_cast<double>(std::min<std::size_t>(intent.corrections.size(), 4));
    const double confidence = std::clamp(0.2 + 0.75 * intent.understood - doubts, 0.1, 0.95);
    return static_cast<double>(static_cast<int>(confidence * 100 + 0.5)) / 100;
}

} // namespace tonewright::offline
