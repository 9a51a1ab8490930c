#include "plugin/TonewrightProcessor.h"
#include "support/Random.h"
#include "support/TriedPresets.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace tonewright::plugin
{
namespace
{
constexpr double sampleRate = 48'000;
constexpr int blockFrames = 64;

/// A processor with the given number of inputs, ready to play.
struct Rig
{
    TonewrightProcessor processor;
    juce::AudioBuffer<float> audio{2, blockFrames};
    juce::MidiBuffer midi;
    std::int64_t position = 0;

    explicit Rig(int inputs = 2)
    {
        juce::AudioProcessor::BusesLayout layout;
        layout.inputBuses.add(inputs == 1 ? juce::AudioChannelSet::mono() : juce::AudioChannelSet::stereo());
        layout.outputBuses.add(juce::AudioChannelSet::stereo());
        EXPECT_TRUE(processor.setBusesLayout(layout));
        processor.prepareToPlay(sampleRate, blockFrames);
    }

    /// Fills the block with a 220 Hz tone, the same on both sides.
    void playTone()
    {
        for (int frame = 0; frame < audio.getNumSamples(); ++frame, ++position)
        {
            const double time = static_cast<double>(position) / sampleRate;
            const auto sample = static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * 220 * time));
            audio.setSample(0, frame, sample);
            audio.setSample(1, frame, sample);
        }
    }

    void renderTone(int blocks)
    {
        for (int block = 0; block < blocks; ++block)
        {
            playTone();
            processor.processBlock(audio, midi);
        }
    }
};

TEST(Processor, TakesMonoOrStereoAndGivesStereoOnly)
{
    const TonewrightProcessor processor;
    const auto mono = juce::AudioChannelSet::mono();
    const auto stereo = juce::AudioChannelSet::stereo();
    const auto supports = [&](const juce::AudioChannelSet& in, const juce::AudioChannelSet& out)
    {
        juce::AudioProcessor::BusesLayout layout;
        layout.inputBuses.add(in);
        layout.outputBuses.add(out);
        return processor.checkBusesLayoutSupported(layout);
    };
    EXPECT_TRUE(supports(mono, stereo));
    EXPECT_TRUE(supports(stereo, stereo));
    EXPECT_FALSE(supports(mono, mono));
    EXPECT_FALSE(supports(stereo, mono));
    EXPECT_FALSE(supports(juce::AudioChannelSet::disabled(), stereo));
    EXPECT_FALSE(supports(juce::AudioChannelSet::create5point1(), juce::AudioChannelSet::create5point1()));
}

TEST(Processor, IsMadeAndDestroyedAtOnceWithoutAThread)
{
    for (int round = 0; round < 20; ++round)
        const TonewrightProcessor processor;
}

TEST(Processor, MonoSoundsLikeTheSameOnBothSides)
{
    Rig mono(1);
    Rig stereo(2);
    Preset preset; // the defaults: amplifier and cabinet, nothing that makes sides differ
    mono.processor.session().applyPreset(preset);
    stereo.processor.session().applyPreset(preset);
    for (int block = 0; block < 100; ++block)
    {
        mono.playTone();
        mono.audio.clear(1, 0, blockFrames);
        stereo.playTone();
        mono.processor.processBlock(mono.audio, mono.midi);
        stereo.processor.processBlock(stereo.audio, stereo.midi);
        for (int channel = 0; channel < 2; ++channel)
            for (int frame = 0; frame < blockFrames; ++frame)
                ASSERT_NEAR(mono.audio.getSample(channel, frame), stereo.audio.getSample(channel, frame),
                            1e-5f)
                    << "block " << block;
    }
}

TEST(Processor, BypassIsTheInputBitForBit)
{
    Rig rig;
    rig.processor.getBypassParameter()->setValueNotifyingHost(1.0f);
    rig.processor.prepareToPlay(sampleRate, blockFrames);
    for (int block = 0; block < 10; ++block)
    {
        rig.playTone();
        const juce::AudioBuffer<float> dry(rig.audio);
        rig.processor.processBlock(rig.audio, rig.midi);
        for (int channel = 0; channel < 2; ++channel)
            for (int frame = 0; frame < blockFrames; ++frame)
                ASSERT_EQ(rig.audio.getSample(channel, frame), dry.getSample(channel, frame));
    }
}

TEST(Processor, AHostsOwnBypassPassesTheInputToo)
{
    Rig rig(1);
    rig.renderTone(20);
    for (int block = 0; block < 20; ++block)
    {
        rig.playTone();
        rig.audio.clear(1, 0, blockFrames);
        const juce::AudioBuffer<float> dry(rig.audio);
        rig.processor.processBlockBypassed(rig.audio, rig.midi);
        if (block < 10) // the fade of 10 ms
            continue;
        for (int channel = 0; channel < 2; ++channel)
            for (int frame = 0; frame < blockFrames; ++frame)
                ASSERT_EQ(rig.audio.getSample(channel, frame), dry.getSample(0, frame));
    }
}

// JUCE's LV2 wrapper would set a bypass parameter in every block, with a lock on the audio thread and a
// message.
TEST(Processor, LeavesTheBypassToTheHostsPortInLv2)
{
    TonewrightProcessor elsewhere;
    elsewhere.getBypassParameter()->setValueNotifyingHost(1.0f);
    juce::MemoryBlock bypassedProject;
    elsewhere.getStateInformation(bypassedProject);

    juce::AudioProcessor::setTypeOfNextNewPlugin(juce::AudioProcessor::wrapperType_LV2);
    Rig rig;
    juce::AudioProcessor::setTypeOfNextNewPlugin(juce::AudioProcessor::wrapperType_Undefined);
    EXPECT_EQ(rig.processor.getBypassParameter(), nullptr);
    EXPECT_EQ(rig.processor.getParameters().size(), static_cast<int>(parameterCount));
    rig.processor.setStateInformation(bypassedProject.getData(), static_cast<int>(bypassedProject.getSize()));
    const auto isDry = [&rig](bool isEnabled)
    {
        juce::AudioBuffer<float> dry;
        for (int block = 0; block < 20; ++block) // longer than the fade
        {
            rig.playTone();
            dry.makeCopyOf(rig.audio);
            if (isEnabled)
                rig.processor.processBlock(rig.audio, rig.midi);
            else
                rig.processor.processBlockBypassed(rig.audio, rig.midi);
        }
        return std::equal(dry.getReadPointer(0), dry.getReadPointer(0) + blockFrames,
                          rig.audio.getReadPointer(0));
    };
    EXPECT_FALSE(isDry(true)) << "no state of another format keeps it bypassed";
    EXPECT_TRUE(isDry(false));
    EXPECT_FALSE(isDry(true));
}

TEST(Processor, BypassingDoesNotClick)
{
    Rig rig;
    float last = 0;
    float largestStep = 0;
    float largestUsualStep = 0;
    for (int block = 0; block < 400; ++block)
    {
        if (block == 200 || block == 300)
            rig.processor.getBypassParameter()->setValueNotifyingHost(block == 200 ? 1.0f : 0.0f);
        rig.renderTone(1);
        for (int frame = 0; frame < blockFrames; ++frame)
        {
            const float sample = rig.audio.getSample(0, frame);
            const float step = std::abs(sample - last);
            if (block > 100 && block < 200)
                largestUsualStep = std::max(largestUsualStep, step);
            if (block >= 200)
                largestStep = std::max(largestStep, step);
            last = sample;
        }
    }
    const float stepOfDryTone = 0.3f * 2 * std::numbers::pi_v<float> * 220 / 48'000;
    EXPECT_LT(largestStep, 2 * std::max(largestUsualStep, stepOfDryTone));
}

TEST(Processor, SilencesWhatIsNoNumber)
{
    for (const bool isBypassed : {false, true})
    {
        Rig rig;
        rig.processor.getBypassParameter()->setValueNotifyingHost(isBypassed ? 1.0f : 0.0f);
        for (int block = 0; block < 50; ++block)
        {
            rig.playTone();
            rig.audio.setSample(0, 3, std::numeric_limits<float>::quiet_NaN());
            rig.audio.setSample(1, 9, std::numeric_limits<float>::infinity());
            rig.processor.processBlock(rig.audio, rig.midi);
            for (int channel = 0; channel < 2; ++channel)
                for (int frame = 0; frame < blockFrames; ++frame)
                    ASSERT_TRUE(std::isfinite(rig.audio.getSample(channel, frame)));
        }
    }
}

TEST(Processor, RendersLongerBlocksThanAnnouncedAndEmptyOnes)
{
    Rig rig;
    rig.audio.setSize(2, 10 * blockFrames + 7);
    rig.renderTone(20);
    EXPECT_GT(rig.audio.getMagnitude(0, rig.audio.getNumSamples()), 0.0f);
    rig.audio.setSize(2, 0);
    rig.renderTone(1);
}

TEST(Processor, SoundsTheSameHoweverTimeIsCutIntoBlocks)
{
    const auto render = [](auto&& nextSize)
    {
        Rig rig;
        rig.processor.session().applyPreset(factoryPresets().front());
        std::vector<float> output;
        while (output.size() < 24'000)
        {
            rig.audio.setSize(2, std::min(nextSize(), static_cast<int>(24'000 - output.size())));
            rig.renderTone(1);
            output.insert(output.end(), rig.audio.getReadPointer(0),
                          rig.audio.getReadPointer(0) + rig.audio.getNumSamples());
        }
        return output;
    };
    const auto reference = render([] { return 64; });
    auto random = test::randomGenerator(11);
    const auto irregular = render([&] { return static_cast<int>(1 + random() % 300); });
    for (std::size_t frame = 0; frame < reference.size(); ++frame)
        ASSERT_NEAR(irregular[frame], reference[frame], 1e-5f) << "frame " << frame;
}

TEST(Processor, ReportsTheLatencyThatAnImpulseHas)
{
    Rig rig;
    Preset preset;
    preset.parameters["amp.enabled"_p] = 0;
    preset.parameters["cabinet.enabled"_p] = 0;
    rig.processor.session().applyPreset(preset);
    rig.renderTone(1);
    rig.processor.reset();
    rig.audio.clear();
    rig.audio.setSample(0, 0, 0.5f);
    rig.audio.setSample(1, 0, 0.5f);
    rig.processor.processBlock(rig.audio, rig.midi);
    int loudest = 0;
    for (int frame = 0; frame < blockFrames; ++frame)
        if (std::abs(rig.audio.getSample(0, frame)) > std::abs(rig.audio.getSample(0, loudest)))
            loudest = frame;
    EXPECT_EQ(loudest, rig.processor.getLatencySamples());
}

TEST(Processor, FallsSilentWithinTheTailItReports)
{
    for (const auto& preset : test::presetsToTry())
    {
        Rig rig;
        rig.processor.session().applyPreset(preset);
        const double tail = rig.processor.getTailLengthSeconds();
        if (tail > 6)
            continue; // the long ones cost too much time here, and differ in nothing else
        rig.renderTone(750);
        const float loud = rig.audio.getMagnitude(0, blockFrames);
        rig.audio.clear();
        const auto blocks = static_cast<int>(tail * sampleRate / blockFrames) + 1;
        for (int block = 0; block < blocks; ++block)
        {
            rig.audio.clear();
            rig.processor.processBlock(rig.audio, rig.midi);
        }
        EXPECT_LT(rig.audio.getMagnitude(0, blockFrames), std::max(1e-4f, loud * 2e-3f))
            << preset.name << ", " << tail << " s";
    }
}

TEST(Processor, MetersShowThePeaksOfBothSidesOnce)
{
    Rig rig;
    rig.renderTone(20);
    EXPECT_NEAR(rig.processor.inputMeter().takePeak(0), 0.3f, 0.001f);
    EXPECT_NEAR(rig.processor.inputMeter().takePeak(1), 0.3f, 0.001f);
    EXPECT_GT(rig.processor.outputMeter().takePeak(0), 0.0f);
    EXPECT_EQ(rig.processor.inputMeter().takePeak(0), 0.0f);
}

TEST(Processor, CanBeResizedAndRestartedWhilePresetsChange)
{
    TonewrightProcessor processor;
    juce::MidiBuffer midi;
    std::size_t next = 0;
    for (const double rate : {44'100.0, 8'000.0, 192'000.0, 1'000.0, 768'000.0, 48'000.0})
    {
        const int frames = 1 + static_cast<int>(next * 37 % 500);
        processor.prepareToPlay(rate, frames);
        juce::AudioBuffer<float> audio(2, frames);
        for (int block = 0; block < 10; ++block)
        {
            processor.session().applyPreset(factoryPresets()[next++ % factoryPresets().size()]);
            audio.clear();
            audio.setSample(0, 0, 1.0f);
            processor.processBlock(audio, midi);
            ASSERT_TRUE(std::isfinite(audio.getMagnitude(0, frames))) << rate;
        }
        processor.releaseResources();
    }
}

} // namespace
} // namespace tonewright::plugin
