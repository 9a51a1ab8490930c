#pragma once

#include "plugin/TonewrightProcessor.h"
#include "tone/PresetLibrary.h"

#include <algorithm>
#include <cstddef>

namespace tonewright::plugin
{

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
        position.setBpm(120.0 + stepNumber % 3);
        return position;
    }

    /// Sets every parameter as a host's automation does, without its own bookkeeping (which locks).
    void automate()
    {
        ++stepNumber;
        for (std::size_t index = 0; index < parameterCount; ++index)
        {
            const auto step =
                static_cast<float>((static_cast<std::size_t>(stepNumber) * 7 + index * 13) % 101);
            processor.parameter(static_cast<ParameterIndex>(index)).setValue(step / 100.0f);
        }
    }

    /// Fills a block with something loud and dense.
    void feed(juce::AudioBuffer<float>& audio)
    {
        ++stepNumber;
        for (int channel = 0; channel < audio.getNumChannels(); ++channel)
            for (int frame = 0; frame < audio.getNumSamples(); ++frame)
                audio.setSample(channel, frame,
                                0.5f * static_cast<float>((frame * 37 + stepNumber * 11) % 101 - 50) / 50.0f);
    }

    /// Plays a block as hosts with sample-accurate automation do: in parts of at most 32 frames, every
    /// parameter moved before each.
    void playAutomated(juce::AudioBuffer<float>& audio)
    {
        constexpr int partLength = 32;
        for (int start = 0; start < audio.getNumSamples(); start += partLength)
        {
            automate();
            juce::AudioBuffer<float> part(audio.getArrayOfWritePointers(), audio.getNumChannels(), start,
                                          std::min(partLength, audio.getNumSamples() - start));
            processor.processBlock(part, midi);
        }
    }

    void play(juce::AudioBuffer<float>& audio) { processor.processBlock(audio, midi); }

private:
    TonewrightProcessor& processor;
    juce::MidiBuffer midi;
    int stepNumber = 0;
};

/// The factory presets, one after the other, for ever.
class PresetRound
{
public:
    const Preset& next() { return factoryPresets()[place++ % factoryPresets().size()]; }

private:
    std::size_t place = 0;
};

} // namespace tonewright::plugin
