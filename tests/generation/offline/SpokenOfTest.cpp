#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
using ::testing::UnorderedElementsAre;

std::set<std::string> movedBy(const char* prompt)
{
    const auto before = fullTone();
    EXPECT_TRUE(isEdit(before, prompt)) << prompt;
    return differences(before, changed(before, prompt));
}

float differenceOf(ParameterIndex parameter, const char* prompt)
{
    const auto before = fullTone();
    return changed(before, prompt).parameters[parameter] - before.parameters[parameter];
}

/// "In the low end", "on the high strings".
TEST(SpokenOf, WhereItIsHeardIsNotTurnedItself)
{
    for (const auto& [place, plain] :
         {std::pair{"more clarity in the low end", "more clarity"},
          std::pair{"less mud in the bass", "less mud"},
          std::pair{"too much harshness in the highs", "too much harshness"},
          std::pair{"add punch to the lows", "add punch"},
          std::pair{"more attack on the low strings", "more attack"},
          std::pair{"less bass on the low strings", "less bass"},
          std::pair{"the reverb is too much on the high notes", "the reverb is too much"}})
        EXPECT_EQ(changed(fullTone(), place).parameters, changed(fullTone(), plain).parameters) << place;
    EXPECT_GT(differenceOf("amp.bass"_p, "heavy on the bass, please: more of it"), 0);
}

TEST(SpokenOf, StringsAreWhatTheyPlay)
{
    for (const char* prompt :
         {"the low strings are boomy", "my low E is muddy", "the bottom strings are too loud",
          "die tiefen Saiten sind zu laut", "las cuerdas graves molestan"})
        EXPECT_LT(differenceOf("amp.bass"_p, prompt), 0) << prompt;
    for (const char* prompt :
         {"the high strings are too bright", "the high e string is piercing", "less of the top strings"})
        EXPECT_LT(differenceOf("amp.treble"_p, prompt), 0) << prompt;
}

TEST(SpokenOf, AVerbSaysWhatTheSoundDoes)
{
    for (const char* prompt : {"it farts out", "the low end farts out", "the lows flub out"})
    {
        EXPECT_LT(differenceOf("amp.resonance"_p, prompt), 0) << prompt;
        EXPECT_LT(differenceOf("amp.bass"_p, prompt), 0) << prompt;
    }
}

TEST(SpokenOf, AnAmountAfterACommaIsOfTheEffectBefore)
{
    const auto plain = made("clean, spring reverb").parameters["reverb.mix"_p];
    for (const char* prompt : {"clean, spring reverb, subtle", "clean, spring reverb, just a touch"})
        EXPECT_LT(made(prompt).parameters["reverb.mix"_p], plain) << prompt;
    EXPECT_THAT(movedBy("chorus, slow and subtle"),
                UnorderedElementsAre("modulation.rate", "modulation.mix"));
    EXPECT_GT(made("clean, spring reverb, a lot").parameters["reverb.mix"_p], plain);
    EXPECT_LT(made("clean with spring reverb, subtle, and delay").parameters["reverb.mix"_p], plain);
}

TEST(SpokenOf, TwoWordsAboutAnEffectAreBothAboutIt)
{
    for (const char* prompt : {"make the reverb bigger but quieter", "make the reverb longer and quieter",
                               "mach den Hall länger und leiser"})
    {
        EXPECT_THAT(movedBy(prompt), UnorderedElementsAre("reverb.decay", "reverb.mix")) << prompt;
        EXPECT_GT(differenceOf("reverb.decay"_p, prompt), 0) << prompt;
        EXPECT_LT(differenceOf("reverb.mix"_p, prompt), 0) << prompt;
    }
    EXPECT_THAT(movedBy("make the delay shorter. louder"),
                UnorderedElementsAre("delay.time", "output.level"));
}

TEST(SpokenOf, AnAdjectiveThatTellsWhichOneIsNoWish)
{
    for (const char* prompt : {"the delay's long repeats are too loud", "the long delay is too loud",
                               "the long delay should be quieter"})
        EXPECT_THAT(movedBy(prompt), UnorderedElementsAre("delay.mix")) << prompt;
    EXPECT_THAT(movedBy("the dark reverb is too much"), UnorderedElementsAre("reverb.mix"));
}

TEST(SpokenOf, VerbsOfQualitiesChangeWhatSounds)
{
    EXPECT_THAT(movedBy("darken the delay"), UnorderedElementsAre("delay.tone"));
    EXPECT_THAT(movedBy("brighten the reverb a bit"), UnorderedElementsAre("reverb.tone"));
    EXPECT_LE(differenceOf("amp.bass"_p, "tighten up the low end"), 0);
    EXPECT_LT(differenceOf("amp.resonance"_p, "tighten up the low end"), 0);
    EXPECT_LT(differenceOf("amp.mid"_p, "scoop it"), 0);
    EXPECT_LT(differenceOf("amp.bass"_p, "thin it out"), 0);
    EXPECT_EQ(movedBy("turn the amp up but keep the volume"), std::set<std::string>{"amp.gain"});
    EXPECT_EQ(movedBy("roll off the top"), movedBy("roll off the treble"));
}

TEST(SpokenOf, WhatItDoesNotDoIsMissed)
{
    for (const char* prompt :
         {"it doesn't cut through the mix", "my guitar gets lost in the mix", "it won't cut through"})
        EXPECT_GT(differenceOf("amp.mid"_p, prompt), 0) << prompt;
    EXPECT_GT(differenceOf("amp.bass"_p, "it doesn't have enough bass"), 0);
    EXPECT_LE(differenceOf("amp.bass"_p, "it doesn't need bass"), 0);
    EXPECT_LT(differenceOf("gate.threshold"_p, "the gate is cutting off my notes"), 0);
    EXPECT_LT(differenceOf("reverb.mix"_p, "the reverb is washing out my playing"), 0);
    EXPECT_LT(differenceOf("delay.feedback"_p, "the delay repeats too many times"), 0);
    EXPECT_EQ(movedBy("too much gain for chords"), movedBy("too much gain"));
}

TEST(SpokenOf, WhatElseThereIsIsUnderstood)
{
    EXPECT_EQ(movedBy("make it louder, keep everything else"), std::set<std::string>{"output.level"});
    EXPECT_THAT(changed(fullTone(), "more gain but keep everything else the same").explanation,
                ::testing::Not(::testing::HasSubstr("understand")));
}

TEST(SpokenOf, TurningAToneIntoAnotherStartsFromIt)
{
    const auto before = fullTone();
    EXPECT_TRUE(isEdit(before, "turn it into a lead sound"));
    EXPECT_FALSE(isEdit(before, "turn it into a jazz tone"));
    EXPECT_TRUE(changed(before, "turn it into a lead sound").parameters.isOn("reverb.enabled"_p));
}

TEST(SpokenOf, InSyncFollowsTheTempo)
{
    const auto before = fullTone();
    EXPECT_NE(changed(before, "sync the delay").parameters["delay.sync"_p], 0);
    EXPECT_THAT(movedBy("tremolo in sync"), UnorderedElementsAre("tremolo.rate"));
}

TEST(SpokenOf, AddingAfterTheNounIsMoreOfIt)
{
    EXPECT_GT(differenceOf("amp.gain"_p, "少し歪みを足して"), 0.4f);
    EXPECT_GT(differenceOf("amp.bass"_p, "低音を足して"), 0.4f);
    EXPECT_TRUE(changed(made("clean"), "リバーブを足して").parameters.isOn("reverb.enabled"_p));
}
} // namespace
} // namespace tonewright::test
