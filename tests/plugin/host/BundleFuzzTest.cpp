#include "HostedPlugin.h"
#include "plugin/JuceEnvironment.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numbers>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tonewright::test
{
namespace
{
/// What pluginval and clap-validator do to a plugin, on the built bundles.
class BundleFuzz : public testing::TestWithParam<Format>
{
protected:
    void SetUp() override
    {
        plugin = load(GetParam());
        ASSERT_NE(plugin, nullptr);
    }

    /// One block of noise; the output must be finite.
    void playNoise(int frames)
    {
        juce::AudioBuffer<float> audio(2, frames);
        std::uniform_real_distribution<float> noise(-1.0f, 1.0f);
        for (int channel = 0; channel < 2; ++channel)
            for (int frame = 0; frame < frames; ++frame)
                audio.setSample(channel, frame, noise(random));
        plugin->processBlock(audio, midi);
        for (int channel = 0; channel < 2; ++channel)
            for (int frame = 0; frame < frames; ++frame)
                ASSERT_TRUE(std::isfinite(audio.getSample(channel, frame)));
    }

    float position() { return std::uniform_real_distribution<float>(0.0f, 1.0f)(random); }

    std::unique_ptr<juce::AudioPluginInstance> plugin;
    juce::MidiBuffer midi;
    std::mt19937_64 random = randomGenerator(41);
};

TEST_P(BundleFuzz, TakesBlocksOfAnyLengthInAnyOrderH1)
{
    plugin->releaseResources();
    plugin->setRateAndBufferSizeDetails(48'000, 512);
    plugin->prepareToPlay(48'000, 512);
    for (int block = 0; block < 300 && !HasFatalFailure(); ++block)
        playNoise(std::uniform_int_distribution<int>(1, 512)(random));
}

TEST_P(BundleFuzz, TakesAnySampleRateH1)
{
    for (const double rate :
         {8'000.0, 11'025.0, 22'050.0, 44'100.0, 44'099.7, 96'000.0, 176'400.0, 192'000.0})
    {
        SCOPED_TRACE(rate);
        plugin->releaseResources();
        plugin->setRateAndBufferSizeDetails(rate, 64);
        plugin->prepareToPlay(rate, 64);
        for (int block = 0; block < 20 && !HasFatalFailure(); ++block)
            playNoise(64);
    }
}

// Permutations of all parameters, at random places and at the ends of their ranges, five blocks each.
TEST_P(BundleFuzz, TakesAnyParametersH1)
{
    for (int permutation = 0; permutation < 50; ++permutation)
    {
        const bool isAtTheEnds = permutation % 2 == 1;
        for (auto* parameter : plugin->getParameters())
            parameter->setValueNotifyingHost(isAtTheEnds ? std::round(position()) : position());
        for (int block = 0; block < 5 && !HasFatalFailure(); ++block)
            playNoise(64);
    }
}

// A value's text, read back, is that value; to the precision of the text.
TEST_P(BundleFuzz, TextsOfValuesReadBackH1)
{
    // JUCE's hosting class for LV2 makes its own texts, of the normalised number.
    if (GetParam() == Format::lv2)
        GTEST_SKIP() << "JUCE's hosting class for LV2 does not ask the plugin for texts.";
    for (auto* parameter : plugin->getParameters())
        for (const float place : {0.0f, 0.13f, 0.25f, 0.5f, 0.77f, 1.0f})
        {
            const auto text = parameter->getText(place, 100);
            const float read = parameter->getValueForText(text);
            EXPECT_EQ(parameter->getText(read, 100), text)
                << parameter->getName(100) << " at " << place << " reads back as " << read;
        }
}

TEST_P(BundleFuzz, AStateIsByteForByteTheSameWhenSavedAgainH1)
{
    for (int round = 0; round < 10; ++round)
    {
        const auto saved = stateOf(*plugin);
        EXPECT_EQ(stateOf(*plugin), saved);
        plugin->setStateInformation(saved.getData(), static_cast<int>(saved.getSize()));
        EXPECT_EQ(stateOf(*plugin), saved);
        for (auto* parameter : plugin->getParameters())
            parameter->setValueNotifyingHost(position());
        playNoise(64);
    }
}

/// Where in a saved state the plugin's own bytes are: everywhere, or in LV2 between the quotes of the longest
/// string in the host's Turtle. (Turtle itself that is cut off can crash the library that reads it, not us.)
std::pair<std::size_t, std::size_t> ownPart(const juce::MemoryBlock& saved, Format format)
{
    if (format != Format::lv2)
        return {0, saved.getSize()};
    const std::string_view text(static_cast<const char*>(saved.getData()), saved.getSize());
    std::pair<std::size_t, std::size_t> longest{0, 0};
    for (std::size_t start = 0; start < text.size();)
    {
        const auto end = std::min(text.find('"', start), text.size());
        if (end - start > longest.second)
            longest = {start, end - start};
        start = end + 1;
    }
    return longest;
}

// A cut-off state, at every length: it may be refused, but it does no harm.
TEST_P(BundleFuzz, TakesStatesCutOffAnywhereH1)
{
    const auto saved = stateOf(*plugin);
    const auto [start, length] = ownPart(saved, GetParam());
    ASSERT_GT(length, 1000u);
    const auto step = std::max<std::size_t>(1, length / 200);
    for (std::size_t size = 0; size < length; size += step)
    {
        auto cut = saved;
        cut.removeSection(start + size, length - size);
        plugin->setStateInformation(cut.getData(), static_cast<int>(cut.getSize()));
    }
    playNoise(64);
    plugin->setStateInformation(saved.getData(), static_cast<int>(saved.getSize()));
    EXPECT_EQ(stateOf(*plugin), saved);
}

// H4: a host restores projects on a thread of its own while it plays and the editor is open.
TEST_P(BundleFuzz, RestoresOnAnotherThreadWhilePlayingWithTheEditorOpenH4)
{
    std::unique_ptr<juce::AudioProcessorEditor> editor;
    if (std::getenv("DISPLAY") != nullptr)
    {
        surviveMissingWindowManager();
        editor.reset(plugin->createEditorIfNeeded());
        ASSERT_NE(editor, nullptr);
        editor->addToDesktop(0);
        editor->setVisible(true);
    }
    const auto usual = stateOf(*plugin);
    for (auto* parameter : plugin->getParameters())
        parameter->setValueNotifyingHost(position());
    const auto other = stateOf(*plugin);
    std::atomic<bool> isDone{false};
    std::atomic<int> restored{0};
    std::atomic<int> ended{0};
    std::thread host(
        [&]
        {
            for (int round = 0; !isDone.load(); ++round, ++restored)
            {
                const auto& state = round % 2 == 0 ? usual : other;
                plugin->setStateInformation(state.getData(), static_cast<int>(state.getSize()));
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            ++ended;
        });
    std::thread audio(
        [&]
        {
            while (!isDone.load())
                renderTone(*plugin, 4);
            ++ended;
        });
    EXPECT_TRUE(deliverMessagesUntil([&] { return restored.load() > 20; }));
    isDone.store(true);
    // Either thread may still wait for this one, which is JUCE's message thread.
    EXPECT_TRUE(deliverMessagesUntil([&] { return ended.load() == 2; }));
    host.join();
    audio.join();
    // JUCE's hosting component posts calls to itself (juce_linux_XEmbedComponent.cpp, ConfigureNotify).
    EXPECT_TRUE(deliverWaitingMessages());
}

// H5: rendering faster than real time gives the same samples.
TEST_P(BundleFuzz, RendersOfflineWhatItPlaysH5)
{
    const auto render = [this](bool isOffline)
    {
        plugin->releaseResources();
        plugin->setNonRealtime(isOffline);
        plugin->prepareToPlay(48'000, 64);
        std::vector<float> samples;
        juce::AudioBuffer<float> audio(2, 64);
        for (int block = 0; block < 100; ++block)
        {
            for (int frame = 0; frame < 64; ++frame)
                for (int channel = 0; channel < 2; ++channel)
                    audio.setSample(channel, frame,
                                    static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * 220 *
                                                                      (block * 64 + frame) / 48'000)));
            plugin->processBlock(audio, midi);
            for (int channel = 0; channel < 2; ++channel)
                samples.insert(samples.end(), audio.getReadPointer(channel),
                               audio.getReadPointer(channel) + 64);
        }
        return samples;
    };
    const auto live = render(false);
    EXPECT_EQ(render(true), live);
}

INSTANTIATE_TEST_SUITE_P(Formats, BundleFuzz, testing::Values(Format::vst3, Format::lv2),
                         [](const auto& format) { return format.param == Format::vst3 ? "Vst3" : "Lv2"; });

} // namespace
} // namespace tonewright::test
