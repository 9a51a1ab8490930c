#include "Boards.h"

#include <algorithm>

namespace tonewright::test
{
namespace
{
std::size_t placeOf(const Preset& preset, StageId stage)
{
    const auto& order = preset.parameters.order;
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), stage) - order.begin());
}

struct Moved
{
    const char* prompt;
    StageId first;
    StageId second;
};

// docs/user-guide.md: the order of the stages follows words.
TEST(Placing, MovesAStageAndNothingElse)
{
    const auto before = fullTone();
    for (const auto& [prompt, first, second] : {
             Moved{"put the delay before the amp", StageId::delay, StageId::amp},
             Moved{"move the reverb in front of the amp please", StageId::reverb, StageId::amp},
             Moved{"chorus ahead of the cab", StageId::modulation, StageId::cabinet},
             Moved{"the reverb before the delay", StageId::reverb, StageId::delay},
             Moved{"put the delay after the reverb", StageId::reverb, StageId::delay},
             Moved{"compressor behind the amp", StageId::amp, StageId::compressor},
             Moved{"swap delay and reverb", StageId::reverb, StageId::delay},
             Moved{"put delay and reverb before the amp", StageId::reverb, StageId::amp},
             Moved{"put delay and reverb before the amp", StageId::delay, StageId::reverb},
             Moved{"swap the order of the delay and the reverb", StageId::reverb, StageId::delay},
             Moved{"flip the order of delay and reverb", StageId::reverb, StageId::delay},
             Moved{"pon el delay antes del ampli", StageId::delay, StageId::amp},
             Moved{"das Delay vor den Verstärker", StageId::delay, StageId::amp},
         })
    {
        const auto after = changed(before, prompt);
        EXPECT_LT(placeOf(after, first), placeOf(after, second)) << prompt;
        EXPECT_TRUE(differences(before, after).empty())
            << prompt << testing::PrintToString(differences(before, after));
        EXPECT_EQ(after.parameters.order.back(), StageId::output) << prompt;
        EXPECT_NE(after.explanation.find(" stands "), std::string::npos) << after.explanation;
        EXPECT_EQ(changed(after, prompt).parameters == after.parameters,
                  std::string(prompt).find("order") == std::string::npos &&
                      std::string(prompt).find("swap") == std::string::npos)
            << prompt;
    }
}

TEST(Placing, StandsInANewToneToo)
{
    const auto preset = made("shoegaze, reverb in front of the fuzz");
    EXPECT_TRUE(preset.parameters.isOn("reverb.enabled"_p));
    EXPECT_TRUE(preset.parameters.isOn("drive.enabled"_p));
    EXPECT_LT(placeOf(preset, StageId::reverb), placeOf(preset, StageId::drive));
}

TEST(Placing, LeavesTheOrderAloneWhereNoStageIsMeant)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"as before but brighter", "no delay before the solo", "less delay after the verse", "more reverb",
          "brighter after that", "don't put the delay before the amp",
          "I don't want the reverb before the amp", "never put the reverb before the distortion",
          "put the mic in front of the amp", "less delay before the amp",
          "der Hall vor dem Delay ist zu laut"})
        EXPECT_EQ(changed(before, prompt).parameters.order, before.parameters.order) << prompt;
}

TEST(Placing, LetsTheLastWordCount)
{
    const auto before = changed(fullTone(), "put the delay before the amp to make it dirtier");
    ASSERT_LT(placeOf(before, StageId::delay), placeOf(before, StageId::amp));
    const auto after = changed(before, "delay before the amp, then delay after the amp");
    EXPECT_GT(placeOf(after, StageId::delay), placeOf(after, StageId::amp));
    std::string often;
    for (int time = 0; time < 600; ++time)
        often += "delay before amp, ";
    EXPECT_LT(changed(before, often).explanation.size(), 1000u);
}
} // namespace
} // namespace tonewright::test
