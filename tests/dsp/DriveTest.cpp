#include "AliasingGates.h"
#include "StagePromises.h"
#include "dsp/Riff.h"
#include "dsp/Stages.h"
#include "dsp/measure/ToneMeasurement.h"

#include <array>

namespace tonewright::dsp
{
namespace
{
using test::HarmonicAnalysis;
using test::harmonicsOf220;
using test::Signal;

constexpr std::array types{DriveType::transparent, DriveType::overdrive, DriveType::distortion,
                           DriveType::fuzz, DriveType::octaveFuzz};

std::string nameOf(DriveType type)
{
    return std::string(driveTypes[static_cast<std::size_t>(type)]);
}

ParameterSet drive(DriveType type, float gain = 4, float tone = 5, float level = 5)
{
    ParameterSet parameters;
    parameters["drive.type"_p] = static_cast<float>(type);
    parameters["drive.gain"_p] = gain;
    parameters["drive.tone"_p] = tone;
    parameters["drive.level"_p] = level;
    return parameters;
}

double d20(const ParameterSet& parameters)
{
    return test::distortionAt(makeDrive, parameters, -20);
}

double d40(const ParameterSet& parameters)
{
    return test::distortionAt(makeDrive, parameters, -40);
}

/// Gain in dB for a very quiet signal.
double smallSignalGain(const ParameterSet& parameters, double frequency)
{
    test::StagePlayer player(makeDrive(), 48000);
    player.parameters = parameters;
    Signal impulse(12000);
    impulse[0] = 1e-5f;
    return test::decibels(test::magnitude(player.played(impulse), frequency, 48000) / 1e-5);
}

/// Level of the output's fundamental over that of the input, dB.
double gainAt(const ParameterSet& parameters, double inputDecibels)
{
    return test::decibels(harmonicsOf220(makeDrive, parameters, inputDecibels).harmonic(1)) - inputDecibels;
}

ToneMeasurement measured(const Signal& signal)
{
    const std::array channels{signal};
    return measureTone(channels, 48000);
}

Signal played(const ParameterSet& parameters, const Signal& dry)
{
    test::StagePlayer player(makeDrive(), 48000);
    player.parameters = parameters;
    return player.played(dry);
}

TEST(DriveTest, FoldsLittleAtFullGain)
{
    for (const auto type : types)
        test::expectLittleAliasing(makeDrive, drive(type, 10, 10), nameOf(type));
}

TEST(DriveTest, SymmetricCircuitsMakeOddHarmonics)
{
    for (const auto type :
         {DriveType::transparent, DriveType::overdrive, DriveType::distortion, DriveType::fuzz})
    {
        const auto harmonics = harmonicsOf220(makeDrive, drive(type, 6), -14);
        EXPECT_LT(harmonics.relative(2), -80) << nameOf(type);
        EXPECT_LT(harmonics.relative(4), -80) << nameOf(type);
        EXPECT_GT(harmonics.relative(3), -30) << nameOf(type);
    }
}

TEST(DriveTest, OctaveFuzzPutsTheOctaveOnTop)
{
    for (const float gain : {1.0f, 5.0f, 10.0f})
    {
        const auto parameters = drive(DriveType::octaveFuzz, gain);
        EXPECT_GT(harmonicsOf220(makeDrive, parameters, -14).relative(2), 6) << gain;
        // The twelfth frets of the three upper strings: the octave is three times the note and more.
        for (const std::size_t bin : {535u, 675u, 900u}) // 392, 494 and 659 Hz
            EXPECT_GT(HarmonicAnalysis(makeDrive, parameters, bin, -14).relative(2), 8) << gain << ' ' << bin;
    }
}

TEST(DriveTest, OctaveFuzzLetsQuietNotesSputterOut)
{
    const auto parameters = drive(DriveType::octaveFuzz, 0);
    const auto octave = [&](double level)
    { return test::decibels(harmonicsOf220(makeDrive, parameters, level).harmonic(2)) - level; };
    EXPECT_GT(octave(-30), octave(-60) + 20);
}

TEST(DriveTest, MoreGainIsMoreDistortion)
{
    for (const auto type :
         {DriveType::transparent, DriveType::overdrive, DriveType::distortion, DriveType::fuzz})
    {
        double last20 = -200;
        double last40 = -200;
        for (const float gain : {0.0f, 2.0f, 4.0f, 6.0f, 8.0f, 10.0f})
        {
            const double now20 = d20(drive(type, gain));
            const double now40 = d40(drive(type, gain));
            EXPECT_GT(now20, last20 - 0.1) << nameOf(type) << ' ' << gain;
            EXPECT_GT(now40, last40) << nameOf(type) << ' ' << gain;
            last20 = now20;
            last40 = now40;
        }
    }
}

TEST(DriveTest, TypesAreOrderedByDistortion)
{
    EXPECT_LT(d20(drive(DriveType::transparent, 2)), -30);
    EXPECT_GT(d20(drive(DriveType::overdrive)), d20(drive(DriveType::transparent)) + 6);
    EXPECT_GT(d20(drive(DriveType::distortion)), d20(drive(DriveType::overdrive)) + 6);
    EXPECT_GT(d40(drive(DriveType::fuzz)), d40(drive(DriveType::distortion)) + 20);
}

TEST(DriveTest, TransparentIsFlat)
{
    const auto parameters = drive(DriveType::transparent);
    const double middle = smallSignalGain(parameters, 1000);
    for (const double frequency : {120.0, 300.0, 3000.0, 8000.0})
        EXPECT_NEAR(smallSignalGain(parameters, frequency), middle, 1.5) << frequency;
}

TEST(DriveTest, OverdriveHasAHumpInTheMiddle)
{
    const auto parameters = drive(DriveType::overdrive);
    const double hump = smallSignalGain(parameters, 750);
    EXPECT_GT(hump, smallSignalGain(parameters, 100) + 8);
    EXPECT_GT(hump, smallSignalGain(parameters, 5000) + 6);
}

TEST(DriveTest, DistortionClipsHard)
{
    // Far above the threshold the output hardly grows, where a soft clipper still would.
    const auto parameters = drive(DriveType::distortion, 0);
    EXPECT_NEAR(gainAt(parameters, -40), gainAt(parameters, -30), 0.3);
    EXPECT_LT(gainAt(parameters, 0), gainAt(parameters, -20) - 9);
}

TEST(DriveTest, FuzzSustainsAndIsScooped)
{
    const auto parameters = drive(DriveType::fuzz, 7);
    // A note that falls by 24 dB keeps nearly all of its loudness.
    EXPECT_GT(gainAt(parameters, -34), gainAt(parameters, -10) + 20);
    const auto tone = drive(DriveType::fuzz, 0);
    EXPECT_GT(smallSignalGain(tone, 120), smallSignalGain(tone, 800) + 5);
}

TEST(DriveTest, ToneGoesFromDarkToBright)
{
    const auto dry = synthesiseRiff(RiffStyle::chords, 1.5, 48000);
    for (const auto type : types)
    {
        double last = 0;
        for (const float tone : {0.0f, 2.5f, 5.0f, 7.5f, 10.0f})
        {
            const double now = measured(played(drive(type, 4, tone), dry)).brightness;
            EXPECT_GT(now, last) << nameOf(type) << ' ' << tone;
            last = now;
        }
        EXPECT_GT(last, measured(played(drive(type, 4, 0), dry)).brightness + 1) << nameOf(type);
    }
}

TEST(DriveTest, LevelFiveIsAboutUnity)
{
    for (const auto style : {RiffStyle::chords, RiffStyle::lead})
    {
        auto dry = synthesiseRiff(style, 2, 48000);
        for (auto& sample : dry)
            sample *= 1.6f; // about -21 dBFS RMS
        const double loudness = measured(dry).loudness;
        for (const auto type : types)
            for (const float gain : {2.0f, 5.0f, 8.0f})
                EXPECT_NEAR(measured(played(drive(type, gain), dry)).loudness, loudness, 3)
                    << nameOf(type) << ' ' << gain;
    }
}

TEST(DriveTest, LevelKnobGoesFromSilenceUp)
{
    const auto dry = test::sine(220, 0.2, 0.3, 48000);
    for (const auto type : types)
    {
        EXPECT_EQ(test::peakOf(played(drive(type, 4, 5, 0), dry)), 0) << nameOf(type);
        double last = 0;
        for (float level = 1; level <= 10; ++level)
        {
            const double now = test::peakOf(played(drive(type, 4, 5, level), dry), 4800);
            EXPECT_GT(now, last) << nameOf(type);
            last = now;
        }
    }
}

TEST(DriveTest, SoundsTheSameAtEveryRate)
{
    for (const auto type : types)
    {
        const auto reference = harmonicsOf220(makeDrive, drive(type), -14);
        for (const double rate : {44100.0, 96000.0, 192000.0})
        {
            const auto other = harmonicsOf220(makeDrive, drive(type), -14, rate);
            for (const std::size_t order : {1u, 3u, 5u})
                EXPECT_NEAR(test::decibels(other.harmonic(order)), test::decibels(reference.harmonic(order)),
                            0.5)
                    << nameOf(type) << ' ' << rate << " harmonic " << order;
        }
    }
}

TEST(DriveTest, LeavesNoDc)
{
    for (const auto type : types)
        for (const float gain : {0.0f, 10.0f})
            EXPECT_LT(harmonicsOf220(makeDrive, drive(type, gain), -6).offset(), -80) << nameOf(type);
}

TEST(DriveTest, BlockSizeDoesNotMatter)
{
    for (const auto type : types)
        test::expectBlockSizeDoesNotMatter(makeDrive,
                                           [&](ParameterSet& parameters) { parameters = drive(type, 8); });
}

TEST(DriveTest, SilenceStaysSilent)
{
    for (const auto type : types)
    {
        test::StagePlayer player(makeDrive(), 48000);
        player.parameters = drive(type, 10, 10, 10);
        EXPECT_EQ(test::peakOf(player.played(Signal(4800))), 0) << nameOf(type);
        player.played(test::sine(110, 1, 0.2, 48000));
        EXPECT_LT(test::decibels(test::peakOf(player.played(Signal(48000)), 36000)), -100) << nameOf(type);
    }
}

TEST(DriveTest, StaysFiniteAtExtremes)
{
    test::expectFiniteAtExtremes(makeDrive);
    auto generator = test::randomGenerator(10);
    const auto stage = makeDrive();
    for (const double rate : {8000.0, 384000.0})
    {
        stage->prepare({rate, 512, Quality::hq});
        for (const auto type : types)
        {
            stage->setParameters(drive(type, 10, 10, 10), {});
            Signal left = test::noise(10, 512, generator);
            Signal right = left;
            AudioBlock block{{left.data(), right.data()}, 2, 512};
            stage->process(block);
            EXPECT_TRUE(test::isFinite(left)) << nameOf(type);
            EXPECT_EQ(left, right) << "both channels hear the same";
        }
    }
}

TEST(DriveTest, KnobsTurnWithoutAClick)
{
    for (const auto type : types)
        for (const auto knob : {"drive.gain"_p, "drive.tone"_p, "drive.level"_p})
            for (const auto& [from, to] : {std::pair{0.0f, 10.0f}, std::pair{10.0f, 0.0f}})
            {
                SCOPED_TRACE(nameOf(type) + ' ' +
                             std::string(parameterTable[static_cast<std::size_t>(knob)].id));
                const auto set = [&](float value)
                {
                    return [&, value](ParameterSet& parameters)
                    {
                        parameters = drive(type, 3);
                        parameters[knob] = value;
                    };
                };
                test::expectNoClick(makeDrive, set(from), set(to), 4);
            }
}
} // namespace
} // namespace tonewright::dsp
