#include "Lv2Module.h"

#include "plugin/JuceEnvironment.h"
#include "support/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <utility>

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
        EXPECT_GT(plugin.editorWidth(), 100);
        EXPECT_GT(plugin.editorHeight(), 100);
        for (int step = 0; step < 10; ++step)
        {
            plugin.set("amp_gain", static_cast<float>(step));
            plugin.play(4);
            plugin.idle(milliseconds(20));
        }
        const int width = plugin.editorWidth() + 60;
        const int height = plugin.editorHeight() + 40;
        plugin.resizeEditor(width, height);
        plugin.idle(milliseconds(100));
        EXPECT_EQ(std::pair(plugin.editorWidth(), plugin.editorHeight()), std::pair(width, height));
        plugin.closeEditor();
        plugin.play(4);
    }
}

// Where two copies are installed, hosts built on JUCE mix their bundles.
TEST(Lv2Module, RefusesAnEditorForAnotherCopysInstance)
{
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "There is no display.";
    surviveMissingWindowManager();
    const TemporaryFolder folder;
    const auto copied = folder.path() / "libTonewright.so";
    std::filesystem::copy_file(TONEWRIGHT_LV2_LIBRARY, copied);
    Lv2Module plugin(TONEWRIGHT_LV2_LIBRARY, 48'000, 64);
    Lv2Module copy(copied.string(), 48'000, 64);
    EXPECT_FALSE(copy.openEditorFor(plugin));
    copy.closeEditor();
    EXPECT_TRUE(copy.openEditor());
    EXPECT_TRUE(plugin.openEditor());
    plugin.idle(milliseconds(50));
    copy.idle(milliseconds(50));
}

// The plugin's message thread starts when its editor closes and may be at work when the instance goes.
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

} // namespace
} // namespace tonewright::test
