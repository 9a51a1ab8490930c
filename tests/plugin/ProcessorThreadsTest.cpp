#include "BusyHost.h"
#include "JuceEnvironment.h"
#include "plugin/TonewrightProcessor.h"
#include "support/RealtimeGuard.h"
#include "support/TemporaryFolder.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

namespace tonewright::plugin
{
namespace
{
using test::RealtimeGuard;

/// A thread that plays block after block, as fast as it can, and notes what it did that it must not.
class AudioThread
{
public:
    explicit AudioThread(TonewrightProcessor& plugin) : processor(plugin), thread([this] { run(); }) {}
    ~AudioThread() { stop(); }
    AudioThread(const AudioThread&) = delete;
    AudioThread& operator=(const AudioThread&) = delete;

    std::uint64_t playedBlocks() const { return blocks.load(); }

    /// Joins; what the thread noted may be read afterwards.
    void stop()
    {
        isDone.store(true);
        if (thread.joinable())
            thread.join();
    }

    std::uint64_t violations = 0;
    std::string firstViolation;
    long timesBlocked = 0;
    std::uint64_t notFinite = 0;

private:
    void run()
    {
        BusyHost host(processor);
        juce::AudioBuffer<float> audio(2, 64);
        while (!isDone.load() && violations == 0)
        {
            host.feed(audio);
            const long before = RealtimeGuard::timesBlocked();
            if (RealtimeGuard::isAvailable())
            {
                RealtimeGuard guard;
                host.play(audio);
                const auto report = guard.report();
                violations += report.total();
                firstViolation = report.text();
            }
            else
                host.play(audio); // the sanitizers' turn
            timesBlocked += std::max(0L, RealtimeGuard::timesBlocked() - before);
            for (int channel = 0; channel < 2; ++channel)
                for (int frame = 0; frame < 64; ++frame)
                    notFinite += std::isfinite(audio.getSample(channel, frame)) ? 0u : 1u;
            ++blocks;
        }
    }

    TonewrightProcessor& processor;
    std::atomic<bool> isDone{false};
    std::atomic<std::uint64_t> blocks{0};
    std::thread thread;
};

class ProcessorThreads : public testing::Test
{
protected:
    void SetUp() override
    {
        setenv("TONEWRIGHT_CONFIG_DIR", folder.path().c_str(), 1);
        processor.prepareToPlay(48'000, 64);
    }
    void TearDown() override { unsetenv("TONEWRIGHT_CONFIG_DIR"); }

    void expectUndisturbed(AudioThread& audio)
    {
        audio.stop();
        EXPECT_EQ(audio.violations, 0u) << audio.firstViolation;
        EXPECT_EQ(audio.notFinite, 0u);
        const auto counters = processor.audioCounters();
        std::cout << audio.playedBlocks() << " blocks, " << counters.keptBlocks
                  << " kept their set because a preset was just being written, blocked " << audio.timesBlocked
                  << " times\n";
        // A page that another thread's allocation locks, or a sanitizer, may make a thread wait; a lock of
        // ours would do it again and again.
        if (RealtimeGuard::isAvailable())
        {
            EXPECT_LE(audio.timesBlocked, static_cast<long>(audio.playedBlocks() / 500));
        }
    }

    test::TemporaryFolder folder;
    TonewrightProcessor processor;
};

// R2: the message thread drains what the generation workers push and applies it, a host's thread restores
// states, another reads them.
TEST_F(ProcessorThreads, NothingForbiddenWhilePresetsAreGeneratedRestoredAndReadR2)
{
    std::vector<juce::MemoryBlock> states;
    for (const auto& preset : factoryPresets())
    {
        processor.session().applyPreset(preset);
        processor.getStateInformation(states.emplace_back());
    }
    AudioThread audio(processor);
    std::atomic<bool> isDone{false};
    std::thread restoring(
        [&]
        {
            for (std::size_t next = 0; !isDone.load(); ++next)
            {
                const auto& state = states[next % states.size()];
                processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
                std::this_thread::yield();
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
                std::this_thread::yield();
            }
        });
    int generated = 0;
    for (; generated < 6; ++generated)
    {
        processor.session().generate(generated % 2 == 0 ? "dark doom fuzz" : "80s clean with chorus");
        EXPECT_TRUE(test::deliverMessagesUntil([&] { return !processor.session().status().isGenerating; },
                                               std::chrono::seconds(60)));
    }
    EXPECT_TRUE(
        test::deliverMessagesUntil([&] { return audio.playedBlocks() > 500; }, std::chrono::seconds(60)));
    isDone.store(true);
    restoring.join();
    reading.join();
    expectUndisturbed(audio);
}

/// Every value of `set` that a preset and its counterpart differ in.
ParameterSet opposite(bool upper)
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        set.values[index] = upper ? parameterTable[index].maximum : parameterTable[index].minimum;
    return set;
}

// A host may move single parameters in the middle of everything: they land in the preset before or in the one
// after, and once everybody rests the host's numbers, the sound's and the preset's are the same.
TEST_F(ProcessorThreads, AutomationAndPresetsAgreeOnceEverybodyRests)
{
    Preset low;
    low.parameters = opposite(false);
    Preset high;
    high.parameters = opposite(true);
    for (int round = 0; round < 50; ++round)
    {
        std::atomic<bool> isDone{false};
        std::thread automating(
            [&]
            {
                BusyHost host(processor);
                while (!isDone.load())
                    host.automate();
            });
        for (int change = 0; change < 20; ++change)
            processor.session().applyPreset(change % 2 == 0 ? low : high);
        isDone.store(true);
        automating.join();
        const auto preset = processor.session().currentPreset();
        for (std::size_t line = 0; line < parameterCount; ++line)
        {
            const auto index = static_cast<ParameterIndex>(line);
            ASSERT_EQ(processor.parameter(index).getValue(),
                      toNormalised(infoOf(index), preset.parameters[index]))
                << infoOf(index).id;
        }
        processor.session().applyPreset(low);
        ASSERT_EQ(processor.session().currentPreset().parameters, low.parameters);
    }
}

} // namespace
} // namespace tonewright::plugin
