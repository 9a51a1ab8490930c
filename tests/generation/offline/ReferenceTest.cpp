#include "Boards.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct BackReference
{
    const char* prompt;
    const char* parameter;
    int direction;
};

TEST(Reference, ToWhatWasSaidToStayMovesItAndNothingElse)
{
    const auto before = fullTone();
    for (const auto& [prompt, id, direction] :
         {BackReference{"I love the reverb, give me more", "reverb.mix", 1},
          BackReference{"keep the reverb but less of it", "reverb.mix", -1},
          BackReference{"the delay is nice, could use a bit more", "delay.mix", 1},
          BackReference{"the chorus is great but there's too much of it", "modulation.mix", -1},
          BackReference{"I like the delay, just make it quieter", "delay.mix", -1},
          BackReference{"I like the delay, but it's too loud", "delay.mix", -1},
          BackReference{"keep the reverb and turn it up", "reverb.mix", 1},
          BackReference{"I like the gain, just a bit less", "amp.gain", -1},
          BackReference{"keep the delay but not so much of it", "delay.mix", -1},
          BackReference{"the reverb is fine, half of that", "reverb.mix", -1}})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto after = changed(before, prompt);
        const auto parameter = *findParameter(id);
        const float moved = after.parameters[parameter] - before.parameters[parameter];
        EXPECT_GT(moved * static_cast<float>(direction), 0) << prompt << " moved by " << moved;
        EXPECT_EQ(differences(before, after), std::set<std::string>{id}) << prompt;
    }
}

TEST(Reference, IsNoneWhereTheClauseNamesAThingOfItsOwn)
{
    const auto before = fullTone();
    EXPECT_EQ(differences(before, changed(before, "keep the delay, more gain")),
              std::set<std::string>{"amp.gain"});
    EXPECT_EQ(differences(before, changed(before, "I like the reverb, but everything louder")),
              std::set<std::string>{"output.level"});
    EXPECT_EQ(differences(before, changed(before, "I love the tone, just make it quieter")),
              std::set<std::string>{"output.level"});
}

TEST(Reference, WhatStaysAndWhatGoes)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"the chorus stays, the delay goes", "the delay goes, the chorus stays",
          "keep the chorus, the delay has to go", "der Chorus bleibt, das Delay fliegt raus",
          "el chorus se queda, el delay se va"})
        EXPECT_EQ(differences(before, changed(before, prompt)), std::set<std::string>{"delay.enabled"})
            << prompt;
    EXPECT_TRUE(differences(before, changed(before, "the chorus goes into the delay")).empty());
}

TEST(Amount, OfLittleSetsLittleAndKeepsTheType)
{
    auto before = fullTone();
    before.parameters["reverb.mix"_p] = 45;
    for (const char* prompt : {"wenig Hall", "nur wenig Hall", "kaum Hall", "etwas Hall", "ein bisschen Hall",
                               "poca reverb", "muy poca reverb", "リバーブ少なめ", "リバーブは少しだけ",
                               "not much reverb", "very little reverb", "a touch of reverb"})
    {
        const auto after = changed(before, prompt);
        EXPECT_EQ(differences(before, after), std::set<std::string>{"reverb.mix"}) << prompt;
        EXPECT_LT(after.parameters["reverb.mix"_p], 25) << prompt;
        EXPECT_GT(after.parameters["reverb.mix"_p], 3) << prompt;
    }
    before.parameters["reverb.mix"_p] = 5;
    for (const char* prompt : {"wenig Hall", "not much reverb", "poca reverb", "リバーブ少なめ"})
        EXPECT_EQ(changed(before, prompt).parameters, before.parameters) << prompt;
}

TEST(Amount, AHomographIsReadInTheLanguageOfTheSmallWords)
{
    const auto before = fullTone(); // with a plate
    const auto type = [&](const char* prompt)
    { return changed(before, prompt).parameters["reverb.type"_p] == before.parameters["reverb.type"_p]; };
    EXPECT_TRUE(type("mit viel Hall"));
    EXPECT_TRUE(type("mehr Hall"));
    EXPECT_FALSE(type("a big hall"));
    EXPECT_FALSE(type("with hall"));
}
} // namespace
} // namespace tonewright::test
