#include "SpacePlayer.h"
#include "StagePromises.h"
#include "dsp/Decibels.h"
#include "dsp/Stages.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet wah(WahType type, float position = 35, float sensitivity = 50, float q = 4)
{
    ParameterSet parameters;
    parameters["wah.enabled"_p] = 1;
    parameters["wah.type"_p] = static_cast<float>(type);
    parameters["wah.position"_p] = position;
    parameters["wah.sensitivity"_p] = sensitivity;
    parameters["wah.q"_p] = q;
    return parameters;
}

std::vector<ParameterSet> everyType()
{
    return {wah(WahType::pedal), wah(WahType::autoUp), wah(WahType::autoDown, 90)};
}

/// The peak of what the pedal passes at a position: frequency, gain in dB, and the width between its -3 dB
/// points over the frequency.
struct Resonance
{
    double frequency = 0;
    double gain = -200;
    double width = 0;
};

Resonance resonanceOf(const ParameterSet& parameters, double sampleRate = rate)
{
    Playing playing;
    playing.sampleRate = sampleRate;
    const auto response = playFresh(*makeWah(), parameters, impulse(0.1, sampleRate), playing)[0];
    Resonance peak;
    std::vector<std::pair<double, double>> curve;
    for (double frequency = 100; frequency < 3800; frequency *= 1.003)
        curve.emplace_back(frequency, decibels(magnitude(response, frequency, sampleRate)));
    for (const auto& [frequency, gain] : curve)
        if (gain > peak.gain)
        {
            peak.frequency = frequency;
            peak.gain = gain;
        }
    double low = peak.frequency;
    double high = peak.frequency;
    for (const auto& [frequency, gain] : curve)
        if (gain > peak.gain - 3.01)
        {
            low = std::min(low, frequency);
            high = std::max(high, frequency);
        }
    peak.width = (high - low) / peak.frequency;
    return peak;
}

/// Where the band lies while a steady tone of that level plays: an impulse on top of it, too small to be
/// followed, shows the filter of that moment.
double centreUnder(const ParameterSet& parameters, double level)
{
    const auto tone = softSine(100, level, 0.8, rate);
    auto struck = tone;
    constexpr std::size_t moment = 33600; // where the tone is zero
    struck[moment] += 0.5f * static_cast<float>(level);
    const auto with = playFresh(*makeWah(), parameters, struck)[0];
    const auto without = playFresh(*makeWah(), parameters, tone)[0];
    Signal response(4800);
    for (std::size_t n = 0; n < response.size(); ++n)
        response[n] = with[moment + n] - without[moment + n];
    double best = 0;
    double loudest = 0;
    for (double frequency = 300; frequency < 2600; frequency *= 1.02)
        if (const double gain = magnitude(response, frequency, rate); gain > loudest)
        {
            loudest = gain;
            best = frequency;
        }
    return best;
}
} // namespace

TEST(Wah, treadleSweepsLikeTheInductorPedal)
{
    const auto heel = resonanceOf(wah(WahType::pedal, 0));
    const auto toe = resonanceOf(wah(WahType::pedal, 100));
    EXPECT_NEAR(heel.frequency, 350, 10);
    EXPECT_NEAR(toe.frequency, 2200, 50);
    EXPECT_NEAR(1 / heel.width, 8, 0.5) << "narrow at the heel";
    EXPECT_NEAR(1 / toe.width, 2, 0.3) << "wide at the toe";
    EXPECT_NEAR(heel.gain, toe.gain, 0.2) << "the peak keeps its height";
    double last = 0;
    for (float position = 0; position <= 100; position += 10)
    {
        const auto now = resonanceOf(wah(WahType::pedal, position));
        EXPECT_GT(now.frequency, last * 1.1) << position;
        last = now.frequency;
    }
}

TEST(Wah, qIsThatOfTheMiddle)
{
    for (const float q : {1.0f, 2.0f, 4.0f, 12.0f})
        EXPECT_NEAR(1 / resonanceOf(wah(WahType::pedal, 50, 50, q)).width, static_cast<double>(q),
                    0.1 * static_cast<double>(q));
}

TEST(Wah, soundsTheSameAtEveryRate)
{
    for (const double sampleRate : {44100.0, 96000.0, 192000.0})
        for (const float position : {0.0f, 50.0f, 100.0f})
        {
            const auto here = resonanceOf(wah(WahType::pedal, position), sampleRate);
            const auto there = resonanceOf(wah(WahType::pedal, position));
            EXPECT_NEAR(here.frequency / there.frequency, 1, 0.01) << sampleRate;
            EXPECT_NEAR(here.gain, there.gain, 0.2) << sampleRate;
        }
}

TEST(Wah, autoOpensAndAutoDownClosesWithThePicking)
{
    const auto up = wah(WahType::autoUp, 10);
    EXPECT_LT(centreUnder(up, 0.001), 500);
    EXPECT_GT(centreUnder(up, 0.1), 1.8 * centreUnder(up, 0.01));
    EXPECT_GT(centreUnder(up, 0.5), 1800);
    const auto down = wah(WahType::autoDown, 90);
    EXPECT_GT(centreUnder(down, 0.001), 1500);
    EXPECT_LT(centreUnder(down, 0.5), 450);
}

TEST(Wah, sensitivityBringsTheSweepToSofterPicking)
{
    double last = 0;
    for (const float sensitivity : {0.0f, 25.0f, 50.0f, 75.0f, 100.0f})
    {
        const double now = centreUnder(wah(WahType::autoUp, 0, sensitivity), 0.03);
        EXPECT_GE(now, last) << sensitivity;
        last = now;
    }
    EXPECT_LT(centreUnder(wah(WahType::autoUp, 0, 0), 0.03), 420);
    EXPECT_GT(centreUnder(wah(WahType::autoUp, 0, 100), 0.03), 1500);
}

TEST(Wah, followsThePickWithinMillisecondsAndLetsGoSlowly)
{
    // Two partials, one where the sweep begins and one where it goes; their levels tell where the band is.
    const auto parameters = wah(WahType::autoUp, 0, 60);
    Signal input(96000);
    for (std::size_t n = 24000; n < 48000; ++n)
        input[n] =
            static_cast<float>(0.2 * std::sin(2 * std::numbers::pi * 1900 * static_cast<double>(n) / rate));
    for (std::size_t n = 48000; n < 96000; ++n)
        input[n] =
            static_cast<float>(0.002 * std::sin(2 * std::numbers::pi * 1900 * static_cast<double>(n) / rate));
    const auto output = playFresh(*makeWah(), parameters, input)[0];
    const double open = rms(output, 40000, 47000) / rms(input, 40000, 47000);
    EXPECT_GT(rms(output, 24000 + 960, 24000 + 1440) / rms(input, 24000 + 960, 24000 + 1440), 0.7 * open);
    // 60 ms after the note has stopped the quiet rest still passes, a second later it does not.
    EXPECT_GT(rms(output, 50880, 51360) / rms(input, 50880, 51360), 0.4 * open);
    EXPECT_LT(rms(output, 93000, 96000) / rms(input, 93000, 96000), 0.1 * open);
}

TEST(Wah, sweepDoesNotDistortASteadyNote)
{
    for (const auto& parameters : {wah(WahType::autoUp), wah(WahType::autoDown, 90)})
    {
        const auto output = playFresh(*makeWah(), parameters, softSine(330, 0.2, 2, rate))[0];
        const double fundamental = partial(output, 330, rate, 48000);
        for (int harmonic = 2; harmonic < 8; ++harmonic)
            EXPECT_LT(decibels(partial(output, 330 * harmonic, rate, 48000) / fundamental), -70);
    }
}

TEST(Wah, withoutMixTheGuitarIsUntouched)
{
    auto generator = tonewright::test::randomGenerator(62);
    const auto input = noise(0.9, 20000, generator);
    for (auto parameters : everyType())
    {
        parameters["wah.mix"_p] = 0;
        EXPECT_EQ(playFresh(*makeWah(), parameters, input)[0], input);
    }
}

TEST(Wah, ringsNoLongerThanItsTail)
{
    for (const float q : {1.0f, 12.0f})
    {
        const auto parameters = wah(WahType::pedal, 0, 50, q);
        auto stage = makeWah();
        const double tail = stage->tailSeconds(parameters);
        auto input = sine(350, 0.5, 0.5, rate);
        input.resize(input.size() + 24000);
        const auto output = playFresh(*stage, parameters, input)[0];
        const auto end = 24000 + static_cast<std::size_t>(tail * rate);
        EXPECT_LT(decibels(peakOf(output, end) / peakOf(output)), -59);
        EXPECT_GT(decibels(peakOf(output, 24000 + (end - 24000) / 2) / peakOf(output)), -45)
            << "nor much shorter";
    }
}

TEST(Wah, typesDiffer)
{
    expectTypesDiffer(makeWah, everyType());
}
TEST(Wah, blockSizesDoNotMatter)
{
    expectBlockSizesDoNotMatter(makeWah, everyType());
    for (const auto& parameters : everyType())
        expectBlockSizeDoesNotMatter(makeWah, [&](ParameterSet& set) { set = parameters; });
}
TEST(Wah, everySampleRateWorks)
{
    expectFiniteAtEveryRate(makeWah, everyType());
    expectFiniteAtExtremes(makeWah);
}
TEST(Wah, silenceStaysSilent)
{
    expectSilenceStaysSilent(makeWah, everyType());
}
TEST(Wah, resetForgetsEverything)
{
    expectResetForgets(makeWah, everyType());
}
TEST(Wah, jumpsMakeNoSteps)
{
    expectJumpsMakeNoSteps(makeWah, everyType(),
                           {"wah.position"_p, "wah.sensitivity"_p, "wah.q"_p, "wah.mix"_p});
}

} // namespace tonewright::dsp::test
