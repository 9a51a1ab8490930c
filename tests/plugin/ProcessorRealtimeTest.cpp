#include "plugin/TonewrightProcessor.h"
#include "support/RealtimeGuard.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace tonewright::plugin
{
namespace
{
using test::RealtimeGuard;

/// A host that automates every parameter and whose play head runs.
class BusyHost final : public juce::AudioPlayHead
{
public:
    explicit BusyHost(TonewrightProcessor& plugin) : processor(plugin) { processor.setPlayHead(this); }
    ~BusyHost() override { processor.setPlayHead(nullptr); }
    BusyHost(const BusyHost&) = delete;
    BusyHost& operator=(const BusyHost&) = delete;

    juce::Optional<PositionInfo> getPosition() const override
    {
        PositionInfo position;
        position.setBpm(120.0 + blockNumber % 3);
        return position;
    }

    /// Sets every parameter as a host's automation does, without its own bookkeeping (which locks).
    void automate()
    {
        ++blockNumber;
        for (std::size_t index = 0; index < parameterCount; ++index)
        {
            const auto step =
                static_cast<float>((static_cast<std::size_t>(blockNumber) * 7 + index * 13) % 101);
            processor.parameter(static_cast<ParameterIndex>(index)).setValue(step / 100.0f);
        }
    }

    void feed(juce::AudioBuffer<float>& audio) const
    {
        for (int channel = 0; channel < audio.getNumChannels(); ++channel)
            for (int frame = 0; frame < audio.getNumSamples(); ++frame)
                audio.setSample(channel, frame,
                                0.5f * static_cast<float>((frame * 37 + blockNumber * 11) % 101 - 50) /
                                    50.0f);
    }

private:
    TonewrightProcessor& processor;
    int blockNumber = 0;
};

class ProcessorRealtime : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!RealtimeGuard::isAvailable())
            GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
        ASSERT_FALSE(factoryPresets().empty());
    }
};

TEST_F(ProcessorRealtime, NothingForbiddenFromTheFirstBlockWithAPresetAndAutomationEveryBlock)
{
    for (const auto& start : factoryPresets())
    {
        TonewrightProcessor processor;
        BusyHost host(processor);
        juce::AudioBuffer<float> audio(2, 64);
        juce::MidiBuffer midi;
        processor.session().applyPreset(start);
        processor.prepareToPlay(48'000, 64);
        const long switchesBefore = RealtimeGuard::voluntarySwitches();
        for (std::size_t block = 0; block < 150; ++block)
        {
            // Every preset follows, at different distances, in the middle of fades and after them.
            if (block % 3 == 0)
                processor.session().applyPreset(factoryPresets()[block / 3 % factoryPresets().size()]);
            host.feed(audio);
            RealtimeGuard guard;
            if (block % 2 == 1)
                host.automate();
            processor.processBlock(audio, midi);
            const auto report = guard.report();
            ASSERT_EQ(report.total(), 0u) << start.name << ", block " << block << ": " << report.text();
        }
        EXPECT_EQ(RealtimeGuard::voluntarySwitches() - switchesBefore, 0) << start.name;
    }
}

TEST_F(ProcessorRealtime, NothingForbiddenWhileAPresetPlaysOn)
{
    for (const auto& preset : factoryPresets())
    {
        TonewrightProcessor processor;
        juce::AudioBuffer<float> audio(2, 64);
        juce::MidiBuffer midi;
        processor.session().applyPreset(preset);
        processor.prepareToPlay(48'000, 64);
        const BusyHost host(processor);
        for (int block = 0; block < 200; ++block)
        {
            host.feed(audio);
            RealtimeGuard guard;
            processor.processBlock(audio, midi);
            const auto report = guard.report();
            ASSERT_EQ(report.total(), 0u) << preset.name << ", block " << block << ": " << report.text();
        }
    }
}

TEST_F(ProcessorRealtime, NothingForbiddenAtAnyRateAndBlockSize)
{
    std::size_t next = 0;
    for (const double rate : {44'100.0, 48'000.0, 88'200.0, 96'000.0, 192'000.0})
        for (const int frames : {1, 16, 32, 63, 64, 127, 256, 512, 1024, 2048})
        {
            TonewrightProcessor processor;
            BusyHost host(processor);
            juce::AudioBuffer<float> audio(2, frames);
            juce::MidiBuffer midi;
            processor.prepareToPlay(rate, frames);
            const int blocks = std::clamp(4000 / frames, 3, 200);
            for (int block = 0; block < blocks; ++block)
            {
                processor.session().applyPreset(factoryPresets()[next++ % factoryPresets().size()]);
                host.feed(audio);
                RealtimeGuard guard;
                if (block % 2 == 1)
                    host.automate();
                processor.processBlock(audio, midi);
                const auto report = guard.report();
                ASSERT_EQ(report.total(), 0u) << rate << " Hz, " << frames << " frames: " << report.text();
            }
        }
}

TEST_F(ProcessorRealtime, NothingForbiddenWhenBypassedWokenResetOrFedTooMuch)
{
    TonewrightProcessor processor;
    const BusyHost host(processor);
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
        const auto report = guard.report();
        ASSERT_EQ(report.total(), 0u) << "block " << block << ": " << report.text();
    }
}

TEST_F(ProcessorRealtime, NothingForbiddenWhileOtherThreadsRestoreStatesAndReadThem)
{
    TonewrightProcessor processor;
    juce::AudioBuffer<float> audio(2, 64);
    juce::MidiBuffer midi;
    processor.prepareToPlay(48'000, 64);
    const BusyHost host(processor);

    std::vector<juce::MemoryBlock> states;
    for (const auto& preset : factoryPresets())
    {
        processor.session().applyPreset(preset);
        processor.getStateInformation(states.emplace_back());
    }
    std::atomic<bool> isDone{false};
    std::thread restoring(
        [&]
        {
            for (std::size_t next = 0; !isDone.load(); ++next)
            {
                const auto& state = states[next % states.size()];
                processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
            }
        });
    std::thread reading(
        [&]
        {
            while (!isDone.load())
            {
                juce::MemoryBlock block;
                processor.getStateInformation(block);
                static_cast<void>(processor.getTailLengthSeconds());
            }
        });
    std::uint64_t violations = 0;
    std::string first;
    for (int block = 0; block < 1500 && violations == 0; ++block)
    {
        host.feed(audio);
        RealtimeGuard guard;
        processor.processBlock(audio, midi);
        const auto report = guard.report();
        violations += report.total();
        first = report.text();
    }
    isDone.store(true);
    restoring.join();
    reading.join();
    EXPECT_EQ(violations, 0u) << first;
}

} // namespace
} // namespace tonewright::plugin
