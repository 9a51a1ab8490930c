// What docs/presets.md promises of the factory presets.

#include "ToneDistance.h"
#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/Distortion.h"
#include "dsp/measure/Loudness.h"
#include "dsp/measure/ToneProbe.h"
#include "tone/PresetLibrary.h"
#include "tone/Text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

namespace tonewright
{
namespace
{
constexpr double sampleRate = 48'000;
constexpr double riffSeconds = 1.5; // as the audition
constexpr double tailSeconds = 1.5; // enough to tell one space from the other
constexpr double targetLoudness = -18;
constexpr double leastDistance = 1.0;

bool hasTag(const Preset& preset, std::string_view tag)
{
    return std::find(preset.tags.begin(), preset.tags.end(), tag) != preset.tags.end();
}

TEST(FactoryPresets, areSixtyFourEachNamedDescribedAndTagged)
{
    std::set<std::string> names;
    std::set<std::string> slugs;
    for (const auto& preset : factoryPresets())
    {
        SCOPED_TRACE(preset.name);
        EXPECT_TRUE(names.insert(preset.name).second);
        EXPECT_TRUE(slugs.insert(slugOf(preset.name)).second);
        EXPECT_GE(preset.prompt.size(), 10u);
        EXPECT_GE(preset.explanation.size(), 40u);
        EXPECT_LE(preset.explanation.size(), 260u) << "one or two sentences";
        EXPECT_EQ(preset.explanation.back(), '.');
        EXPECT_GE(preset.tags.size(), 2u);
        EXPECT_EQ(preset.source.engine, "factory");
    }
    EXPECT_GE(names.size(), 64u);
}

TEST(FactoryPresets, coverTheGenres)
{
    for (const char* genre :
         {"jazz",        "blues",       "country",      "funk",      "soul",      "reggae",   "ska",
          "surf",        "rockabilly",  "indie",        "shoegaze",  "post-rock", "ambient",  "worship",
          "punk",        "grunge",      "classic rock", "hard rock", "glam",      "nwobhm",   "thrash",
          "death metal", "black metal", "doom",         "djent",     "prog",      "fusion",   "latin",
          "bossa",       "gypsy",       "baritone",     "lo-fi",     "cinematic", "acoustic", "wah",
          "octave",      "psychedelic", "folk"})
        EXPECT_TRUE(std::any_of(factoryPresets().begin(), factoryPresets().end(),
                                [genre](const Preset& preset) { return hasTag(preset, genre); }))
            << genre;
}

TEST(FactoryPresets, useTheWholeChain)
{
    std::set<std::string> used;
    std::size_t unusualOrders = 0;
    for (const auto& preset : factoryPresets())
    {
        unusualOrders += preset.parameters.order != defaultStageOrder ? 1u : 0u;
        for (std::size_t line = 0; line < parameterCount; ++line)
        {
            const auto& info = parameterTable[line];
            const auto value = preset.parameters.values[line];
            const auto stage = info.id.substr(0, info.id.find('.'));
            const auto toggle = findParameter(std::string(stage) + ".enabled");
            if (toggle && preset.parameters[*toggle] == 0)
                continue;
            if (info.type == ParameterType::toggle)
                used.insert(std::string(info.id));
            else if (info.type == ParameterType::choice)
                used.insert(std::string(info.id) + "=" +
                            std::string(info.choices[static_cast<std::size_t>(value)]));
        }
    }
    EXPECT_GE(unusualOrders, 3u);
    for (const auto& info : parameterTable)
        if (info.type == ParameterType::toggle)
        {
            EXPECT_TRUE(used.contains(std::string(info.id))) << info.id << " is on nowhere";
        }
    for (const char* id : {"amp.model", "cabinet.mic", "drive.type", "modulation.type", "tremolo.type",
                           "delay.type", "reverb.type", "boost.type", "compressor.type"})
        for (const auto choice : infoOf(*findParameter(id)).choices)
            EXPECT_TRUE(used.contains(std::string(id) + "=" + std::string(choice))) << id << " " << choice;
}

// One rendering a preset, since that is what costs.
TEST(FactoryPresets, playAlikeLoudBelowTheCeilingAndNoTwoAreTooClose)
{
    auto riff = dsp::synthesiseRiff(dsp::RiffStyle::chords, riffSeconds, sampleRate);
    const std::vector<std::vector<float>> input{riff};
    dsp::OfflineChain chain(sampleRate);
    std::vector<test::TonePlace> places;
    double closest = 1e9;
    std::string closestPair;
    for (const auto& preset : factoryPresets())
    {
        SCOPED_TRACE(preset.name);
        dsp::RenderOptions options;
        options.sampleRate = sampleRate;
        options.tailSeconds = tailSeconds;
        const auto output = dsp::renderOffline(preset.parameters, input, options);
        const auto whole = dsp::measureTone(output, sampleRate);
        std::vector<std::vector<float>> played;
        for (const auto& channel : output)
            played.emplace_back(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(riff.size()));
        EXPECT_NEAR(dsp::loudnessOf(played, sampleRate).integrated, targetLoudness, 1.0)
            << "scripts/level-presets.sh sets it";
        EXPECT_LT(whole.truePeak, -1);
        EXPECT_LT(whole.dcOffset, -60);

        const auto probe = dsp::probeTone(chain, preset.parameters, {dsp::Probe::distortion});
        const auto place = test::placeOf(whole, dsp::distortionClass(probe.distortion20, probe.distortion40));
        for (std::size_t index = 0; index < places.size(); ++index)
        {
            const double apart = test::distance(place, places[index]);
            EXPECT_GE(apart, leastDistance) << "too close to " << factoryPresets()[index].name;
            if (apart < closest)
            {
                closest = apart;
                closestPair = factoryPresets()[index].name + " and " + preset.name;
            }
        }
        places.push_back(place);
    }
    std::cout << "closest: " << closestPair << ", " << closest << " apart\n";
}

} // namespace
} // namespace tonewright
