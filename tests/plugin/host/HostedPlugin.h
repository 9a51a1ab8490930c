#pragma once

#include <juce_audio_processors/juce_audio_processors.h>

#include <memory>
#include <string>

namespace tonewright::test
{

/// The two formats a host loads.
enum class Format
{
    vst3,
    lv2
};

/// What a host finds when it looks into the bundle that was just built.
juce::PluginDescription describe(Format format);

/// The built bundle, loaded by JUCE's hosting classes; fails the test and returns null when it does not load.
std::unique_ptr<juce::AudioPluginInstance> load(Format format, double sampleRate = 48'000, int frames = 64);

/// The parameter of that name (as hosts show it), which must exist.
juce::AudioProcessorParameter& parameterNamed(juce::AudioPluginInstance& plugin, const std::string& name);

/// Renders `blocks` blocks of a 220 Hz tone and returns the loudest output sample of the last one; the output
/// must be finite.
float renderTone(juce::AudioPluginInstance& plugin, int blocks, int frames = 64);

juce::MemoryBlock stateOf(juce::AudioPluginInstance& plugin);

} // namespace tonewright::test
