#include "Lv2Module.h"

#include "plugin/JuceEnvironment.h"
#include "support/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

namespace tonewright::test
{
namespace
{
using std::chrono::milliseconds;

TEST(Lv2Module, PlaysAndFollowsItsParameters)
{
    Lv2Module plugin(TONEWRIGHT_LV2_LIBRARY, 48'000, 64);
    const float usual = plugin.play(400);
    EXPECT_GT(usual, 0.01f);
    plugin.set("output_level", -60.0f);
    EXPECT_LT(plugin.play(400), usual * 0.1f);
}

TEST(Lv2Module, OpensAndClosesItsEditorWhilePlaying)
{
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "There is no display.";
    surviveMissingWindowManager();
    Lv2Module plugin(TONEWRIGHT_LV2_LIBRARY, 48'000, 64);
    for (int round = 0; round < 3; ++round)
    {
        ASSERT_TRUE(plugin.openEditor());
        const auto [width, height] = plugin.editorSize();
        EXPECT_GT(width, 100);
        EXPECT_GT(height, 100);
        for (int step = 0; step < 10; ++step)
        {
            plugin.set("amp_gain", static_cast<float>(step));
            plugin.play(4);
            plugin.idle(milliseconds(20));
        }
        plugin.resizeEditor(width + 60, height + 40);
        plugin.idle(milliseconds(100));
        EXPECT_EQ(plugin.editorSize(), std::pair(width + 60, height + 40));
        plugin.closeEditor();
        plugin.play(4);
    }
}

// Where two copies are installed, hosts built on JUCE mix their bundles.
TEST(Lv2Module, RefusesAnEditorForAnotherCopysInstanceAndOutlivesItsCalls)
{
    const TemporaryFolder folder;
    const auto copied = folder.path() / "libTonewright.so";
    std::filesystem::copy_file(TONEWRIGHT_LV2_LIBRARY, copied);
    Lv2Module plugin(TONEWRIGHT_LV2_LIBRARY, 48'000, 64);
    Lv2Module copy(copied.string(), 48'000, 64);
    EXPECT_FALSE(copy.getsEditorFor(plugin));
    EXPECT_FALSE(plugin.getsEditorFor(copy));
    if (std::getenv("DISPLAY") == nullptr)
        return;
    surviveMissingWindowManager();
    EXPECT_TRUE(copy.openEditor());
    EXPECT_TRUE(plugin.openEditor());
    plugin.idle(milliseconds(50));
    copy.idle(milliseconds(50));
}

// The plugin's message thread starts again when its editor closes; MessageCallsTest.cpp tries what may happen
// then.
TEST(Lv2Module, GoesRightAfterItsEditor)
{
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "There is no display.";
    surviveMissingWindowManager();
    for (int round = 0; round < 8; ++round)
    {
        Lv2Module plugin(TONEWRIGHT_LV2_LIBRARY, 48'000, 64);
        ASSERT_TRUE(plugin.openEditor());
        plugin.idle(milliseconds(10 * round));
    }
}

// JUCE's message thread comes with the first instance and goes with the last.
TEST(Lv2Module, ManyThreadsMakeAndDestroyInstances)
{
    std::vector<std::thread> hosts;
    for (int thread = 0; thread < 4; ++thread)
        hosts.emplace_back(
            []
            {
                for (int round = 0; round < 20; ++round)
                    Lv2Module(TONEWRIGHT_LV2_LIBRARY, 48'000, 64);
            });
    for (auto& host : hosts)
        host.join();
}

} // namespace
} // namespace tonewright::test
