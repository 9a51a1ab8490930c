#include "SpacePlayer.h"
#include "dsp/Stages.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet set(ReverbType type, float decay = 2, float mix = 50, float tone = 50, float predelay = 0)
{
    ParameterSet parameters;
    parameters["reverb.enabled"_p] = 1;
    parameters["reverb.type"_p] = static_cast<float>(type);
    parameters["reverb.decay"_p] = decay;
    parameters["reverb.mix"_p] = mix;
    parameters["reverb.tone"_p] = tone;
    parameters["reverb.predelay"_p] = predelay;
    return parameters;
}

std::vector<ParameterSet> everyType(float decay = 1.5f, float mix = 50)
{
    std::vector<ParameterSet> sets;
    for (std::size_t type = 0; type < reverbTypes.size(); ++type)
        sets.push_back(set(static_cast<ReverbType>(type), decay, mix));
    return sets;
}

constexpr std::array allTypes{ReverbType::spring, ReverbType::plate,     ReverbType::room,
                              ReverbType::hall,   ReverbType::cathedral, ReverbType::shimmer};

std::string_view nameOf(ReverbType type)
{
    return reverbTypes[static_cast<std::size_t>(type)];
}

/// One octave around a frequency, or 1/q of one (two band-passes in series).
Signal octaveBand(Signal signal, double centre, double sampleRate, double q = 1)
{
    const double w = 2 * std::numbers::pi * centre / sampleRate;
    const double alpha = std::sin(w) / (2 * q);
    for (int pass = 0; pass < 2; ++pass)
    {
        double s1 = 0;
        double s2 = 0;
        for (auto& sample : signal)
        {
            const double x = static_cast<double>(sample);
            const double y = alpha / (1 + alpha) * x + s1;
            s1 = 2 * std::cos(w) / (1 + alpha) * y + s2;
            s2 = -alpha / (1 + alpha) * x - (1 - alpha) / (1 + alpha) * y;
            sample = static_cast<float>(y);
        }
    }
    return signal;
}

/// Reverberation time by Schroeder's backward integration, from -5 to -35 dB (T30 of ISO 3382).
double reverberationTime(const Signal& response, double sampleRate)
{
    std::vector<double> left(response.size());
    double sum = 0;
    for (std::size_t n = response.size(); n-- > 0;)
        left[n] = sum += static_cast<double>(response[n]) * static_cast<double>(response[n]);
    double count = 0;
    double t = 0;
    double tt = 0;
    double d = 0;
    double td = 0;
    for (std::size_t n = 0; n < left.size(); n += 16)
    {
        const double level = 10 * std::log10(left[n] / sum);
        if (level > -5 || level < -35)
            continue;
        const double time = static_cast<double>(n) / sampleRate;
        ++count;
        t += time;
        tt += time * time;
        d += level;
        td += time * level;
    }
    return -60 / ((count * td - t * d) / (count * tt - t * t));
}

Stereo response(ReverbType type, float decay, double seconds, double sampleRate = rate, float tone = 50)
{
    Playing playing;
    playing.sampleRate = sampleRate;
    return playFresh(*makeReverb(), set(type, decay, 100, tone), impulse(seconds, sampleRate), playing);
}
} // namespace

TEST(Reverb, decayIsTheReverberationTime)
{
    for (const auto type : allTypes)
        for (const float decay : {0.3f, 0.6f, 1.2f, 2.5f, 6.0f, 15.0f})
        {
            const double wanted = static_cast<double>(decay);
            const auto wet = response(type, decay, 1.2 * wanted + 0.4);
            const double left = reverberationTime(octaveBand(wet[0], 700, rate), rate);
            const double right = reverberationTime(octaveBand(wet[1], 700, rate), rate);
            EXPECT_NEAR(0.5 * (left + right) / wanted, 1, 0.15) << nameOf(type) << " " << decay << " s";
        }
}

TEST(Reverb, decayHoldsAtOtherSampleRates)
{
    for (const double sampleRate : {44100.0, 96000.0})
        for (const auto type : allTypes)
        {
            const auto wet = response(type, 1.5f, 2.2, sampleRate);
            EXPECT_NEAR(reverberationTime(octaveBand(wet[0], 700, sampleRate), sampleRate) / 1.5, 1, 0.17)
                << nameOf(type) << " at " << sampleRate;
        }
}

TEST(Reverb, toneMakesTheTailOfHighsShorterOrLonger)
{
    for (const auto type : {ReverbType::plate, ReverbType::room, ReverbType::hall, ReverbType::cathedral})
    {
        const auto highs = [&](float tone)
        {
            const auto wet = response(type, 2, 3, rate, tone);
            return reverberationTime(octaveBand(wet[0], 4000, rate), rate);
        };
        EXPECT_LT(highs(0), 0.75 * highs(50)) << nameOf(type);
        EXPECT_LT(highs(50), highs(100)) << nameOf(type);
    }
}

TEST(Reverb, predelayIsAGapOfItsLength)
{
    for (const auto type : allTypes)
    {
        const auto startOf = [&](float predelay)
        {
            const auto wet = playFresh(*makeReverb(), set(type, 1, 100, 50, predelay), impulse(0.6, rate))[0];
            const double peak = peakOf(wet);
            std::size_t n = 0;
            while (std::abs(static_cast<double>(wet[n])) < 0.02 * peak)
                ++n;
            return static_cast<double>(n) / rate * 1000;
        };
        EXPECT_NEAR(startOf(100) - startOf(0), 100, 0.5) << nameOf(type);
        EXPECT_NEAR(startOf(250) - startOf(0), 250, 0.5) << nameOf(type);
    }
}

TEST(Reverb, dryKeepsItsLevelUpToHalfMixAndTypesAreEquallyLoud)
{
    auto generator = tonewright::test::randomGenerator(11);
    // Noise in a cabinet's band.
    const auto input = octaveBand(noise(1, 4 * 48000, generator), 600, rate);
    for (const auto type : allTypes)
    {
        const auto wet = playFresh(*makeReverb(), set(type, 2, 100), input);
        const double level = 0.5 * (rms(wet[0], 96000, 192000) + rms(wet[1], 96000, 192000));
        EXPECT_NEAR(decibels(level / rms(input, 96000, 192000)), 0, 2.5) << nameOf(type);
        const auto half = playFresh(*makeReverb(), set(type, 2, 50), impulse(0.1, rate));
        EXPECT_EQ(half[0][0], 1.0f);
        EXPECT_EQ(half[1][0], 1.0f);
    }
}

TEST(Reverb, sidesAreStrangers)
{
    for (const auto type : allTypes)
    {
        const auto wet = response(type, 2, 2.5);
        double common = 0;
        for (std::size_t n = 0; n < wet[0].size(); ++n)
            common += static_cast<double>(wet[0][n]) * static_cast<double>(wet[1][n]);
        const double scale = rms(wet[0]) * rms(wet[1]) * static_cast<double>(wet[0].size());
        EXPECT_LT(std::abs(common / scale), 0.2) << nameOf(type);
        EXPECT_NEAR(decibels(rms(wet[0]) / rms(wet[1])), 0, 1.5) << nameOf(type);
    }
}

TEST(Reverb, plateAndHallAreDenseAndDoNotRing)
{
    for (const auto type : {ReverbType::plate, ReverbType::hall, ReverbType::cathedral, ReverbType::room})
    {
        const auto wet = response(type, 2, 1.5)[0];
        // Dense: after 150 ms the response is spread like noise, whose fourth moment is 3 (Abel & Huang).
        double second = 0;
        double fourth = 0;
        const std::size_t first = 7200;
        const std::size_t count = 4800;
        for (std::size_t n = first; n < first + count; ++n)
        {
            const double power = static_cast<double>(wet[n]) * static_cast<double>(wet[n]);
            second += power;
            fourth += power * power;
        }
        EXPECT_LT(fourth * count / (second * second), 6) << nameOf(type);
        // No ringing: no period repeats itself in the tail.
        double energy = 0;
        for (std::size_t n = 19200; n < 43200; ++n)
            energy += static_cast<double>(wet[n]) * static_cast<double>(wet[n]);
        for (std::size_t lag = 48; lag < 9600; ++lag)
        {
            double alike = 0;
            for (std::size_t n = 19200; n < 43200; n += 1)
                alike += static_cast<double>(wet[n]) * static_cast<double>(wet[n + lag]);
            ASSERT_LT(std::abs(alike / energy), 0.4) << nameOf(type) << " repeats after " << lag;
        }
    }
}

/// When the octave round `frequency` comes back from the springs' first bounce, in the mean; seconds.
double springArrival(double frequency, double sampleRate = rate)
{
    const auto wet = response(ReverbType::spring, 2, 0.3, sampleRate)[0];
    const auto band = octaveBand(wet, frequency, sampleRate);
    double sum = 0;
    double moment = 0;
    for (std::size_t n = 0; n < static_cast<std::size_t>(0.0625 * sampleRate); ++n)
    {
        const double power = static_cast<double>(band[n]) * static_cast<double>(band[n]);
        sum += power;
        moment += power * static_cast<double>(n);
    }
    return moment / sum / sampleRate;
}

TEST(Reverb, springChirpsLowsBeforeHighsAndStopsAt4kHz)
{
    EXPECT_GT(springArrival(3500), springArrival(800) + 0.004);
    const auto wet = response(ReverbType::spring, 2, 0.3)[0];
    EXPECT_LT(decibels(rms(above6kHz(wet, rate)) / rms(wet)), -30);
}

TEST(Reverb, springBouncesAtTheSameMomentAtEveryRate)
{
    for (const double sampleRate : {44100.0, 88200.0, 96000.0, 192000.0})
        EXPECT_NEAR(springArrival(1000, sampleRate), springArrival(1000), 0.0002) << sampleRate;
}

TEST(Reverb, shimmerSingsAnOctaveHigher)
{
    const auto input = sine(440, 0.2, 4, rate);
    const auto with = playFresh(*makeReverb(), set(ReverbType::shimmer, 4, 100), input)[0];
    const auto without = playFresh(*makeReverb(), set(ReverbType::hall, 4, 100), input)[0];
    const auto octave = [](const Signal& signal)
    {
        const auto level = [&](double frequency)
        {
            const auto band = octaveBand(signal, frequency, rate, 8);
            return rms(band, 96000, band.size());
        };
        return decibels(level(880) / level(440));
    };
    EXPECT_GT(octave(with), -14);
    EXPECT_LT(octave(with), 0);
    EXPECT_LT(octave(without), octave(with) - 15);
}

TEST(Reverb, staysBoundedAtLongestDecayAndFullScale)
{
    for (const auto type : allTypes)
    {
        // Noise, then a low square wave, then a tone that might meet a resonance.
        auto generator = tonewright::test::randomGenerator(12);
        auto input = noise(1, static_cast<std::size_t>(3 * rate), generator);
        for (std::size_t n = input.size(); n < static_cast<std::size_t>(6 * rate); ++n)
            input.push_back((n / 300) % 2 == 0 ? 1.0f : -1.0f);
        const auto tone = sine(440, 1, 4, rate);
        input.insert(input.end(), tone.begin(), tone.end());
        input.resize(input.size() + static_cast<std::size_t>(2 * rate));
        const auto output = playFresh(*makeReverb(), set(type, 20, 50, 100), input);
        for (const auto& side : output)
        {
            EXPECT_TRUE(isFinite(side)) << nameOf(type);
            EXPECT_LT(peakOf(side), 16) << nameOf(type);
            EXPECT_LT(rms(side, side.size() - 24000, side.size()),
                      1.2 * rms(side, side.size() - 96000, side.size() - 72000))
                << nameOf(type) << " decays after the end";
        }
    }
}

TEST(Reverb, tailSecondsIsTheTruth)
{
    for (const auto type : allTypes)
    {
        const auto parameters = set(type, 1.5f, 50, 50, 40);
        auto stage = makeReverb();
        const double tail = stage->tailSeconds(parameters);
        EXPECT_NEAR(tail, 1.54, 0.3);
        auto generator = tonewright::test::randomGenerator(13);
        auto input = octaveBand(noise(0.5, 48000, generator), 700, rate);
        input.resize(input.size() + static_cast<std::size_t>((tail + 0.2) * rate));
        const auto output = playFresh(*stage, parameters, input)[0];
        const auto end = 48000 + static_cast<std::size_t>(tail * rate);
        EXPECT_LT(decibels(rms(output, end, output.size()) / rms(output, 24000, 48000)), -52) << nameOf(type);
    }
}

TEST(Reverb, withoutMixTheSignalIsUntouched)
{
    auto generator = tonewright::test::randomGenerator(4);
    const auto input = noise(0.9, 20000, generator);
    for (const auto& parameters : everyType(2, 0))
        for (const auto& side : playFresh(*makeReverb(), parameters, input))
            EXPECT_EQ(side, input);
}

TEST(Reverb, typesDiffer)
{
    expectTypesDiffer(makeReverb, everyType());
}
TEST(Reverb, blockSizesDoNotMatter)
{
    expectBlockSizesDoNotMatter(makeReverb, everyType());
}
TEST(Reverb, everySampleRateWorks)
{
    expectFiniteAtEveryRate(makeReverb, everyType());
}
TEST(Reverb, silenceStaysSilent)
{
    expectSilenceStaysSilent(makeReverb, everyType());
}
TEST(Reverb, resetForgetsEverything)
{
    expectResetForgets(makeReverb, everyType());
}
TEST(Reverb, jumpsMakeNoSteps)
{
    expectJumpsMakeNoSteps(makeReverb, everyType(),
                           {"reverb.decay"_p, "reverb.predelay"_p, "reverb.mix"_p, "reverb.tone"_p});
}

} // namespace tonewright::dsp::test
