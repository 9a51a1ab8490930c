#include "HostedPlugin.h"
#include "plugin/JuceEnvironment.h"
#include "support/Random.h"
#include "tone/ParameterTable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <thread>

namespace tonewright::test
{
namespace
{
std::ptrdiff_t threadCount()
{
    using Folder = std::filesystem::directory_iterator;
    return std::distance(Folder("/proc/self/task"), Folder());
}

/// Somewhere on the knob; for a switch or a choice, one of its places.
float randomPosition(const juce::AudioProcessorParameter& parameter, std::mt19937_64& random)
{
    const float position = std::uniform_real_distribution<float>(0.0f, 1.0f)(random);
    if (!parameter.isDiscrete() && !parameter.isBoolean())
        return position;
    const auto last = static_cast<float>(std::max(parameter.getNumSteps() - 1, 1));
    return std::round(position * last) / last;
}

/// A host's window around a plugin's editor.
class HostWindow final : public juce::DocumentWindow
{
public:
    explicit HostWindow(juce::Component& editor)
        : juce::DocumentWindow("Tonewright in a host", juce::Colours::black,
                               juce::DocumentWindow::closeButton)
    {
        setContentNonOwned(&editor, true);
        setVisible(true);
    }
};

class Bundle : public testing::TestWithParam<Format>
{
};

TEST_P(Bundle, TellsHostsWhatItIs)
{
    const auto description = describe(GetParam());
    EXPECT_EQ(description.name, "Tonewright");
    EXPECT_EQ(description.manufacturerName, "Tonewright");
    EXPECT_FALSE(description.isInstrument);
    EXPECT_EQ(description.numInputChannels, 2);
    EXPECT_EQ(description.numOutputChannels, 2);
    EXPECT_TRUE(description.category.contains("Distortion")) << description.category;
}

TEST_P(Bundle, OffersEveryParameterWithUnitAndText)
{
    const auto plugin = load(GetParam());
    ASSERT_NE(plugin, nullptr);
    EXPECT_EQ(plugin->getParameters().size(), static_cast<int>(parameterCount) + 1); // and the bypass
    EXPECT_NE(plugin->getBypassParameter(), nullptr);
    for (auto* parameter : plugin->getParameters())
    {
        EXPECT_FALSE(parameter->getName(100).isEmpty());
        EXPECT_FALSE(parameter->getText(0.5f, 100).isEmpty()) << parameter->getName(100);
        EXPECT_NEAR(parameter->getValue(), parameter->getDefaultValue(), 1e-5f) << parameter->getName(100);
    }
    // JUCE's hosting class for LV2 shows neither units nor the names of choices; check-lv2.sh looks after
    // those.
    if (GetParam() == Format::lv2)
        return;
    EXPECT_EQ(parameterNamed(*plugin, "Delay Time").getLabel(), "ms");
    EXPECT_EQ(parameterNamed(*plugin, "Amp Model").getText(0.0f, 100), "American Clean");
}

TEST_P(Bundle, PlaysAndFollowsItsParameters)
{
    const auto plugin = load(GetParam());
    ASSERT_NE(plugin, nullptr);
    EXPECT_EQ(plugin->getLatencySamples(), 0);
    const float usual = renderTone(*plugin, 400);
    EXPECT_GT(usual, 0.01f);
    parameterNamed(*plugin, "Output Level").setValueNotifyingHost(0.0f);
    const float quiet = renderTone(*plugin, 400);
    EXPECT_LT(quiet, usual * 0.1f);
    plugin->getBypassParameter()->setValueNotifyingHost(1.0f);
    EXPECT_NEAR(renderTone(*plugin, 400), 0.3f, 0.01f);
}

TEST_P(Bundle, RestoresItsStateBitForBit)
{
    auto random = randomGenerator(31);
    for (int round = 0; round < 5; ++round)
    {
        const auto first = load(GetParam());
        ASSERT_NE(first, nullptr);
        for (auto* parameter : first->getParameters())
            if (parameter != first->getBypassParameter())
                parameter->setValueNotifyingHost(randomPosition(*parameter, random));
        renderTone(*first, 4);
        const auto saved = stateOf(*first);
        const auto second = load(GetParam());
        second->setStateInformation(saved.getData(), static_cast<int>(saved.getSize()));
        EXPECT_EQ(stateOf(*second), saved) << "before the first block";
        renderTone(*second, 4);
        EXPECT_EQ(stateOf(*second), saved) << "after the host has sent its parameters";
        for (int index = 0; index < first->getParameters().size(); ++index)
            EXPECT_NEAR(second->getParameters()[index]->getValue(), first->getParameters()[index]->getValue(),
                        1e-5f)
                << first->getParameters()[index]->getName(100);
    }
}

TEST_P(Bundle, SurvivesStatesThatAreNone)
{
    const auto plugin = load(GetParam());
    ASSERT_NE(plugin, nullptr);
    auto random = randomGenerator(32);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{100}, std::size_t{1} << 20})
    {
        std::string noise(size, ' ');
        for (auto& byte : noise)
            byte = static_cast<char>(random());
        plugin->setStateInformation(noise.data(), static_cast<int>(noise.size()));
        EXPECT_GT(renderTone(*plugin, 400), 0.01f);
    }
}

TEST_P(Bundle, IsMadeAndDestroyedAtOnceManyTimesAndLeavesNoThread)
{
    load(GetParam()).reset();
    const auto before = threadCount();
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < 50; ++round)
        load(GetParam()).reset();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::cout << 1000 * taken.count() / 50 << " ms to scan, load, prepare and destroy\n";
    EXPECT_LE(threadCount(), before);
}

TEST_P(Bundle, PlaysInSeveralInstancesAtOnce)
{
    std::vector<std::unique_ptr<juce::AudioPluginInstance>> plugins;
    for (int count = 0; count < 3; ++count)
        plugins.push_back(load(GetParam()));
    std::vector<std::thread> threads;
    std::vector<float> peaks(plugins.size());
    for (std::size_t index = 0; index < plugins.size(); ++index)
        threads.emplace_back([&, index] { peaks[index] = renderTone(*plugins[index], 200); });
    for (auto& thread : threads)
        thread.join();
    for (const float peak : peaks)
        EXPECT_EQ(peak, peaks.front());
}

// The LV2's: Lv2ModuleTest.cpp.
TEST(Vst3Bundle, OpensAndClosesItsEditorWhilePlaying)
{
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "There is no display.";
    surviveMissingWindowManager();
    const auto plugin = load(Format::vst3);
    ASSERT_NE(plugin, nullptr);
    for (int round = 0; round < 2; ++round)
    {
        std::unique_ptr<juce::AudioProcessorEditor> editor(plugin->createEditorIfNeeded());
        ASSERT_NE(editor, nullptr);
        HostWindow window(*editor);
        EXPECT_GT(editor->getWidth(), 100);
        EXPECT_GT(editor->getHeight(), 100);
        for (int step = 0; step < 10; ++step)
        {
            parameterNamed(*plugin, "Amp Gain").setValueNotifyingHost(static_cast<float>(step) / 10.0f);
            renderTone(*plugin, 4);
            deliverMessagesUntil([] { return false; }, std::chrono::milliseconds(20));
        }
        if (editor->isResizable())
            editor->setSize(editor->getWidth() + 60, editor->getHeight() + 40);
        deliverMessagesUntil([] { return false; }, std::chrono::milliseconds(100));
    }
}

TEST(Vst3Bundle, TakesAMonoGuitar)
{
    const auto plugin = load(Format::vst3);
    ASSERT_NE(plugin, nullptr);
    plugin->releaseResources();
    juce::AudioProcessor::BusesLayout layout;
    layout.inputBuses.add(juce::AudioChannelSet::mono());
    layout.outputBuses.add(juce::AudioChannelSet::stereo());
    ASSERT_TRUE(plugin->setBusesLayout(layout));
    plugin->prepareToPlay(48'000, 64);
    EXPECT_EQ(plugin->getTotalNumInputChannels(), 1);
    EXPECT_GT(renderTone(*plugin, 400), 0.01f);
}

INSTANTIATE_TEST_SUITE_P(Formats, Bundle, testing::Values(Format::vst3, Format::lv2),
                         [](const auto& format) { return format.param == Format::vst3 ? "Vst3" : "Lv2"; });

} // namespace
} // namespace tonewright::test
