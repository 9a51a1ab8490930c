#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct Edit
{
    const char* prompt;
    const char* parameter;
    int direction;                 ///< +1 rises, -1 falls
    std::set<std::string> mayMove; ///< besides it
};

const Edit edits[] = {
    {"a bit less gain", "amp.gain", -1, {}},
    {"more gain", "amp.gain", 1, {}},
    {"more reverb", "reverb.mix", 1, {}},
    {"less reverb please", "reverb.mix", -1, {}},
    {"way too much reverb", "reverb.mix", -1, {}},
    {"without delay", "delay.enabled", -1, {}},
    {"turn the chorus off", "modulation.enabled", -1, {}},
    {"remove the compressor", "compressor.enabled", -1, {}},
    {"brighter", "amp.treble", 1, {"amp.presence", "equaliser.high_mid_gain"}},
    {"a little darker", "amp.treble", -1, {"amp.presence", "equaliser.high_mid_gain", "equaliser.high_gain"}},
    {"too bright", "amp.treble", -1, {"amp.presence", "equaliser.high_mid_gain"}},
    {"more bass", "amp.bass", 1, {}},
    {"turn up the mids", "amp.mid", 1, {}},
    {"bass down a bit", "amp.bass", -1, {}},
    {"tame the fizz", "equaliser.high_gain", -1, {"equaliser.enabled"}},
    {"too muddy", "equaliser.low_mid_gain", -1, {"equaliser.enabled", "amp.bass"}},
    {"louder", "output.level", 1, {}},
    {"quieter", "output.level", -1, {}},
    {"delay a little shorter", "delay.time", -1, {}},
    {"longer delay", "delay.time", 1, {"delay.feedback"}},
    {"the reverb is too long", "reverb.decay", -1, {}},
    {"darker reverb", "reverb.tone", -1, {}},
    {"more repeats", "delay.feedback", 1, {}},
    {"faster tremolo", "tremolo.rate", 1, {}},
    {"gain at 9", "amp.gain", 1, {}},
    {"delay 500 ms", "delay.time", 1, {}},
    {"raise the treble by 2", "amp.treble", 1, {}},
    {"turn the gain down to 3", "amp.gain", -1, {}},
    {"mehr Höhen", "amp.treble", 1, {"amp.presence", "equaliser.high_mid_gain"}},
    {"menos ganancia", "amp.gain", -1, {}},
    {"もっとリバーブ", "reverb.mix", 1, {}},
};

TEST(Edit, MovesWhatIsNamedAndNothingElse)
{
    auto before = fullTone();
    before.parameters.impulseResponse = 77;
    before.impulseResponseName = "Mine";
    for (const auto& edit : edits)
    {
        EXPECT_TRUE(isEdit(before, edit.prompt)) << edit.prompt;
        const auto after = changed(before, edit.prompt);
        const auto parameter = *findParameter(edit.parameter);
        const float moved = after.parameters[parameter] - before.parameters[parameter];
        EXPECT_GT(moved * static_cast<float>(edit.direction), 0) << edit.prompt << " moved by " << moved;
        auto others = differences(before, after);
        others.erase(edit.parameter);
        for (const auto& allowed : edit.mayMove)
            others.erase(allowed);
        EXPECT_TRUE(others.empty()) << edit.prompt << " also moved " << testing::PrintToString(others);
        EXPECT_EQ(after.name, before.name);
        EXPECT_EQ(after.parameters.order, before.parameters.order);
        EXPECT_EQ(after.parameters.impulseResponse, before.parameters.impulseResponse);
        EXPECT_EQ(after.impulseResponseName, before.impulseResponseName);
    }
}

TEST(Edit, RepeatedItStopsAtTheLimit)
{
    for (const auto& edit : edits)
    {
        auto tone = fullTone();
        const auto parameter = *findParameter(edit.parameter);
        for (int i = 0; i < 30; ++i)
        {
            const auto next = changed(tone, edit.prompt);
            const float moved = next.parameters[parameter] - tone.parameters[parameter];
            EXPECT_GE(moved * static_cast<float>(edit.direction), 0) << edit.prompt << " step " << i;
            tone = next;
        }
        auto legal = tone.parameters;
        legal.makeLegal();
        EXPECT_EQ(legal, tone.parameters) << edit.prompt;
    }
}

TEST(Edit, OppositesMeetAgain)
{
    const std::pair<const char*, const char*> pairs[] = {
        {"more gain", "less gain"},  {"brighter", "less bright"}, {"more reverb", "less reverb"},
        {"more bass", "less bass"},  {"louder", "quieter"},       {"longer reverb", "shorter reverb"},
        {"more delay", "less delay"}};
    const auto before = fullTone();
    for (const auto& [there, back] : pairs)
    {
        const auto after = changed(changed(before, there), back);
        for (std::size_t i = 0; i < parameterCount; ++i)
            EXPECT_NEAR(toNormalised(parameterTable[i], before.parameters.values[i]),
                        toNormalised(parameterTable[i], after.parameters.values[i]), 0.03)
                << there << ", " << back << ": " << parameterTable[i].id;
    }
}

TEST(Edit, GoesFurtherWithStrongerWords)
{
    const auto before = fullTone();
    const auto moved = [&](const char* prompt)
    { return before.parameters["amp.gain"_p] - changed(before, prompt).parameters["amp.gain"_p]; };
    EXPECT_LT(moved("a touch less gain"), moved("less gain"));
    EXPECT_LT(moved("less gain"), moved("much less gain"));
}

TEST(Edit, SwapsTypesAndKeepsTheRest)
{
    const auto before = fullTone();
    const auto spring = changed(before, "swap plate for spring");
    EXPECT_EQ(spring.parameters.choice<ReverbType>("reverb.type"_p), ReverbType::spring);
    EXPECT_EQ(differences(before, spring), (std::set<std::string>{"reverb.type"}));
    EXPECT_EQ(differences(before, changed(before, "spring instead of plate")),
              (std::set<std::string>{"reverb.type"}));
    EXPECT_EQ(differences(before, changed(before, "replace the chorus with a phaser")),
              (std::set<std::string>{"modulation.type"}));
    const auto amp = changed(before, "swap the amp for an AC30");
    EXPECT_EQ(differences(before, amp), (std::set<std::string>{"amp.model"}));
}

TEST(Edit, SetsUpAnEffectThatWasOff)
{
    const auto before = made("crunch");
    const auto after = changed(before, "add some chorus");
    EXPECT_TRUE(after.parameters.isOn("modulation.enabled"_p));
    EXPECT_GT(after.parameters["modulation.depth"_p], 10);
    for (const auto& id : differences(before, after))
        EXPECT_EQ(id.substr(0, 11), "modulation.") << id;
    EXPECT_TRUE(changed(before, "more reverb").parameters.isOn("reverb.enabled"_p));
}

TEST(Edit, AStepThatIsAskedForIsNotDrownedByAQualityNamedBesideIt)
{
    const auto before = made("warm jazz clean");
    const auto step = changed(before, "a touch more breakup").parameters["amp.gain"_p];
    EXPECT_GT(step, before.parameters["amp.gain"_p]);
    EXPECT_EQ(changed(before, "a touch more breakup when I dig in").parameters["amp.gain"_p], step);
}

TEST(Edit, SaysWhenThereIsNothingToChange)
{
    const auto before = made("crunch");
    const auto after = changed(before, "less reverb");
    EXPECT_EQ(after.parameters, before.parameters);
    EXPECT_THAT(after.explanation, testing::HasSubstr("Nothing to change"));
}

TEST(Edit, NothingUnderstoodChangesNothing)
{
    const auto before = fullTone();
    const auto after = changed(before, "asdfgh qwertz");
    EXPECT_EQ(after.parameters, before.parameters);
    EXPECT_LT(after.source.confidence, 0.1);
    EXPECT_THAT(after.explanation, testing::HasSubstr("Nothing changed"));
}

TEST(Edit, IsNotMistakenForANewTone)
{
    const auto before = fullTone();
    for (const char* prompt : {"a bit warmer",
                               "no reverb",
                               "make it warmer",
                               "less bright",
                               "add delay",
                               "spring reverb",
                               "same but for a lead",
                               "not enough bass",
                               "ohne Delay",
                               "más brillante",
                               "it sounds too dark",
                               "could use more mids",
                               "keep it but darker",
                               "the delay is too loud",
                               "明るくして",
                               "リバーブを足して",
                               "明るすぎる",
                               "too bright for jazz",
                               "double the reverb",
                               "give me more gain",
                               "can i get a bit more sparkle"})
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
    for (const char* prompt :
         {"warm jazz clean", "tight modern metal rhythm", "Metallica", "crunch with no reverb", "bright",
          "clean, not too bright", "give me a clean with more reverb", "surf with lots of spring reverb",
          "edge of breakup without delay", "80s clean with chorus", "darker jazz", "heavy"})
        EXPECT_FALSE(isEdit(before, prompt)) << prompt;
    GenerationRequest request;
    request.prompt = "less gain";
    EXPECT_FALSE(OfflineGenerator::isEdit(request)) << "nothing to edit";
}
} // namespace
} // namespace tonewright::test
