#include "GoldenFigures.h"
#include "dsp/Riff.h"
#include "support/Sanitizers.h"
#include "tone/Files.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace tonewright::dsp::test
{
namespace
{
const std::filesystem::path goldenFile = TONEWRIGHT_SOURCE_DIR "/tests/dsp/golden.txt";

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

GoldenTable oneLine(double brightness, double air)
{
    GoldenLine line{-18, -4, 12, brightness};
    line[12] = air;
    return {{"Velvet Lounge", line}};
}
} // namespace

TEST(Golden, everyFactoryPresetSoundsAsWrittenDown)
{
    if (tonewright::test::isSanitized)
        GTEST_SKIP() << "sounds are compared in builds without a sanitizer";
    constexpr double rate = 48000;
    const auto riff = synthesiseRiff(RiffStyle::chords, 3, rate);
    GoldenTable now;
    for (const auto& preset : factoryPresets())
        now[preset.name] = measureGolden(preset.parameters, riff, rate);
    const auto golden = goldenFromText(contentOf(goldenFile));
    const auto moved = whatMoved(golden, now);
    if (std::getenv("TONEWRIGHT_WRITE_GOLDEN") != nullptr) // scripts/golden.sh
    {
        for (const auto& sentence : moved)
            std::cout << sentence << '\n';
        std::cout << moved.size() << " figures moved.\n";
        ASSERT_TRUE(static_cast<bool>(writeFileAtomically(goldenFile, goldenText(now))));
        return;
    }
    for (const auto& sentence : moved)
        ADD_FAILURE() << sentence;
    EXPECT_TRUE(moved.empty()) << "If this is meant, run scripts/golden.sh and commit tests/dsp/golden.txt.";
}

TEST(Golden, reportNamesPresetFigureAndBothValues)
{
    EXPECT_EQ(whatMoved(oneLine(14.2, -30), oneLine(14.25, -30)), std::vector<std::string>{});
    EXPECT_EQ(whatMoved(oneLine(14.2, -30), oneLine(14.9, -30)),
              std::vector<std::string>{"Velvet Lounge: brightness 14.20 -> 14.90 ERB"});
    EXPECT_EQ(whatMoved(oneLine(14.2, -80), oneLine(14.2, -76)), std::vector<std::string>{});
    EXPECT_EQ(whatMoved({}, oneLine(14, -30)), std::vector<std::string>{"Velvet Lounge: is new"});
    EXPECT_EQ(whatMoved(oneLine(14, -30), {}), std::vector<std::string>{"Velvet Lounge: is gone"});
}

TEST(Golden, textIsReadAsItWasWritten)
{
    const auto table = oneLine(14.25, -30.5);
    EXPECT_EQ(goldenFromText(goldenText(table)), table);
    EXPECT_EQ(whatMoved(goldenFromText("Velvet Lounge | 1 2\n"), oneLine(14, -30)).size(),
              goldenFigures.size());
}

} // namespace tonewright::dsp::test
