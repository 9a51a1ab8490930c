#include "Boards.h"
#include "tone/Choices.h"

namespace tonewright::test
{
namespace
{
struct Exchanged
{
    const char* prompt;
    const char* parameter;
};

TEST(Exchange, TakesAnotherKindAndNothingElse)
{
    const auto before = fullTone();
    for (const auto& [prompt, parameter] :
         {Exchanged{"try a different amp", "amp.model"}, Exchanged{"use another cabinet", "cabinet.model"},
          Exchanged{"a different reverb please", "reverb.type"}, Exchanged{"another mic", "cabinet.mic"},
          Exchanged{"give me a different delay", "delay.type"},
          Exchanged{"ein anderes Mikrofon", "cabinet.mic"}, Exchanged{"otro amplificador", "amp.model"},
          Exchanged{"change the reverb", "reverb.type"}, Exchanged{"swap the cab please", "cabinet.model"}})
        EXPECT_EQ(differences(before, changed(before, prompt)), std::set<std::string>{parameter}) << prompt;
}

TEST(Exchange, AskedForAgainAndAgainComesRound)
{
    struct Round
    {
        const char* prompt;
        ParameterIndex choice;
        std::size_t count;
    };
    const auto before = fullTone();
    for (const auto& [prompt, choice, count] :
         {Round{"a different reverb", "reverb.type"_p, infoOf("reverb.type"_p).choices.size()},
          Round{"a different amp", "amp.model"_p, infoOf("amp.model"_p).choices.size()},
          Round{"a different cabinet", "cabinet.model"_p,
                builtInCabinetCount}}) // never one that is not loaded
    {
        auto tone = before;
        std::set<float> heard;
        for (std::size_t time = 0; time < count; ++time)
        {
            tone = changed(tone, prompt);
            heard.insert(tone.parameters[choice]);
        }
        EXPECT_EQ(heard.size(), count) << prompt;
        EXPECT_EQ(tone.parameters, before.parameters) << prompt;
    }
}

TEST(Exchange, IsNoneWhereItIsRefusedOrCompared)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"no different amp", "I don't need another amp", "it sounds like a different amp",
          "don't use a different cabinet", "without a different mic", "kein anderer Hall",
          "the different reverb types sound the same"})
    {
        const auto after = changed(before, prompt);
        for (const auto choice : {"amp.model"_p, "cabinet.model"_p, "cabinet.mic"_p, "reverb.type"_p})
            EXPECT_EQ(after.parameters[choice], before.parameters[choice]) << prompt;
    }
}

TEST(Exchange, IsNoneWhereAStageIsSwitchedOrTurned)
{
    auto before = fullTone();
    for (const bool isOn : {true, false})
    {
        before.parameters["modulation.enabled"_p] = isOn ? 1 : 0;
        for (const char* prompt : {"switch the chorus on", "switch on the chorus"})
            EXPECT_TRUE(changed(before, prompt).parameters.isOn("modulation.enabled"_p)) << prompt;
        EXPECT_FALSE(changed(before, "switch the chorus off").parameters.isOn("modulation.enabled"_p));
    }
    EXPECT_GT(changed(before, "switch the delay up a bit").parameters["delay.mix"_p],
              before.parameters["delay.mix"_p]);
    for (const char* prompt :
         {"swap plate for spring", "statt der Plate Spring", "wechsle von Plate zu Spring"})
        EXPECT_EQ(changed(before, prompt).parameters.choice<ReverbType>("reverb.type"_p), ReverbType::spring)
            << prompt;
}

TEST(Exchange, LeavesToWordsWhatTheyChoose)
{
    const auto before = fullTone();
    EXPECT_EQ(differences(before, changed(before, "another 3 dB of bass")).count("cabinet.model"), 0u);
    EXPECT_TRUE(differences(before, changed(before, "a different chorus")).empty());
}
} // namespace
} // namespace tonewright::test
