#include "SpacePlayer.h"
#include "dsp/Stages.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet set(DelayType type, float milliseconds = 300, float feedback = 50, float mix = 50,
                 float tone = 60)
{
    ParameterSet parameters;
    parameters["delay.enabled"_p] = 1;
    parameters["delay.type"_p] = static_cast<float>(type);
    parameters["delay.time"_p] = milliseconds;
    parameters["delay.feedback"_p] = feedback;
    parameters["delay.mix"_p] = mix;
    parameters["delay.tone"_p] = tone;
    return parameters;
}

std::vector<ParameterSet> everyType(float milliseconds = 130, float feedback = 50, float mix = 50)
{
    std::vector<ParameterSet> sets;
    for (std::size_t type = 0; type < delayTypes.size(); ++type)
        sets.push_back(set(static_cast<DelayType>(type), milliseconds, feedback, mix));
    return sets;
}

/// 40 ms of a 400 Hz tone without corners, then silence.
Signal burst(double seconds)
{
    Signal signal(static_cast<std::size_t>(seconds * rate));
    for (std::size_t n = 0; n < 1920; ++n)
        signal[n] =
            static_cast<float>(0.25 * std::sin(2 * std::numbers::pi * 400 * static_cast<double>(n) / rate) *
                               (0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(n) / 1920)));
    return signal;
}

/// Energy of both sides around a time.
double energyAt(const Stereo& output, double seconds, std::size_t side)
{
    const auto first = static_cast<std::size_t>(std::max(0.0, seconds - 0.01) * rate);
    const auto last = std::min(output[side].size(), first + 2880);
    return rms(output[side], first, last);
}

/// When the energy of a side's first echo is in its middle, in seconds after the middle of the dry burst.
double echoTime(const Signal& output, double from, double to)
{
    double sum = 0;
    double moment = 0;
    for (auto n = static_cast<std::size_t>(from * rate); n < static_cast<std::size_t>(to * rate); ++n)
    {
        const double power = static_cast<double>(output[n]) * static_cast<double>(output[n]);
        sum += power;
        moment += power * static_cast<double>(n);
    }
    return moment / sum / rate - 0.02;
}
} // namespace

TEST(Delay, echoesComeWhenTimeSays)
{
    for (std::size_t type = 0; type < delayTypes.size(); ++type)
        for (const float milliseconds : {100.0f, 375.0f, 1000.0f, 2000.0f})
        {
            const double seconds = static_cast<double>(milliseconds) * 0.001;
            const auto output = playFresh(*makeDelay(), set(static_cast<DelayType>(type), milliseconds, 0),
                                          burst(seconds + 0.3));
            EXPECT_NEAR(echoTime(output[0], seconds - 0.03, seconds + 0.1), seconds, 0.004)
                << delayTypes[type];
        }
}

TEST(Delay, digitalEchoIsExactToTheSample)
{
    auto parameters = set(DelayType::digital, 250, 0, 100, 100);
    const auto output = playFresh(*makeDelay(), parameters, impulse(0.5, rate));
    const auto loudest =
        std::max_element(output[0].begin(), output[0].end(), [](float a, float b) { return a < b; });
    EXPECT_EQ(loudest - output[0].begin(), 12000);
}

TEST(Delay, firstEchoEqualsTheGuitarAtHalfMix)
{
    for (const auto type : {DelayType::digital, DelayType::tape, DelayType::analogue, DelayType::pingPong})
    {
        const auto output = playFresh(*makeDelay(), set(type, 300, 40, 50, 80), burst(1));
        const double dry = energyAt(output, 0.01, 0);
        EXPECT_NEAR(decibels(energyAt(output, 0.31, 0) / dry), 0, 2) << static_cast<int>(type);
        const auto quarter = playFresh(*makeDelay(), set(type, 300, 40, 25, 80), burst(1));
        EXPECT_NEAR(decibels(energyAt(quarter, 0.01, 0) / dry), 0, 0.1) << "the dry keeps its level";
        EXPECT_NEAR(decibels(energyAt(quarter, 0.31, 0) / dry), -6, 2) << static_cast<int>(type);
    }
}

TEST(Delay, feedbackSaysHowMuchWeakerEachEchoIs)
{
    for (const float feedback : {30.0f, 60.0f, 90.0f})
    {
        const auto output =
            playFresh(*makeDelay(), set(DelayType::digital, 200, feedback, 50, 100), burst(2));
        for (int echo = 1; echo < 5; ++echo)
            EXPECT_NEAR(energyAt(output, 0.2 * (echo + 1) + 0.01, 0) / energyAt(output, 0.2 * echo + 0.01, 0),
                        static_cast<double>(feedback) * 0.01, 0.03);
    }
    const auto once = playFresh(*makeDelay(), set(DelayType::digital, 200, 0), burst(1));
    EXPECT_LT(energyAt(once, 0.41, 0), 1e-4);
}

TEST(Delay, pingPongAlternatesSides)
{
    const auto output = playFresh(*makeDelay(), set(DelayType::pingPong, 200, 70), burst(1.5));
    for (int echo = 1; echo < 6; ++echo)
    {
        const std::size_t here = echo % 2 == 1 ? 0 : 1;
        EXPECT_GT(energyAt(output, 0.2 * echo + 0.01, here),
                  20 * energyAt(output, 0.2 * echo + 0.01, 1 - here))
            << "echo " << echo;
    }
}

TEST(Delay, syncFollowsTheTempo)
{
    struct Case
    {
        DelaySync sync;
        double tempo;
        double seconds;
    };
    for (const auto& wanted :
         {Case{DelaySync::quarter, 120, 0.5}, Case{DelaySync::eighthDotted, 120, 0.375},
          Case{DelaySync::eighthTriplet, 90, 0.2222}, Case{DelaySync::half, 40, 2.0},
          Case{DelaySync::sixteenth, 150, 0.1}, Case{DelaySync::quarterDotted, 126, 0.7143},
          Case{DelaySync::quarterTriplet, 100, 0.4}, Case{DelaySync::eighth, 60, 0.5},
          Case{DelaySync::off, 120, 0.3}, Case{DelaySync::quarter, 0, 0.3}})
    {
        auto parameters = set(DelayType::digital, 300, 0);
        parameters["delay.sync"_p] = static_cast<float>(wanted.sync);
        Playing playing;
        playing.tempo = wanted.tempo;
        const auto output = playFresh(*makeDelay(), parameters, burst(wanted.seconds + 0.2), playing);
        EXPECT_NEAR(echoTime(output[0], wanted.seconds - 0.02, wanted.seconds + 0.1), wanted.seconds, 0.001)
            << delaySyncs[static_cast<std::size_t>(wanted.sync)] << " at " << wanted.tempo;
    }
}

TEST(Delay, toneDarkensTheEchoes)
{
    auto generator = tonewright::test::randomGenerator(6);
    auto input = noise(0.5, 9600, generator);
    input.resize(48000);
    const auto brightness = [&](DelayType type, float tone)
    {
        const auto output = playFresh(*makeDelay(), set(type, 300, 0, 100, tone), input);
        return rms(above6kHz(output[0], rate)) / rms(output[0]);
    };
    for (const auto type : {DelayType::digital, DelayType::tape, DelayType::analogue, DelayType::pingPong})
    {
        EXPECT_LT(brightness(type, 0), 0.5 * brightness(type, 50)) << static_cast<int>(type);
        EXPECT_LT(brightness(type, 50), brightness(type, 100)) << static_cast<int>(type);
    }
    EXPECT_LT(brightness(DelayType::tape, 60), brightness(DelayType::digital, 60));
    EXPECT_LT(brightness(DelayType::analogue, 60), brightness(DelayType::tape, 60));
}

TEST(Delay, tapeWowBendsThePitchALittle)
{
    const auto output = playFresh(*makeDelay(), set(DelayType::tape, 100, 0, 100), sine(1000, 0.1, 4, rate));
    double largest = 0;
    double last = -1;
    for (std::size_t n = 9600; n + 1 < output[0].size(); ++n)
        if (output[0][n] < 0 && output[0][n + 1] >= 0)
        {
            const double a = static_cast<double>(output[0][n]);
            const double b = static_cast<double>(output[0][n + 1]);
            const double crossing = static_cast<double>(n) + a / (a - b);
            if (last >= 0)
                largest = std::max(largest, std::abs(1200 * std::log2(48 / (crossing - last))));
            last = crossing;
        }
    EXPECT_GT(largest, 1);
    EXPECT_LT(largest, 6);
}

TEST(Delay, staysBoundedAtFullFeedbackAndFullScale)
{
    for (std::size_t type = 0; type < delayTypes.size(); ++type)
    {
        Signal input(static_cast<std::size_t>(10 * rate));
        for (std::size_t n = 0; n < input.size(); ++n)
            input[n] = (n / 240) % 2 == 0 ? 1.0f : -1.0f; // 100 Hz: every echo adds to the last
        const auto output =
            playFresh(*makeDelay(), set(static_cast<DelayType>(type), 20, 95, 50, 100), input);
        for (const auto& side : output)
        {
            EXPECT_TRUE(isFinite(side));
            EXPECT_LT(peakOf(side), 5) << delayTypes[type];
        }
    }
}

TEST(Delay, tailSecondsIsTheTruth)
{
    for (std::size_t type = 0; type < delayTypes.size(); ++type)
        for (const float feedback : {0.0f, 40.0f, 80.0f})
        {
            const auto parameters = set(static_cast<DelayType>(type), 150, feedback, 50, 100);
            const auto stage = makeDelay();
            const double tail = stage->tailSeconds(parameters);
            const auto output = playFresh(*stage, parameters, burst(tail + 1));
            const auto end = static_cast<std::size_t>((tail + 0.06) * rate);
            EXPECT_LT(decibels(peakOf(output[0], end) / peakOf(output[0])), -58) << delayTypes[type];
            const auto justBefore = static_cast<std::size_t>((tail - 0.16) * rate);
            if (type == 0 && feedback > 0)
            {
                EXPECT_GT(decibels(peakOf(output[0], justBefore) / peakOf(output[0])), -75)
                    << "and not much too long, at " << feedback;
            }
        }
}

TEST(Delay, withoutMixTheSignalIsUntouched)
{
    auto generator = tonewright::test::randomGenerator(4);
    const auto input = noise(0.9, 20000, generator);
    for (const auto& parameters : everyType(130, 50, 0))
        for (const auto& side : playFresh(*makeDelay(), parameters, input))
            EXPECT_EQ(side, input);
}

TEST(Delay, typesDiffer)
{
    expectTypesDiffer(makeDelay, everyType());
}
TEST(Delay, blockSizesDoNotMatter)
{
    expectBlockSizesDoNotMatter(makeDelay, everyType());
}
TEST(Delay, everySampleRateWorks)
{
    expectFiniteAtEveryRate(makeDelay, everyType());
}
TEST(Delay, silenceStaysSilent)
{
    expectSilenceStaysSilent(makeDelay, everyType());
}
TEST(Delay, resetForgetsEverything)
{
    expectResetForgets(makeDelay, everyType());
}
TEST(Delay, jumpsMakeNoSteps)
{
    expectJumpsMakeNoSteps(makeDelay, everyType(),
                           {"delay.time"_p, "delay.feedback"_p, "delay.mix"_p, "delay.tone"_p});
}

} // namespace tonewright::dsp::test
