#include "generation/Audition.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tonewright
{
namespace
{

TEST(FactoryPresets, areSoundAndPlayAsLoudAsTheAuditionWouldMakeThem)
{
    for (auto preset : factoryPresets())
    {
        const auto stored = preset.parameters["output.level"_p];
        const auto report = audition(preset);
        EXPECT_TRUE(report.isSound) << preset.name;
        EXPECT_NEAR(stored, preset.parameters["output.level"_p], 1.0f)
            << preset.name << ": the second figure is the level to put into its file";
    }
}

} // namespace
} // namespace tonewright
