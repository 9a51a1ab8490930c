#include "HostedPlugin.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numbers>
#include <optional>

namespace tonewright::test
{
namespace
{
/// The folder `levels` above a file: bundles are folders.
std::string above(std::filesystem::path file, int levels)
{
    for (; levels > 0; --levels)
        file = file.parent_path();
    return file.string();
}
const std::string vst3Bundle = above(TONEWRIGHT_VST3_LIBRARY, 3);
const std::string lv2Folder = above(TONEWRIGHT_LV2_LIBRARY, 2);
constexpr const char* lv2Uri = "https://tonewright.org/plugins/tonewright";

/// While it lives, programs find no home folder. JUCE's format looks for LV2 bundles in ~/.lv2 first, where
/// another build of the same plugin may be installed, and lilv keeps the first it finds.
class NoHome
{
public:
    NoHome()
    {
        if (const char* const home = std::getenv("HOME"))
            before = home;
        setenv("HOME", "/nonexistent", 1);
    }
    ~NoHome()
    {
        if (before)
            setenv("HOME", before->c_str(), 1);
        else
            unsetenv("HOME");
    }
    NoHome(const NoHome&) = delete;
    NoHome& operator=(const NoHome&) = delete;

private:
    std::optional<std::string> before;
};

juce::AudioPluginFormat& formatOf(Format format)
{
    // Made at the first use, when JUCE runs, and left behind at the end: plugins may outlive no format.
    static auto* const vst3 = new juce::VST3PluginFormat;
    static auto* const lv2 = []
    {
        const NoHome nothingInstalled;
        auto* made = new juce::LV2PluginFormat;
        made->searchPathsForPlugins(juce::FileSearchPath(lv2Folder), true);
        return made;
    }();
    if (format == Format::vst3)
        return *vst3;
    return *lv2;
}
} // namespace

juce::PluginDescription describe(Format format)
{
    juce::OwnedArray<juce::PluginDescription> found;
    formatOf(format).findAllTypesForFile(found, format == Format::vst3 ? vst3Bundle : std::string(lv2Uri));
    EXPECT_EQ(found.size(), 1);
    return found.isEmpty() ? juce::PluginDescription{} : *found[0];
}

std::unique_ptr<juce::AudioPluginInstance> load(Format format, double sampleRate, int frames)
{
    juce::String error;
    auto plugin = formatOf(format).createInstanceFromDescription(describe(format), sampleRate, frames, error);
    EXPECT_NE(plugin, nullptr) << error;
    if (plugin != nullptr)
    {
        plugin->setRateAndBufferSizeDetails(sampleRate, frames);
        plugin->prepareToPlay(sampleRate, frames);
    }
    return plugin;
}

juce::AudioProcessorParameter& parameterNamed(juce::AudioPluginInstance& plugin, const std::string& name)
{
    for (auto* parameter : plugin.getParameters())
        if (parameter->getName(100).toStdString() == name)
            return *parameter;
    throw std::runtime_error("no parameter is called " + name);
}

float renderTone(juce::AudioPluginInstance& plugin, int blocks, int frames)
{
    juce::AudioBuffer<float> audio(
        std::max(plugin.getTotalNumInputChannels(), plugin.getTotalNumOutputChannels()), frames);
    juce::MidiBuffer midi;
    int position = 0;
    for (int block = 0; block < blocks; ++block)
    {
        for (int frame = 0; frame < frames; ++frame, ++position)
        {
            const double phase = 2 * std::numbers::pi * 220 * position / plugin.getSampleRate();
            for (int channel = 0; channel < audio.getNumChannels(); ++channel)
                audio.setSample(channel, frame, static_cast<float>(0.3 * std::sin(phase)));
        }
        plugin.processBlock(audio, midi);
        for (int channel = 0; channel < plugin.getTotalNumOutputChannels(); ++channel)
            for (int frame = 0; frame < frames; ++frame)
                EXPECT_TRUE(std::isfinite(audio.getSample(channel, frame)));
    }
    return audio.getMagnitude(0, frames);
}

juce::MemoryBlock stateOf(juce::AudioPluginInstance& plugin)
{
    juce::MemoryBlock block;
    plugin.getStateInformation(block);
    return block;
}

} // namespace tonewright::test
