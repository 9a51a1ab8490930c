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
using test::Signal;

constexpr std::array models{AmpModel::americanClean, AmpModel::americanTweed,  AmpModel::britishChime,
                            AmpModel::britishCrunch, AmpModel::modernHighGain, AmpModel::boutiqueLead,
                            AmpModel::studioPreamp};

std::string nameOf(AmpModel model)
{
    return std::string(ampModels[static_cast<std::size_t>(model)]);
}

ParameterSet amp(AmpModel model, float gain = 4)
{
    ParameterSet parameters;
    parameters["amp.model"_p] = static_cast<float>(model);
    parameters["amp.gain"_p] = gain;
    return parameters;
}

ParameterSet everythingUp(AmpModel model)
{
    auto parameters = amp(model, 10);
    for (const auto knob : {"amp.treble"_p, "amp.presence"_p, "amp.master"_p})
        parameters[knob] = 10;
    return parameters;
}

double d20(const ParameterSet& parameters)
{
    return test::distortionAt(makeAmp, parameters, -20);
}

double d40(const ParameterSet& parameters)
{
    return test::distortionAt(makeAmp, parameters, -40);
}

Signal impulseResponse(const ParameterSet& parameters, double rate = 48000)
{
    test::StagePlayer player(makeAmp(), rate);
    player.parameters = parameters;
    Signal impulse(static_cast<std::size_t>(rate / 4));
    impulse[0] = static_cast<float>(1e-4 * rate / 48000);
    return player.played(impulse);
}

Signal guitar(RiffStyle style, double rmsDecibels)
{
    auto riff = synthesiseRiff(style, 2.5, 48000);
    double energy = 0;
    for (const float sample : riff)
        energy += static_cast<double>(sample) * static_cast<double>(sample);
    const double gain = std::pow(10, rmsDecibels / 20) / std::sqrt(energy / static_cast<double>(riff.size()));
    for (auto& sample : riff)
        sample *= static_cast<float>(gain);
    return riff;
}

double loudness(const Signal& signal)
{
    const std::array channels{signal};
    return measureTone(channels, 48000).loudness;
}

TEST(AmpTest, FoldsLittleWithEverythingUp)
{
    for (const auto model : models)
        test::expectLittleAliasing(makeAmp, everythingUp(model), nameOf(model));
}

TEST(AmpTest, ModelsMoveTheSpeakerTheSameWay)
{
    // Two models in a crossfade add up instead of cancelling: where a guitar has its middle, every model's
    // output follows its input rather than opposing it.
    for (const auto model : models)
    {
        const auto response = impulseResponse(amp(model, 5));
        double along = 0;
        double all = 0;
        for (double frequency = 300; frequency < 3000; frequency *= 1.1)
        {
            const auto value = test::transfer(response, frequency, 48000);
            along += value.real();
            all += std::abs(value);
        }
        EXPECT_GT(along, 0.3 * all) << nameOf(model);
    }
}

TEST(AmpTest, MoreGainIsMoreDistortion)
{
    for (const auto model : models)
    {
        double last20 = -200;
        double last40 = -200;
        for (const float gain : {0.0f, 1.5f, 3.0f, 4.5f, 6.0f, 7.5f, 9.0f, 10.0f})
        {
            const double now20 = d20(amp(model, gain));
            const double now40 = d40(amp(model, gain));
            // Below -40 dB the stages' even harmonics may cancel a little on the way.
            EXPECT_GT(now20, last20 - (now20 < -40 ? 2 : 0)) << nameOf(model) << " at " << gain;
            EXPECT_GT(now40, last40 - (now40 < -40 ? 2 : 0)) << nameOf(model) << " at " << gain;
            last20 = now20;
            last40 = now40;
        }
    }
}

TEST(AmpTest, ModelsAreOrderedByGain)
{
    constexpr std::array fromCleanToSaturated{
        AmpModel::studioPreamp,  AmpModel::americanClean, AmpModel::britishChime,  AmpModel::americanTweed,
        AmpModel::britishCrunch, AmpModel::boutiqueLead,  AmpModel::modernHighGain};
    // Both levels together: the first tells clean models apart, the second saturated ones.
    const auto distortion = [](AmpModel model) { return d20(amp(model, 7)) + d40(amp(model, 7)); };
    for (std::size_t k = 1; k < fromCleanToSaturated.size(); ++k)
        EXPECT_GT(distortion(fromCleanToSaturated[k]), distortion(fromCleanToSaturated[k - 1]) + 3)
            << nameOf(fromCleanToSaturated[k]);
}

TEST(AmpTest, ModelsLieInTheirGainClasses)
{
    EXPECT_LT(d20(amp(AmpModel::studioPreamp, 10)), -45);
    EXPECT_LT(d20(amp(AmpModel::americanClean, 3)), -30);
    EXPECT_LT(d20(amp(AmpModel::americanClean, 5)), -30);
    EXPECT_GT(d20(amp(AmpModel::americanClean, 10)), -30);
    EXPECT_LT(d20(amp(AmpModel::americanClean, 10)), -15);
    EXPECT_GT(d20(amp(AmpModel::americanTweed, 5)), -30);
    EXPECT_LT(d20(amp(AmpModel::americanTweed, 5)), -20);
    EXPECT_GT(d20(amp(AmpModel::britishCrunch, 5)), -20);
    EXPECT_LT(d20(amp(AmpModel::britishCrunch, 5)), -11);
    EXPECT_GT(d40(amp(AmpModel::boutiqueLead, 7)), -32);
    EXPECT_LT(d40(amp(AmpModel::boutiqueLead, 7)), -14);
    EXPECT_GT(d40(amp(AmpModel::modernHighGain, 7)), -14);
}

TEST(AmpTest, AtTheEdgeItAnswersToTheTouch)
{
    for (const auto& parameters : {amp(AmpModel::americanClean, 9), amp(AmpModel::americanTweed, 5),
                                   amp(AmpModel::britishChime, 7), amp(AmpModel::britishCrunch, 4)})
        EXPECT_GT(d20(parameters) - d40(parameters), 15);
}

TEST(AmpTest, TriodesMakeEvenHarmonics)
{
    for (const auto model : models)
        EXPECT_GT(test::harmonicsOf220(makeAmp, amp(model, 4), -12).relative(2), -70) << nameOf(model);
    EXPECT_GT(test::harmonicsOf220(makeAmp, amp(AmpModel::britishCrunch, 3), -20).relative(2), -30);
}

TEST(AmpTest, ModelsAreEquallyLoudAndStayBelowFullScale)
{
    for (const auto style : {RiffStyle::chords, RiffStyle::lead})
    {
        const auto dry = guitar(style, -18);
        double quietest = 200;
        double loudest = -200;
        for (const auto model : models)
        {
            // Each through the cabinet it is usually played with, the studio preamplifier through none.
            constexpr std::array cabinets{CabinetModel::american2x12Open, CabinetModel::tweed4x10Open,
                                          CabinetModel::british2x12Open,  CabinetModel::british4x12Closed,
                                          CabinetModel::modern4x12Closed, CabinetModel::boutique2x12Closed};
            test::StagePlayer player(makeAmp(), 48000);
            player.parameters = amp(model);
            auto wet = player.played(dry);
            EXPECT_LT(test::peakOf(wet), 1) << nameOf(model);
            if (model != AmpModel::studioPreamp)
            {
                test::StagePlayer cabinet(makeCabinet(), 48000);
                cabinet.parameters["cabinet.model"_p] =
                    static_cast<float>(cabinets[static_cast<std::size_t>(model)]);
                cabinet.play(wet);
            }
            quietest = std::min(quietest, loudness(wet));
            loudest = std::max(loudest, loudness(wet));
        }
        EXPECT_LT(loudest - quietest, 6);
    }
}

TEST(AmpTest, MasterDrivesThePowerStageMoreThanItLoudens)
{
    for (const auto model :
         {AmpModel::americanTweed, AmpModel::britishChime, AmpModel::britishCrunch, AmpModel::modernHighGain})
    {
        auto low = amp(model, 3);
        auto high = low;
        low["amp.master"_p] = 2;
        high["amp.master"_p] = 10;
        EXPECT_GT(d20(high), d20(low) + 3) << nameOf(model);
        const auto dry = guitar(RiffStyle::chords, -18);
        test::StagePlayer player(makeAmp(), 48000);
        player.parameters = low;
        const double quiet = loudness(player.played(dry));
        player.reset();
        player.parameters = high;
        const double loud = loudness(player.played(dry));
        EXPECT_GT(loud, quiet) << nameOf(model);
        EXPECT_LT(loud, quiet + 9) << nameOf(model);
    }
}

TEST(AmpTest, EveryToneKnobLiftsItsBand)
{
    struct Case
    {
        ParameterIndex knob;
        double frequency;
        double least; // dB between 0 and 10
    };
    for (const auto model : models)
        for (const auto& [knob, frequency, least] :
             {Case{"amp.bass"_p, 80, 4}, Case{"amp.mid"_p, 600, 2}, Case{"amp.treble"_p, 5000, 6},
              Case{"amp.presence"_p, 8000, 3}, Case{"amp.resonance"_p, 95, 3}})
        {
            auto low = amp(model, 0);
            auto high = low;
            low[knob] = 0;
            high[knob] = 10;
            const double change = test::decibels(test::magnitude(impulseResponse(high), frequency, 48000) /
                                                 test::magnitude(impulseResponse(low), frequency, 48000));
            EXPECT_GT(change, least) << nameOf(model) << ' '
                                     << parameterTable[static_cast<std::size_t>(knob)].id;
        }
}

TEST(AmpTest, SoundsTheSameAtEveryRate)
{
    for (const auto model : models)
    {
        const auto parameters = amp(model, 5);
        const auto reference = impulseResponse(parameters);
        const double distortion = d20(parameters);
        for (const double rate : {44100.0, 88200.0, 96000.0, 192000.0})
        {
            const auto response = impulseResponse(parameters, rate);
            for (const double frequency : {60.0, 200.0, 1000.0, 4000.0, 10000.0})
                EXPECT_NEAR(test::decibels(test::magnitude(response, frequency, rate) * 48000 / rate),
                            test::decibels(test::magnitude(reference, frequency, 48000)), 0.5)
                    << nameOf(model) << ' ' << rate << " at " << frequency;
            EXPECT_NEAR(test::harmonicsOf220(makeAmp, parameters, -20, rate).distortion(), distortion, 0.5)
                << nameOf(model) << ' ' << rate;
        }
    }
}

TEST(AmpTest, LeavesNoDc)
{
    for (const auto model : models)
        for (const float gain : {0.0f, 5.0f, 10.0f})
            EXPECT_LT(test::harmonicsOf220(makeAmp, amp(model, gain), -6).offset(), -80) << nameOf(model);
}

TEST(AmpTest, SupplySagsUnderALongLoudNote)
{
    test::StagePlayer player(makeAmp(), 48000);
    player.parameters = amp(AmpModel::americanTweed, 8);
    player.parameters["amp.master"_p] = 10;
    const auto output = player.played(test::sine(220, 0.5, 1, 48000));
    const Signal attack(output.begin() + 480, output.begin() + 1440);
    EXPECT_GT(test::decibels(test::peakOf(attack) / test::peakOf(output, 24000)), 1);
}

TEST(AmpTest, AHardPickShiftsTheBiasForAMoment)
{
    // A quiet tone after a loud burst starts displaced and finds its way back: the coupling capacitors were
    // charged by conducting grids.
    test::StagePlayer player(makeAmp(), 48000);
    player.parameters = amp(AmpModel::britishCrunch, 7);
    Signal burst = test::sine(110, 1.0, 0.2, 48000);
    const Signal quiet = test::sine(440, 0.002, 0.6, 48000);
    burst.insert(burst.end(), quiet.begin(), quiet.end());
    const auto output = player.played(burst);
    const auto level = [&](double from, double to)
    {
        const Signal part(output.begin() + static_cast<std::ptrdiff_t>(from * 48000),
                          output.begin() + static_cast<std::ptrdiff_t>(to * 48000));
        return test::decibels(test::partial(part, 440, 48000));
    };
    EXPECT_GT(std::abs(level(0.205, 0.215) - level(0.7, 0.8)), 0.5);
    EXPECT_NEAR(level(0.5, 0.6), level(0.7, 0.8), 0.2);
}

TEST(AmpTest, BlockSizeDoesNotMatter)
{
    for (const auto model : models)
        test::expectBlockSizeDoesNotMatter(makeAmp,
                                           [&](ParameterSet& parameters) { parameters = amp(model, 8); });
}

TEST(AmpTest, SilenceStaysSilent)
{
    test::expectSilenceStaysSilent(makeAmp);
    for (const auto model : models)
    {
        test::StagePlayer player(makeAmp(), 48000);
        player.parameters = everythingUp(model);
        EXPECT_EQ(test::peakOf(player.played(Signal(4800))), 0) << nameOf(model);
    }
}

TEST(AmpTest, FallsSilentAfterTheLastNote)
{
    for (const auto model : models)
    {
        test::StagePlayer player(makeAmp(), 48000);
        player.parameters = everythingUp(model);
        player.played(test::sine(110, 1, 0.5, 48000));
        EXPECT_LT(test::decibels(test::peakOf(player.played(Signal(96000)), 72000)), -100) << nameOf(model);
    }
}

TEST(AmpTest, StaysFiniteAtExtremes)
{
    test::expectFiniteAtExtremes(makeAmp);
}

TEST(AmpTest, StaysFiniteAtTheHighestRateAndInHighQuality)
{
    auto generator = test::randomGenerator(9);
    for (const double rate : {8000.0, 48000.0, 384000.0})
        for (const auto model : models)
        {
            const auto stage = makeAmp();
            stage->prepare({rate, 512, Quality::hq});
            stage->setParameters(everythingUp(model), {});
            Signal left = test::noise(10, 512, generator);
            Signal right = left;
            AudioBlock block{{left.data(), right.data()}, 2, 512};
            stage->process(block);
            EXPECT_TRUE(test::isFinite(left)) << nameOf(model) << ' ' << rate;
            EXPECT_EQ(left, right) << "both channels hear the same";
            EXPECT_LT(test::peakOf(left), 16) << nameOf(model) << ' ' << rate;
            EXPECT_EQ(stage->latencySamples(), 0);
        }
}

TEST(AmpTest, KnobsTurnWithoutAClick)
{
    for (const auto model : models)
        for (const auto knob : {"amp.gain"_p, "amp.bass"_p, "amp.mid"_p, "amp.treble"_p, "amp.presence"_p,
                                "amp.resonance"_p, "amp.master"_p})
            for (const auto& [from, to] : {std::pair{0.0f, 10.0f}, std::pair{10.0f, 0.0f}})
            {
                SCOPED_TRACE(nameOf(model) + ' ' +
                             std::string(parameterTable[static_cast<std::size_t>(knob)].id));
                const auto set = [&](float value)
                {
                    return [&, value](ParameterSet& parameters)
                    {
                        parameters = amp(model, 3);
                        parameters[knob] = value;
                    };
                };
                test::expectNoClick(makeAmp, set(from), set(to), 4);
            }
}
} // namespace
} // namespace tonewright::dsp
