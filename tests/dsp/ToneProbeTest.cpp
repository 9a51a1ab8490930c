#include "dsp/measure/ToneProbe.h"

#include "dsp/Riff.h"
#include "dsp/measure/BurstResponse.h"
#include "dsp/measure/Distortion.h"
#include "dsp/measure/Loudness.h"
#include "dsp/measure/Motion.h"
#include "dsp/measure/ProbeSignals.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
using Sound = std::vector<float>;
using Channels = std::vector<Sound>;

constexpr double testRate = 48'000;

OfflineChain& sharedChain()
{
    static OfflineChain chain(testRate);
    return chain;
}

/// Cabinet and studio preamplifier at rest: nothing distorts, moves or rings.
ParameterSet plain()
{
    ParameterSet set;
    set["amp.model"_p] = static_cast<float>(AmpModel::studioPreamp);
    set["amp.gain"_p] = 2;
    return set;
}

ToneProbe probed(const ParameterSet& set, Probes wanted)
{
    return probeTone(sharedChain(), set, wanted);
}

Sound sineWith(double seconds, const std::function<double(double t)>& phase,
               const std::function<double(double t)>& amplitude)
{
    Sound sound(static_cast<std::size_t>(seconds * testRate));
    for (std::size_t n = 0; n < sound.size(); ++n)
    {
        const double t = static_cast<double>(n) / testRate;
        sound[n] = static_cast<float>(amplitude(t) * std::sin(phase(t)));
    }
    return sound;
}

TEST(Distortion, IsThePowerOfTheHarmonicsAgainstTheFundamental)
{
    Sound sound(4800);
    for (std::size_t n = 0; n < sound.size(); ++n)
    {
        const double w = 2 * std::numbers::pi * 220 * static_cast<double>(n) / testRate;
        sound[n] = static_cast<float>(0.5 * std::sin(w) + 0.03 * std::sin(3 * w + 1) +
                                      0.04 * std::sin(39 * w) + 0.1 * std::sin(40 * w));
    }
    EXPECT_NEAR(harmonicDistortion(sound, 220, testRate), -20, 0.01) << "the 40th does not count";
    EXPECT_LT(harmonicDistortion(probeSine(220, -20, 9600, testRate), 220, testRate), -40);
    EXPECT_EQ(harmonicDistortion(Sound(4800), 220, testRate), noDistortion);
}

TEST(Distortion, OfASquareWaveIsWhatFourierSays)
{
    // 1/9 + 1/25 + ... up to the 39th: 20 dB log10(0.4666) with all of them.
    Sound sound(4800);
    double expected = 0;
    for (int order = 1; order <= 39; order += 2)
    {
        for (std::size_t n = 0; n < sound.size(); ++n)
            sound[n] += static_cast<float>(
                std::sin(2 * std::numbers::pi * 220 * order * static_cast<double>(n) / testRate) / order);
        expected += order > 1 ? 1.0 / (order * order) : 0.0;
    }
    EXPECT_NEAR(harmonicDistortion(sound, 220, testRate), 10 * std::log10(expected), 0.01);
}

TEST(Motion, ReadsDepthAndRateOfATremolo)
{
    for (const double rate : {1.3, 3.0, 5.5, 11.0})
        for (const double depth : {1.0, 6.0, 20.0})
        {
            // In dB a sine: trough to crest is `depth`.
            const auto sound = sineWith(
                2.5, [](double t) { return 2 * std::numbers::pi * 220 * t; },
                [&](double t) {
                    return std::pow(10, (-20 + 0.5 * depth * std::sin(2 * std::numbers::pi * rate * t)) / 20);
                });
            const auto motion = motionOfSine(Channels{sound}, 220, testRate);
            EXPECT_NEAR(motion.level.rate, rate, 0.05) << depth;
            EXPECT_NEAR(motion.level.extent, depth, 0.1 + 0.12 * depth) << rate;
            EXPECT_LT(motion.pitch.extent, 0.3) << "a tremolo is no vibrato";
        }
}

TEST(Motion, ReadsExtentAndRateOfAVibrato)
{
    for (const double rate : {0.8, 2.0, 6.0})
        for (const double cents : {3.0, 20.0, 60.0})
        {
            const double deviation = 220 * (std::exp2(cents / 1200) - 1) / rate;
            const auto sound = sineWith(
                2.5,
                [&](double t) {
                    return 2 * std::numbers::pi * 220 * t +
                           deviation * std::sin(2 * std::numbers::pi * rate * t);
                },
                [](double) { return 0.1; });
            const auto motion = motionOfSine(Channels{sound, sound}, 220, testRate);
            EXPECT_NEAR(motion.pitch.extent, cents, 0.12 * cents) << rate;
            EXPECT_NEAR(motion.pitch.rate, rate, 0.08) << cents;
            EXPECT_LT(motion.level.extent, 0.5) << "a vibrato is no tremolo";
        }
}

TEST(Motion, NothingMovesInASteadySine)
{
    for (const double frequency : {220.0, 223.0}) // detuned is steady, too
    {
        const auto sound = sineWith(
            2.5, [&](double t) { return 2 * std::numbers::pi * frequency * t; }, [](double) { return 0.1; });
        const auto motion = motionOfSine(Channels{sound}, 220, testRate);
        EXPECT_LT(motion.level.extent, 0.02);
        EXPECT_LT(motion.pitch.extent, 0.1);
    }
}

TEST(Motion, SweepIsOfBandsAgainstEachOther)
{
    const std::size_t period = 1920;
    const auto noise = probeNoise(-20, period, 120'000, testRate);
    EXPECT_LT(sweepOfNoise(Channels{noise}, period, testRate).extent, 1e-3)
        << "noise that repeats stands still";
    auto pulsing = noise;
    auto swept = noise;
    float state = 0;
    for (std::size_t n = 0; n < noise.size(); ++n)
    {
        const double t = static_cast<double>(n) / testRate;
        pulsing[n] *= static_cast<float>(1 + 0.5 * std::sin(2 * std::numbers::pi * 3 * t));
        const double corner = 1000 * std::exp2(2 * std::sin(2 * std::numbers::pi * 1.5 * t));
        const auto pole = static_cast<float>(std::exp(-2 * std::numbers::pi * corner / testRate));
        swept[n] = state = (1 - pole) * noise[n] + pole * state;
    }
    EXPECT_LT(sweepOfNoise(Channels{pulsing}, period, testRate).extent, 0.5) << "a tremolo is no sweep";
    const auto sweep = sweepOfNoise(Channels{swept}, period, testRate);
    EXPECT_GT(sweep.extent, 2);
    EXPECT_NEAR(sweep.rate, 1.5, 0.1);
}

TEST(BurstResponse, CountsRepeatsAndReadsTheirTimeAndLevel)
{
    const auto burst = probeBurst(testRate);
    for (const double milliseconds : {80.0, 250.0, 700.0, 1900.0})
        for (const double level : {0.0, -6.0, -20.0})
        {
            const double feedback = -8; // dB a repeat
            Sound sound(static_cast<std::size_t>(testRate * 7));
            int expected = 0;
            for (int repeat = 0; repeat < 6; ++repeat)
            {
                const double decibels = repeat == 0 ? 0 : level + feedback * (repeat - 1);
                const auto start = static_cast<std::size_t>(std::lround(milliseconds * 48 * repeat));
                for (std::size_t n = 0; n < burst.size() && start + n < sound.size(); ++n)
                    sound[start + n] += burst[n] * static_cast<float>(std::pow(10, decibels / 20));
                expected += repeat > 0 && decibels > -30 && start + burst.size() < sound.size() ? 1 : 0;
            }
            const auto echoes = echoesOf(Channels{sound}, burst.size(), testRate);
            EXPECT_NEAR(echoes.milliseconds, milliseconds, 1.1);
            EXPECT_EQ(echoes.repeats, expected) << milliseconds << " ms, " << level << " dB";
            EXPECT_NEAR(echoes.level, level, 0.2);
        }
    Sound alone = burst;
    alone.resize(96'000);
    EXPECT_EQ(echoesOf(Channels{alone}, burst.size(), testRate).repeats, 0);
    EXPECT_EQ(echoesOf(Channels{Sound(96'000)}, burst.size(), testRate).repeats, 0);
}

TEST(BurstResponse, ReadsDecayAndWetnessOfExponentialTails)
{
    for (const double rt60 : {0.3, 1.0, 3.0, 8.0})
        for (const double level : {-3.0, -20.0})
        {
            auto random = test::randomGenerator(21);
            std::normal_distribution<float> normal(0.0f, 1.0f);
            auto sound = probeBurst(testRate);
            const auto frames = sound.size();
            double direct = 0;
            for (const float sample : sound)
                direct += static_cast<double>(sample) * static_cast<double>(sample);
            sound.resize(frames + static_cast<std::size_t>(testRate * 4));
            double late = 0;
            double early = 0;
            for (std::size_t n = frames; n < sound.size(); ++n)
            {
                const double t = static_cast<double>(n - frames) / testRate;
                sound[n] =
                    normal(random) * static_cast<float>(0.02 * std::pow(10, (level - 60 * t / rt60) / 20));
                (t > 0.08 ? late : early) += static_cast<double>(sound[n]) * static_cast<double>(sound[n]);
            }
            EXPECT_NEAR(lateDecayOf(Channels{sound}, frames, testRate), rt60, 0.1 * rt60);
            EXPECT_NEAR(wetRatioOf(Channels{sound}, frames, testRate),
                        10 * std::log10(late / (late + early + direct)), 0.1);
        }
}

TEST(ToneProbe, APlainPresetDoesNothingButPlay)
{
    const auto probe = probed(plain(), Probes::all());
    EXPECT_LT(probe.distortion20, -40);
    EXPECT_LT(probe.distortion40, -50);
    EXPECT_LT(probe.wetRatio, -50);
    EXPECT_EQ(probe.reverbSeconds, 0);
    EXPECT_EQ(probe.echoRepeats, 0);
    EXPECT_LT(probe.tremoloDepth, 0.1);
    EXPECT_LT(probe.pitchDeviation, 0.2);
    EXPECT_LT(probe.sweep, 0.05);
    EXPECT_NEAR(probe.gateGain, 0, 0.3);
    EXPECT_LT(probe.width, 1e-6);
}

TEST(ToneProbe, TheShortWaysToDistortionClassAndTruePeakReadTheSame)
{
    OfflineChain chain;
    const auto riff = synthesiseRiff(RiffStyle::chords, 0.3, chain.sampleRate());
    for (const float gain : {0.0f, 2.0f, 5.0f, 10.0f})
        for (const auto model : {AmpModel::americanClean, AmpModel::britishCrunch})
        {
            ParameterSet set;
            set["amp.model"_p] = static_cast<float>(model);
            set["amp.gain"_p] = gain;
            const auto probe = probeTone(chain, set, {Probe::distortion});
            EXPECT_EQ(probeDistortionClass(chain, set),
                      distortionClass(probe.distortion20, probe.distortion40));
            const auto sound = chain.render(set, riff);
            EXPECT_EQ(truePeakOf(sound, chain.sampleRate()), loudnessOf(sound, chain.sampleRate()).truePeak);
        }
    EXPECT_EQ(truePeakOf(std::vector<std::vector<float>>(2, std::vector<float>(100)), 48000), -120);
}

TEST(ToneProbe, DistortionRisesWithTheGainOfAnAmplifier)
{
    auto set = plain();
    set["amp.model"_p] = static_cast<float>(AmpModel::britishCrunch);
    ToneProbe last;
    for (const float gain : {1.0f, 4.0f, 7.0f, 10.0f})
    {
        set["amp.gain"_p] = gain;
        const auto probe = probed(set, {Probe::distortion});
        EXPECT_GT(probe.distortion40, last.distortion40 + 2) << gain;
        EXPECT_GT(probe.distortion20, probe.distortion40) << gain;
        last = probe;
    }
    // Space and movement are no distortion, a shimmer's octave neither.
    set["reverb.enabled"_p] = set["tremolo.enabled"_p] = set["gate.enabled"_p] = 1;
    set["reverb.type"_p] = static_cast<float>(ReverbType::shimmer);
    set["gate.threshold"_p] = -30;
    EXPECT_EQ(probed(set, {Probe::distortion}).distortion40, last.distortion40);
}

TEST(ToneProbe, ReadsADelayAsItIsSet)
{
    auto set = plain();
    set["delay.enabled"_p] = 1;
    set["reverb.enabled"_p] = 1; // which must not hide it
    set["delay.feedback"_p] = 50;
    set["delay.mix"_p] = 50;
    for (const auto type : {DelayType::digital, DelayType::tape, DelayType::analogue})
        for (const float time : {90.0f, 375.0f, 1000.0f})
        {
            set["delay.type"_p] = static_cast<float>(type);
            set["delay.time"_p] = time;
            const auto probe = probed(set, {Probe::echoes});
            EXPECT_NEAR(probe.echoMilliseconds, static_cast<double>(time), 4) << static_cast<int>(type);
            // Of 50 % the first repeat equals the guitar, less what dark repeats have lost.
            EXPECT_LT(probe.echoLevel, 1) << static_cast<int>(type) << ", " << time;
            EXPECT_GT(probe.echoLevel, type == DelayType::digital ? -4 : -12) << static_cast<int>(type);
            EXPECT_GE(probe.echoRepeats, 3) << static_cast<int>(type) << ", " << time;
        }
    set["delay.type"_p] = static_cast<float>(DelayType::digital);
    set["delay.feedback"_p] = 0;
    EXPECT_EQ(probed(set, {Probe::echoes}).echoRepeats, 1);
    set["delay.sync"_p] = static_cast<float>(DelaySync::eighthDotted);
    EXPECT_NEAR(probeTone(sharedChain(), set, {Probe::echoes}, {120}).echoMilliseconds, 375, 4);
}

TEST(ToneProbe, ReadsAReverbAsItIsSet)
{
    auto set = plain();
    set["delay.enabled"_p] = 1; // which must not lengthen it
    set["reverb.enabled"_p] = 1;
    double last = -200;
    for (const float decay : {0.6f, 2.0f, 6.0f})
    {
        set["reverb.type"_p] = static_cast<float>(decay < 1 ? ReverbType::room : ReverbType::hall);
        set["reverb.decay"_p] = decay;
        const double wanted = static_cast<double>(decay);
        EXPECT_NEAR(probed(set, {Probe::decay}).reverbSeconds, wanted, 0.3 * wanted);
    }
    for (const float mix : {5.0f, 20.0f, 40.0f, 100.0f})
    {
        set["reverb.mix"_p] = mix;
        const double wet = probed(set, {Probe::wetness}).wetRatio;
        EXPECT_GT(wet, last + 1) << mix;
        last = wet;
    }
    EXPECT_GT(probed(set, {Probe::width}).width, 0.2);
}

TEST(ToneProbe, ReadsMovementAsItIsSet)
{
    auto set = plain();
    set["reverb.enabled"_p] = 1;
    set["tremolo.enabled"_p] = 1;
    set["tremolo.type"_p] = static_cast<float>(TremoloType::bias);
    for (const float rate : {2.0f, 4.5f, 9.0f})
    {
        set["tremolo.rate"_p] = rate;
        set["tremolo.depth"_p] = 60; // gain falls to 1 - 0.968 * 0.6
        const auto probe = probed(set, {Probe::motion});
        EXPECT_NEAR(probe.tremoloRate, static_cast<double>(rate), 0.1);
        EXPECT_NEAR(probe.tremoloDepth, 7.6, 1.0);
    }
    set["tremolo.enabled"_p] = 0;
    set["modulation.enabled"_p] = 1;
    set["modulation.type"_p] = static_cast<float>(ModulationType::vibrato);
    set["modulation.rate"_p] = 4;
    set["modulation.mix"_p] = 100;
    const auto vibrato = probed(set, {Probe::motion});
    EXPECT_NEAR(vibrato.pitchRate, 4, 0.15);
    EXPECT_GT(vibrato.pitchDeviation, 5);
    EXPECT_LT(vibrato.tremoloDepth, 0.5);

    set["modulation.type"_p] = static_cast<float>(ModulationType::phaser);
    set["modulation.rate"_p] = 1;
    set["modulation.mix"_p] = 15;
    set["modulation.depth"_p] = 20;
    const auto subtle = probed(set, {Probe::sweep});
    set["modulation.mix"_p] = 50;
    set["modulation.depth"_p] = 90;
    const auto deep = probed(set, {Probe::sweep});
    EXPECT_GT(subtle.sweep, 0.2);
    EXPECT_GT(deep.sweep, 1.4 * subtle.sweep);
    EXPECT_NEAR(deep.sweepRate, 1, 0.15);
}

TEST(ToneProbe, SeesAGateShut)
{
    auto set = plain();
    set["amp.model"_p] = static_cast<float>(AmpModel::modernHighGain);
    set["amp.gain"_p] = 8;
    const double open = probed(set, {Probe::gating}).gateGain;
    EXPECT_GT(open, 5) << "high gain lifts what is soft";
    set["gate.enabled"_p] = 1;
    set["gate.threshold"_p] = -55;
    for (const float release : {20.0f, 300.0f, 1000.0f})
    {
        set["gate.release"_p] = release;
        EXPECT_LT(probed(set, {Probe::gating}).gateGain, open - 40) << release;
    }
}

TEST(ToneProbe, AsksOnlyWhatIsWantedAndStopsWhenTold)
{
    auto set = plain();
    set["reverb.enabled"_p] = 1;
    const auto one = probed(set, {Probe::decay});
    EXPECT_GT(one.reverbSeconds, 0);
    EXPECT_EQ(one.wetRatio, ToneProbe().wetRatio);
    int questions = 0;
    const auto none = probeTone(sharedChain(), set, Probes::all(), {}, [&] { return ++questions > 1000; });
    EXPECT_EQ(none.reverbSeconds, 0);
    EXPECT_EQ(none.distortion20, ToneProbe().distortion20);
}

TEST(ToneProbe, IsTheSameTwice)
{
    ParameterSet set;
    set["modulation.enabled"_p] = set["delay.enabled"_p] = set["reverb.enabled"_p] = 1;
    const auto first = probed(set, Probes::all());
    ParameterSet other;
    other["amp.gain"_p] = 10;
    (void)probed(other, {Probe::distortion});
    const auto second = probed(set, Probes::all());
    EXPECT_EQ(first.pitchDeviation, second.pitchDeviation);
    EXPECT_EQ(first.wetRatio, second.wetRatio);
    EXPECT_EQ(first.distortion40, second.distortion40);
    EXPECT_EQ(first.width, second.width);
}
} // namespace
} // namespace tonewright::dsp
