#include "Boards.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct Complaint
{
    const char* prompt;
    const char* parameter;
    int direction;
    std::set<std::string> mayMove;
};

TEST(Complaint, AboutTheCurrentSoundIsCuredAndNothingElseMoves)
{
    const auto before = fullTone();
    for (const auto& [prompt, id, direction, mayMove] : {
             Complaint{"the low end is flubby", "amp.bass", -1, {"amp.resonance"}},
             Complaint{"the reverb is drowning everything", "reverb.mix", -1, {}},
             Complaint{"the guitar is noisy", "gate.threshold", 1, {}},
             Complaint{"it sounds dull",
                       "amp.treble",
                       1,
                       {"amp.presence", "equaliser.high_gain", "equaliser.high_mid_gain"}},
             Complaint{"the highs hurt",
                       "amp.treble",
                       -1,
                       {"amp.presence", "equaliser.high_gain", "equaliser.high_mid_gain"}},
             Complaint{"the bass is too loud", "amp.bass", -1, {}},
             Complaint{"the mids are too weak", "amp.mid", 1, {}},
             Complaint{"the bass isn't loud enough", "amp.bass", 1, {}},
             Complaint{"the delay is too quiet", "delay.mix", 1, {}},
             Complaint{"I can't hear the delay", "delay.mix", 1, {}},
             Complaint{"the delay gets lost", "delay.mix", 1, {}},
             Complaint{"the chorus is seasick", "modulation.mix", -1, {}},
             Complaint{"the reverb is dark", "reverb.tone", 1, {}},
             Complaint{"the tone is thin", "amp.bass", 1, {"equaliser.low_mid_gain"}},
             Complaint{"everything sounds muddy", "equaliser.low_mid_gain", -1, {"amp.bass"}},
             Complaint{"it's not bright enough",
                       "amp.treble",
                       1,
                       {"amp.presence", "equaliser.high_gain", "equaliser.high_mid_gain"}},
             Complaint{"it's too bright and a bit thin",
                       "amp.bass",
                       1,
                       {"amp.treble", "amp.presence", "equaliser.high_gain", "equaliser.high_mid_gain",
                        "equaliser.low_gain", "equaliser.low_mid_gain"}},
             Complaint{"der Hall nervt", "reverb.mix", -1, {}},
             Complaint{"el delay molesta", "delay.mix", -1, {}},
         })
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto after = changed(before, prompt);
        const auto parameter = *findParameter(id);
        const float moved = after.parameters[parameter] - before.parameters[parameter];
        EXPECT_GT(moved * static_cast<float>(direction), 0) << prompt << " moved by " << moved;
        auto others = differences(before, after);
        others.erase(id);
        others.erase("equaliser.enabled");
        for (const auto& allowed : mayMove)
            others.erase(allowed);
        EXPECT_TRUE(others.empty()) << prompt << " also moved " << testing::PrintToString(others);
    }
}

TEST(Complaint, PraiseChangesNothing)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"it sounds warm", "the highs are smooth", "the reverb is lush", "nothing is too loud",
          "the bass is not too loud", "reverb isn't too much", "the reverb is not too long",
          "it's not too bright", "it isn't harsh", "the delay isn't too loud", "the highs aren't too sharp",
          "der Bass ist nicht zu laut", "der Hall ist nicht zu viel", "el delay no es demasiado fuerte",
          "it doesn't sound muddy", "nothing's too harsh", "the mids are not too weak"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        EXPECT_EQ(changed(before, prompt).parameters, before.parameters) << prompt;
    }
}

TEST(Complaint, WhatIsMissedComes)
{
    const auto before = fullTone();
    EXPECT_GT(changed(before, "it isn't warm").parameters["amp.bass"_p], before.parameters["amp.bass"_p]);
    EXPECT_GT(changed(before, "it's not heavy").parameters["amp.gain"_p], before.parameters["amp.gain"_p]);
    EXPECT_LT(changed(before, "make it not too bright").parameters["amp.treble"_p],
              before.parameters["amp.treble"_p]);
    EXPECT_LT(changed(before, "the reverb is too much").parameters["reverb.mix"_p],
              before.parameters["reverb.mix"_p]);
}

TEST(Complaint, DescribesTheToneWhereThereIsNone)
{
    EXPECT_LT(made("the tone is dark and clean").parameters["amp.treble"_p],
              made("clean").parameters["amp.treble"_p]);
    EXPECT_TRUE(made("clean, the reverb is huge").parameters.isOn("reverb.enabled"_p));
    EXPECT_FALSE(isEdit(fullTone(), "a clean tone that is thin and dark"));
}
} // namespace
} // namespace tonewright::test
