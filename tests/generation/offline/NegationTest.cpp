#include "Support.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
TEST(Negation, GoesThroughAWholeList)
{
    // Dream pop has a reverb, a delay and a chorus of its own.
    for (const char* prompt :
         {"dream pop with no trace of reverb or delay", "dream pop without any reverb or delay",
          "dream pop, neither reverb nor delay", "dream pop without reverb, chorus or delay",
          "dream pop without any delay, chorus, or reverb", "dream pop, no reverb or delay",
          "dream pop without reverb, delay and chorus", "dream pop free of reverb and delay",
          "dream pop sin reverb ni delay", "dream pop ohne Hall oder Echo",
          "dream pop without a trace of reverb or delay", "dream pop, not a hint of reverb or delay",
          "dream pop, no reverb, no delay"})
    {
        const auto preset = made(prompt);
        EXPECT_FALSE(preset.parameters.isOn("reverb.enabled"_p)) << prompt;
        EXPECT_FALSE(preset.parameters.isOn("delay.enabled"_p)) << prompt;
        EXPECT_THAT(preset.explanation, testing::Not(testing::HasSubstr("read as"))) << prompt;
    }
}

TEST(Negation, EndsWhereTheListEnds)
{
    for (const char* prompt : {"clean, no reverb, lots of delay", "clean without reverb but with delay",
                               "clean without reverb, with delay", "clean with no reverb, add delay",
                               "clean without reverb or chorus, with a long delay"})
    {
        EXPECT_FALSE(made(prompt).parameters.isOn("reverb.enabled"_p)) << prompt;
        EXPECT_TRUE(made(prompt).parameters.isOn("delay.enabled"_p)) << prompt;
    }
}

TEST(Negation, OfAdjectivesHoldsForBoth)
{
    const auto treble = [](const char* prompt) { return made(prompt).parameters["amp.treble"_p]; };
    EXPECT_LT(treble("crunch, no trace of fizz or brightness"), treble("crunch"));
    EXPECT_LT(treble("crunch, not muddy or bright"), treble("crunch"));
    EXPECT_LT(treble("crunch, neither muddy nor bright"), treble("crunch"));
}

struct Kept
{
    const char* prompt;
    const char* without; ///< the same without what is refused
    const char* parameter;
    double share; ///< of the way from plain to `without` that must be left
};

TEST(Negation, OfOneWordLeavesTheOtherWordsAlone)
{
    const Kept cases[] = {
        {"heavy but not fuzzy", "heavy", "amp.gain", 0.8},
        {"heavy, no fuzz", "heavy", "amp.gain", 0.8},
        {"heavy, not fuzzy at all", "heavy", "amp.gain", 0.8},
        {"fat but not boomy", "fat", "amp.bass", 0.5},
        {"dark but not muffled", "dark", "amp.treble", 0.5},
        {"bright but not harsh", "bright", "amp.treble", 0.7},
        {"warm but not muddy", "warm", "amp.bass", 0.5},
        {"heavy but not chaotic", "heavy", "amp.gain", 0.6},
    };
    const auto plain = made("clean").parameters;
    for (const auto& c : cases)
    {
        const auto parameter = *findParameter(c.parameter);
        const auto kept = made(c.prompt).parameters;
        const auto full = made(c.without).parameters;
        if (kept["amp.model"_p] == plain["amp.model"_p])
        {
            const float whole = full[parameter] - plain[parameter];
            EXPECT_GE((kept[parameter] - plain[parameter]) / whole, c.share) << c.prompt;
        }
        else
        {
            EXPECT_EQ(kept["amp.model"_p], full["amp.model"_p]) << c.prompt;
            EXPECT_GE(kept[parameter], c.share * static_cast<double>(full[parameter])) << c.prompt;
        }
    }
    EXPECT_EQ(made("heavy but not fuzzy").parameters["amp.model"_p], made("heavy").parameters["amp.model"_p]);
    EXPECT_FALSE(made("heavy but not fuzzy").parameters.isOn("drive.enabled"_p));
    EXPECT_GT(made("anything but clean").parameters["amp.gain"_p], 3);
    EXPECT_NE(made("anything but clean").parameters.choice<AmpModel>("amp.model"_p), AmpModel::americanClean);
    EXPECT_TRUE(made("surf, not washy").parameters.isOn("reverb.enabled"_p));
    EXPECT_LT(made("surf, not washy").parameters["reverb.mix"_p], made("surf").parameters["reverb.mix"_p]);
}

TEST(Negation, AComplaintHoldsForBothAdjectives)
{
    const auto before = made("crunch");
    const auto both = changed(before, "too bright and harsh").parameters;
    const auto one = changed(before, "too bright").parameters;
    EXPECT_LT(both["amp.presence"_p], one["amp.presence"_p]);
}

TEST(Negation, OfAPedalInAnEditTakesOnlyThePedalOff)
{
    const auto before = made("hendrix fuzz");
    ASSERT_TRUE(before.parameters.isOn("drive.enabled"_p));
    const auto after = changed(before, "no fuzz");
    EXPECT_FALSE(after.parameters.isOn("drive.enabled"_p));
    EXPECT_FLOAT_EQ(after.parameters["amp.gain"_p], before.parameters["amp.gain"_p]);
}
} // namespace
} // namespace tonewright::test
