#include "Boards.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
TEST(Hold, WhatIsToStayStaysAndNothingElseMoves)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"keep the gain", "the delay is fine", "don't touch the amp", "leave the reverb alone",
          "the chorus sounds great", "the bass and the mids are fine", "do not change the mids",
          "preserve the delay", "leave the tremolo as it is", "I like the reverb",
          "don't touch the amp or the reverb", "deja la reverb como está", "no toques el delay",
          "mantén la ganancia", "lass das Delay so", "behalte den Chorus", "ディレイはそのまま",
          "リバーブを変えないで"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto after = changed(before, prompt);
        EXPECT_TRUE(differences(before, after).empty())
            << prompt << " moved " << testing::PrintToString(differences(before, after));
        EXPECT_THAT(after.explanation, testing::HasSubstr("stay")) << prompt;
        EXPECT_GT(after.source.confidence, 0.5) << prompt;
    }
}

struct Held
{
    const char* prompt;
    std::set<std::string> moves;
};

TEST(Hold, TheRestOfTheSentenceApplies)
{
    const auto before = fullTone();
    for (const auto& [prompt, moves] :
         {Held{"same gain, more reverb", {"reverb.mix"}},
          Held{"the delay is fine but less reverb", {"reverb.mix"}},
          Held{"keep the gain and cut the delay", {"delay.enabled"}},
          Held{"same delay with a longer reverb", {"reverb.decay"}},
          Held{"more gain without changing the reverb", {"amp.gain"}},
          Held{"keep the reverb but make it longer", {"reverb.decay"}},
          Held{"leave the reverb alone, turn off the chorus", {"modulation.enabled"}},
          Held{"deja el delay como está y más ganancia", {"amp.gain"}},
          Held{"lass den Hall so, mehr Gain", {"amp.gain"}},
          Held{"ディレイはそのまま、もっとゲイン", {"amp.gain"}}})
        EXPECT_EQ(differences(before, changed(before, prompt)), moves) << prompt;
}

TEST(Hold, WinsOverWhatOtherWordsWouldMove)
{
    const auto before = fullTone();
    const auto after = changed(before, "heavier but keep the gain");
    EXPECT_EQ(after.parameters["amp.gain"_p], before.parameters["amp.gain"_p]);
    EXPECT_NE(after.parameters, before.parameters);
    for (const auto& id : differences(before, changed(before, "brighter, but leave the amp alone")))
        EXPECT_NE(id.substr(0, 4), "amp.");
}

TEST(Hold, KeepingAThingInAStateMakesItSo)
{
    const auto before = fullTone();
    EXPECT_LT(changed(before, "keep the gain low").parameters["amp.gain"_p], before.parameters["amp.gain"_p]);
    EXPECT_LT(changed(before, "keep the reverb short").parameters["reverb.decay"_p],
              before.parameters["reverb.decay"_p]);
    EXPECT_GT(changed(before, "keep the bass up").parameters["amp.bass"_p], before.parameters["amp.bass"_p]);
    EXPECT_LT(made("crunch, keep it dark").parameters["amp.treble"_p],
              made("crunch").parameters["amp.treble"_p]);
}
} // namespace
} // namespace tonewright::test
