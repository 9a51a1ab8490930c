#include "BusyHost.h"
#include "plugin/TonewrightProcessor.h"
#include "support/RealtimeGuard.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace tonewright::plugin
{
namespace
{
using test::RealtimeGuard;

constexpr double sampleRates[] = {44'100, 48'000, 88'200, 96'000, 176'400, 192'000};
constexpr int blockSizes[] = {1, 16, 32, 63, 64, 127, 256, 512, 1024, 2048};

/// The whole product instead of a covering of it: every preset also as the one that starts, and longer.
bool isFullSweep()
{
    return std::getenv("TONEWRIGHT_FULL_SWEEP") != nullptr;
}

class ProcessorRealtime : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!RealtimeGuard::isAvailable())
            GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
        ASSERT_FALSE(factoryPresets().empty());
    }

    void TearDown() override
    {
        if (blocks == 0)
            return;
        std::cout << blocks << " guarded blocks, " << starts << " of them the first after prepareToPlay, "
                  << handovers << " with a new preset, " << automated
                  << " with every parameter automated every 32 frames\n";
    }

    /// Prepares, so that the next block is a first one.
    void start(TonewrightProcessor& processor, double rate, int frames, const Preset& preset)
    {
        processor.session().applyPreset(preset);
        processor.prepareToPlay(rate, frames);
        ++starts;
    }

    void handOver(TonewrightProcessor& processor, const Preset& preset)
    {
        processor.session().applyPreset(preset);
        ++handovers;
    }

    enum class Manner
    {
        plain,
        automated
    };

    /// One block under the guard; a violation ends the test.
    void play(BusyHost& host, juce::AudioBuffer<float>& audio, Manner manner)
    {
        host.feed(audio);
        const long blockedBefore = RealtimeGuard::timesBlocked();
        RealtimeGuard guard;
        if (manner == Manner::automated)
            host.playAutomated(audio);
        else
            host.play(audio);
        const auto report = guard.report();
        ASSERT_EQ(report.total(), 0u) << report.text();
        ASSERT_LE(RealtimeGuard::timesBlocked() - blockedBefore, 0) << "the thread blocked (R3)";
        ++blocks;
        automated += manner == Manner::automated ? 1u : 0u;
    }

    std::size_t blocks = 0;
    std::size_t starts = 0;
    std::size_t handovers = 0;
    std::size_t automated = 0;
};

// R1, R3. The covering: every sample rate with every block size and every preset, handed over right before
// the block; each rate and size from its first block, each rate with every preset as the first one.
TEST_F(ProcessorRealtime, NothingForbiddenAtAnyRateAnyBlockSizeAnyPresetR1)
{
    const int roundsPerPreset = isFullSweep() ? 20 : 1;
    PresetRound starting;
    for (const double rate : sampleRates)
        for (const int frames : blockSizes)
        {
            TonewrightProcessor processor;
            BusyHost host(processor);
            juce::AudioBuffer<float> audio(2, frames);
            const std::size_t startCount = isFullSweep() ? factoryPresets().size() : 3;
            for (std::size_t startNumber = 0; startNumber < startCount; ++startNumber)
            {
                SCOPED_TRACE(std::to_string(rate) + " Hz, " + std::to_string(frames) + " frames");
                start(processor, rate, frames, starting.next());
                play(host, audio, startNumber % 2 == 0 ? Manner::plain : Manner::automated);
                if (HasFatalFailure())
                    return;
            }
            for (int round = 0; round < roundsPerPreset; ++round)
                for (const auto& preset : factoryPresets())
                {
                    SCOPED_TRACE(preset.name + " at " + std::to_string(rate) + " Hz, " +
                                 std::to_string(frames) + " frames");
                    handOver(processor, preset);
                    play(host, audio, Manner::automated);
                    handOver(processor, preset); // as it is, after the automation
                    play(host, audio, Manner::plain);
                    if (HasFatalFailure())
                        return;
                }
        }
}

TEST_F(ProcessorRealtime, NothingForbiddenFromTheFirstBlockWithAPresetAndAutomationEveryBlockR1)
{
    for (const auto& first : factoryPresets())
    {
        SCOPED_TRACE("from " + first.name);
        TonewrightProcessor processor;
        BusyHost host(processor);
        juce::AudioBuffer<float> audio(2, 64);
        start(processor, 48'000, 64, first);
        PresetRound following;
        for (std::size_t block = 0; block < 150; ++block)
        {
            // Every preset follows, at different distances, in the middle of fades and after them.
            if (block % 3 == 0)
                handOver(processor, following.next());
            play(host, audio, block % 2 == 1 ? Manner::automated : Manner::plain);
            if (HasFatalFailure())
                return;
        }
    }
}

TEST_F(ProcessorRealtime, NothingForbiddenWhileAPresetPlaysOn)
{
    for (const auto& preset : factoryPresets())
    {
        SCOPED_TRACE(preset.name);
        TonewrightProcessor processor;
        BusyHost host(processor);
        juce::AudioBuffer<float> audio(2, 64);
        start(processor, 48'000, 64, preset);
        for (int block = 0; block < 200 && !HasFatalFailure(); ++block)
            play(host, audio, Manner::plain);
    }
}

TEST_F(ProcessorRealtime, NothingForbiddenWhenBypassedWokenResetOrFedTooMuch)
{
    TonewrightProcessor processor;
    BusyHost host(processor);
    juce::AudioBuffer<float> audio(2, 64);
    juce::AudioBuffer<float> tooLong(2, 1000);
    juce::MidiBuffer midi;
    processor.prepareToPlay(48'000, 64);
    for (int block = 0; block < 300; ++block)
    {
        host.feed(audio);
        host.feed(tooLong);
        processor.getBypassParameter()->setValueNotifyingHost(block / 30 % 2 == 1 ? 1.0f : 0.0f);
        RealtimeGuard guard;
        if (block % 100 == 99)
            processor.reset();
        processor.processBlock(audio, midi);
        processor.processBlockBypassed(audio, midi);
        processor.processBlock(tooLong, midi);
        static_cast<void>(processor.getTailLengthSeconds());
        static_cast<void>(processor.inputMeter().takePeak(0));
        static_cast<void>(processor.audioCounters());
        const auto report = guard.report();
        ASSERT_EQ(report.total(), 0u) << "block " << block << ": " << report.text();
    }
}

} // namespace
} // namespace tonewright::plugin
