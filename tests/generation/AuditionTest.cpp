#include "generation/Audition.h"

#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/ToneMeasurement.h"
#include "generation/offline/OfflineGenerator.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
Preset made(const std::string& prompt)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    return *generator.generate(request, Cancellation(), {});
}

dsp::ToneMeasurement measured(const Preset& preset)
{
    const std::vector<std::vector<float>> input{dsp::synthesiseRiff(dsp::RiffStyle::chords, 1.5, 48000)};
    return dsp::measureTone(dsp::renderOffline(preset.parameters, input, {}), 48000);
}

const char* const prompts[] = {
    "clean",      "extreme death metal", "dark doom fuzz", "ambient swell with cathedral", "thin quiet clean",
    "loud crunch"};

TEST(Audition, BringsEveryToneToOneLoudnessBelowTheCeiling)
{
    for (const char* prompt : prompts)
    {
        auto preset = made(prompt);
        const auto report = audition(preset);
        ASSERT_TRUE(report.isSound) << prompt;
        const auto after = measured(preset);
        EXPECT_LE(after.truePeak, -1.9) << prompt;
        EXPECT_LE(after.loudness, -17.5) << prompt;
        const bool reachesTarget = after.loudness > -19;
        const bool isPeakBound = after.truePeak > -3;
        EXPECT_TRUE(reachesTarget || isPeakBound)
            << prompt << " " << after.loudness << " LUFS " << after.truePeak << " dBTP";
    }
}

TEST(Audition, ReportsWhatItDidAndDoesNothingTwice)
{
    auto preset = made("crunch");
    preset.parameters["output.level"_p] = -20;
    const auto before = preset.parameters["output.level"_p];
    const auto report = audition(preset);
    EXPECT_NEAR(preset.parameters["output.level"_p] - before, report.levelCorrection, 1e-3);
    EXPECT_NEAR(measured(preset).loudness, report.loudness, 0.3);
    EXPECT_NEAR(audition(preset).levelCorrection, 0, 0.21);
}

TEST(Audition, LeavesEverythingButTheLevel)
{
    auto preset = made("surf");
    auto expected = preset.parameters;
    audition(preset);
    expected["output.level"_p] = preset.parameters["output.level"_p];
    EXPECT_EQ(preset.parameters, expected);
}

TEST(Audition, LeavesSilentPresetsAlone)
{
    Preset preset;
    preset.parameters["delay.enabled"_p] = 1; // only an echo that comes after the riff
    preset.parameters["delay.mix"_p] = 100;
    preset.parameters["delay.time"_p] = 2000;
    preset.parameters["delay.feedback"_p] = 0;
    const auto before = preset;
    const auto report = audition(preset);
    EXPECT_FALSE(report.isSound);
    EXPECT_EQ(preset, before);
}
} // namespace
} // namespace tonewright
