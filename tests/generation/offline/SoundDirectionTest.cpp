#include "Support.h"
#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/ToneMeasurement.h"
#include "generation/Audition.h"

namespace tonewright::test
{
namespace
{
dsp::ToneMeasurement heard(const std::string& prompt, dsp::RiffStyle style = dsp::RiffStyle::chords,
                           double tail = 0)
{
    auto preset = made(prompt);
    audition(preset);
    const std::vector<std::vector<float>> input{dsp::synthesiseRiff(style, 2, 48000)};
    dsp::RenderOptions options;
    options.tailSeconds = tail;
    return dsp::measureTone(dsp::renderOffline(preset.parameters, input, options), 48000);
}

struct Pair
{
    const char* higher;
    const char* lower;
    double dsp::ToneMeasurement::*measure;
    double margin;
};

/// Margins as published for such word pairs, in ERB for brightness, in dB for the rest; renders are
/// loudness-matched.
const Pair pairs[] = {
    {"bright clean", "dark clean", &dsp::ToneMeasurement::brightness, 0.8},
    {"bright crunch", "dark crunch", &dsp::ToneMeasurement::brightness, 0.8},
    {"cold clean", "warm clean", &dsp::ToneMeasurement::brightness, 0.4},
    {"glassy", "woody", &dsp::ToneMeasurement::brightness, 0.5},
    {"very bright", "a bit bright", &dsp::ToneMeasurement::brightness, 0.1},
    {"fat", "thin", &dsp::ToneMeasurement::lows, 3},
    {"boomy", "tinny", &dsp::ToneMeasurement::lows, 6},
    {"mid-forward metal", "scooped metal", &dsp::ToneMeasurement::scoop, 4},
    {"clean", "high gain metal", &dsp::ToneMeasurement::crestFactor, 3},
    {"wide stereo clean", "mono clean", &dsp::ToneMeasurement::stereoWidth, 0.2},
    {"airy", "muffled", &dsp::ToneMeasurement::highs, 8},
    {"hi-fi clean", "clean with a telephone sound", &dsp::ToneMeasurement::highs, 4},
    {"hi-fi clean", "lo-fi telephone", &dsp::ToneMeasurement::lows, 8},
};

TEST(SoundDirection, MovesAsTheWordsSay)
{
    for (const auto& pair : pairs)
        EXPECT_GT(heard(pair.higher).*pair.measure, heard(pair.lower).*pair.measure + pair.margin)
            << pair.higher << " against " << pair.lower;
}

/// A jazz guitar is dark and full in its mids: an American amplifier's scoop must not be left.
TEST(SoundDirection, JazzIsDarkWithFullMids)
{
    const auto clean = heard("clean", dsp::RiffStyle::arpeggio);
    for (const char* prompt :
         {"warm jazz clean", "jazz", "wes montgomery", "george benson", "mellow jazz guitar"})
    {
        const auto jazz = heard(prompt, dsp::RiffStyle::arpeggio);
        EXPECT_LT(jazz.brightness, clean.brightness - 1) << prompt;
        EXPECT_GT(jazz.scoop, clean.scoop + 4) << prompt;
        EXPECT_GT(jazz.mids, clean.mids) << prompt;
    }
}

TEST(SoundDirection, LargerSpacesRingLonger)
{
    const auto decay = [](const char* prompt)
    { return heard(prompt, dsp::RiffStyle::palmMute, 6).decaySeconds; };
    const double room = decay("clean in a small room");
    const double hall = decay("clean in a hall");
    const double cathedral = decay("clean in a cathedral");
    EXPECT_GT(hall, 1.5 * room);
    EXPECT_GT(cathedral, 3 * room);
    EXPECT_GT(cathedral, 3.0);
}
} // namespace
} // namespace tonewright::test
