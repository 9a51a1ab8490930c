#include "plugin/PluginState.h"
#include "plugin/TonewrightProcessor.h"
#include "support/RealtimeGuard.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace tonewright::plugin
{
namespace
{
constexpr double rate = 48'000;

/// Plays `blocks` of a 220 Hz sine through the processor and returns the left output.
std::vector<float> play(TonewrightProcessor& processor, int blocks, int frames = 128)
{
    static double phase = 0;
    std::vector<float> output;
    juce::AudioBuffer<float> audio(2, frames);
    juce::MidiBuffer midi;
    for (int block = 0; block < blocks; ++block)
    {
        for (int frame = 0; frame < frames; ++frame)
        {
            phase += 2 * juce::MathConstants<double>::pi * 220 / rate;
            for (int channel = 0; channel < 2; ++channel)
                audio.setSample(channel, frame, 0.3f * static_cast<float>(std::sin(phase)));
        }
        processor.processBlock(audio, midi);
        output.insert(output.end(), audio.getReadPointer(0), audio.getReadPointer(0) + frames);
    }
    return output;
}

float loudest(const std::vector<float>& sound, std::size_t from, std::size_t to)
{
    float peak = 0;
    for (std::size_t n = from; n < to; ++n)
        peak = std::max(peak, std::abs(sound[n]));
    return peak;
}

TEST(TunerTap, HearsTheInputOnlyWhileItIsOpen)
{
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 128);
    auto& tap = processor.tunerTap();
    TunerPiece piece;
    play(processor, 4);
    EXPECT_FALSE(tap.take(piece));
    tap.setOpen(true);
    play(processor, 4);
    int frames = 0;
    float peak = 0;
    while (tap.take(piece))
    {
        EXPECT_EQ(piece.sampleRate, static_cast<float>(rate));
        for (int frame = 0; frame < piece.frames; ++frame)
            peak = std::max(peak, std::abs(piece.samples[static_cast<std::size_t>(frame)]));
        frames += piece.frames;
    }
    EXPECT_EQ(frames, 4 * 128);
    EXPECT_NEAR(peak, 0.3f, 0.01f) << "the input, before the trim";
    play(processor, 1);
    tap.setOpen(false);
    play(processor, 1);
    EXPECT_FALSE(tap.take(piece)) << "nothing is left inside when it closes";
}

// R1: everything the guard watches, with nobody taking what comes.
TEST(TunerTap, LeavesTheAudioThreadAlone)
{
    if (!test::RealtimeGuard::isAvailable())
        GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 128);
    juce::AudioBuffer<float> audio(2, 128);
    audio.clear();
    juce::MidiBuffer midi;
    for (int block = 0; block < 2000; ++block)
    {
        if (block % 500 == 0)
            processor.tunerTap().setOpen(block % 1000 == 0);
        test::RealtimeGuard guard;
        processor.processBlock(audio, midi);
        const auto report = guard.report();
        ASSERT_EQ(report.total(), 0u) << report.text();
    }
}

TEST(TunerTap, MutesAndComesBackWithoutAClick)
{
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 128);
    auto sound = play(processor, 100);
    const auto steepest = [](const std::vector<float>& samples, std::size_t from)
    {
        float largest = 0;
        for (std::size_t n = std::max<std::size_t>(2, from); n < samples.size(); ++n)
            largest = std::max(largest, std::abs(samples[n] - 2 * samples[n - 1] + samples[n - 2]));
        return largest;
    };
    const float steady = steepest(sound, 50 * 128);
    processor.tunerTap().setOpen(true);
    const auto muting = play(processor, 40);
    EXPECT_EQ(loudest(muting, 20 * 128, 40 * 128), 0.0f);
    processor.tunerTap().setOpen(false);
    const auto back = play(processor, 40);
    EXPECT_GT(loudest(back, 20 * 128, 40 * 128), 0.01f);
    sound.insert(sound.end(), muting.begin(), muting.end());
    sound.insert(sound.end(), back.begin(), back.end());
    EXPECT_LE(steepest(sound, 50 * 128), 1.1f * steady + 1e-4f);
}

TEST(TunerTap, MutesABypassedPluginToo)
{
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 128);
    processor.getBypassParameter()->setValueNotifyingHost(1);
    play(processor, 40);
    processor.tunerTap().setOpen(true);
    const auto sound = play(processor, 40);
    EXPECT_EQ(loudest(sound, 20 * 128, 40 * 128), 0.0f);
}

TEST(TunerTap, LeavesNoHoleInABounce)
{
    TonewrightProcessor processor;
    processor.setNonRealtime(true);
    processor.prepareToPlay(rate, 128);
    processor.tunerTap().setOpen(true);
    const auto sound = play(processor, 60);
    EXPECT_GT(loudest(sound, 20 * 128, 60 * 128), 0.01f);
}

TEST(TunerTap, IsSilencedOnlyIfThePlayerWantsIt)
{
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 128);
    processor.tunerTap().setMuting(false);
    processor.tunerTap().setOpen(true);
    EXPECT_GT(loudest(play(processor, 60), 20 * 128, 60 * 128), 0.01f);
}

/// A host may put the window away without a word, or hang.
TEST(TunerTap, GivesTheGuitarBackWhenNobodyLooksAndMutesAgainWhenSomebodyDoes)
{
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 512);
    auto& tap = processor.tunerTap();
    tap.setOpen(true);
    TunerPiece piece;
    const auto play512 = [&](double seconds, bool isLookedAt)
    {
        float peak = 0;
        for (int block = 0; block * 512 < seconds * rate; ++block)
        {
            peak = loudest(play(processor, 1, 512), 0, 512);
            while (isLookedAt && tap.take(piece))
                ;
        }
        return peak;
    };
    EXPECT_EQ(play512(2.5, true), 0.0f);
    EXPECT_EQ(play512(1.5, false), 0.0f);
    EXPECT_GT(play512(1, false), 0.01f);
    EXPECT_EQ(play512(0.5, true), 0.0f);
}

TEST(TunerTap, SaysWherePiecesAreMissing)
{
    TonewrightProcessor processor;
    processor.prepareToPlay(rate, 512);
    auto& tap = processor.tunerTap();
    tap.setOpen(true);
    play(processor, 80, 512); // more than the ring holds
    TunerPiece piece;
    int taken = 0;
    for (; tap.take(piece); ++taken)
        EXPECT_FALSE(piece.followsGap) << taken;
    EXPECT_EQ(taken, 512);
    play(processor, 1, 512);
    for (bool isFirst = true; tap.take(piece); isFirst = false)
        EXPECT_EQ(piece.followsGap, isFirst);
}

TEST(TunerTap, KeepsItsReferenceInTheProject)
{
    TonewrightProcessor processor;
    processor.tunerTap().setReference(443);
    juce::MemoryBlock state;
    processor.getStateInformation(state);
    TonewrightProcessor other;
    other.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    EXPECT_EQ(other.tunerTap().reference(), 443);
    other.tunerTap().setReference(1e9);
    EXPECT_EQ(other.tunerTap().reference(), dsp::highestReference);

    auto text = stateText({});
    for (const char* wrong : {"-5", "\"a\"", "1e300", "null"})
    {
        auto changed = nlohmann::json::parse(text);
        changed["tuner"]["reference"] = nlohmann::json::parse(wrong);
        const auto restored = stateFromText(changed.dump());
        ASSERT_TRUE(restored) << wrong;
        EXPECT_GE(restored->tunerReference, dsp::lowestReference);
        EXPECT_LE(restored->tunerReference, dsp::highestReference);
    }
}
} // namespace
} // namespace tonewright::plugin
