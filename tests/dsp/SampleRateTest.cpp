// A preset sounds the same whatever the interface's sample rate.
#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/ToneMeasurement.h"
#include "support/Sanitizers.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

namespace tonewright::dsp::test
{
namespace
{
constexpr double seconds = 0.6;
constexpr double brightnessBound = 0.3; ///< ERB
constexpr double loudnessBound = 1;     ///< dB

ToneMeasurement measureAt(double rate, const ParameterSet& set, const std::vector<float>& riff)
{
    RenderOptions options;
    options.sampleRate = rate;
    return measureTone(renderOffline(set, std::span(&riff, 1), options), rate);
}

void expectTheSameSound(const std::vector<double>& rates)
{
    const auto reference = synthesiseRiff(RiffStyle::chords, seconds, 48000);
    std::vector<std::vector<float>> riffs;
    for (const double rate : rates)
        riffs.push_back(synthesiseRiff(RiffStyle::chords, seconds, rate));
    double worstBrightness = 0;
    double worstLoudness = 0;
    std::string dullest;
    std::string loudest;
    const std::size_t stride = tonewright::test::isSanitized ? 8 : 1;
    for (std::size_t index = 0; index < factoryPresets().size(); index += stride)
    {
        const auto& preset = factoryPresets()[index];
        const auto wanted = measureAt(48000, preset.parameters, reference);
        for (std::size_t place = 0; place < rates.size(); ++place)
        {
            const auto tone = measureAt(rates[place], preset.parameters, riffs[place]);
            const auto where = preset.name + " at " + std::to_string(static_cast<int>(rates[place]));
            const double brightness = std::abs(tone.brightness - wanted.brightness);
            const double loudness = std::abs(tone.loudness - wanted.loudness);
            EXPECT_LE(brightness, brightnessBound) << where;
            EXPECT_LE(loudness, loudnessBound) << where;
            if (brightness > worstBrightness)
            {
                worstBrightness = brightness;
                dullest = where;
            }
            if (loudness > worstLoudness)
            {
                worstLoudness = loudness;
                loudest = where;
            }
        }
    }
    std::cout << "    brightness differs by at most " << worstBrightness << " ERB (" << dullest
              << "), loudness by " << worstLoudness << " dB (" << loudest << ")\n";
}
} // namespace

TEST(SampleRates, everyPresetSoundsTheSameAtTheRatesOfInterfaces)
{
    expectTheSameSound({44100, 88200, 96000});
}

TEST(SampleRates, everyPresetSoundsTheSameAtTheHighestRates)
{
    expectTheSameSound({176400, 192000});
}

} // namespace tonewright::dsp::test
