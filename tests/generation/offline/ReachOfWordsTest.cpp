#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

#include <chrono>
#include <vector>

namespace tonewright::test
{
namespace
{
float valueOf(const Preset& preset, const char* id)
{
    return preset.parameters[*findParameter(id)];
}

struct Reach
{
    const char* prompt;
    std::vector<const char*> moved;
    std::vector<const char*> untouched;
};

void expectReach(const std::vector<Reach>& table)
{
    const auto before = fullTone();
    for (const auto& [prompt, moved, untouched] : table)
    {
        const auto after = changed(before, prompt);
        for (const auto* id : moved)
            EXPECT_NE(valueOf(after, id), valueOf(before, id)) << prompt << " leaves " << id;
        for (const auto* id : untouched)
            EXPECT_EQ(valueOf(after, id), valueOf(before, id)) << prompt << " moves " << id;
    }
}

TEST(ReachOfWords, AParticleTurnsNothingThatHasAWordOfItsOwn)
{
    expectReach({
        {"keep the amp and turn the reverb up", {"reverb.mix"}, {"amp.gain"}},
        {"I turned the amp and the reverb up", {}, {"amp.gain"}},
        {"switch the amp and turn the reverb up", {"reverb.mix"}, {"amp.gain"}},
        {"new amp and the reverb up a bit", {"reverb.mix"}, {"amp.gain"}},
        {"bass and treble, reverb down", {"reverb.mix"}, {"amp.gain"}},
        {"keep the amp and the reverb up", {}, {"amp.gain"}},
        {"turn the amp, the delay and the reverb up", {"amp.gain", "delay.mix", "reverb.mix"}, {"amp.bass"}},
        {"please turn the bass and the mids down", {"amp.bass", "amp.mid"}, {"amp.treble"}},
    });
    const auto before = fullTone();
    EXPECT_EQ(valueOf(changed(before, "crank the amp and the delay up"), "amp.gain"),
              valueOf(changed(before, "crank the amp"), "amp.gain"));
    for (const auto* const prompt : {"the mids and the treble sound right, turn the bass down",
                                     "I have a nice mid and treble, the reverb down"})
        for (const auto* const id : {"amp.mid", "amp.treble"})
            EXPECT_GE(valueOf(changed(before, prompt), id), valueOf(before, id)) << prompt << id;
}

TEST(ReachOfWords, ANumberSetsNothingThatHasAWordOfItsOwn)
{
    expectReach({
        {"keep the bass and turn the mids to 6", {"amp.mid"}, {"amp.bass"}},
        {"keep the gain, and set bass and treble to 7", {"amp.bass", "amp.treble"}, {"amp.gain"}},
    });
    const auto before = fullTone();
    EXPECT_NE(valueOf(changed(before, "more bass and treble at 7"), "amp.bass"), 7);
    EXPECT_FLOAT_EQ(valueOf(changed(before, "more bass and treble at 7"), "amp.treble"), 7);
    EXPECT_NE(valueOf(changed(before, "bit less mids and bass at 7"), "amp.mid"), 7);
    EXPECT_LE(valueOf(changed(before, "bit less mids and bass at 7"), "amp.mid"), valueOf(before, "amp.mid"));
    EXPECT_LE(valueOf(changed(before, "less bass and mids at 6"), "amp.bass"), valueOf(before, "amp.bass"));
    EXPECT_LE(valueOf(changed(before, "too much bass and treble at 5"), "amp.bass"),
              valueOf(before, "amp.bass"));
    const auto raised = changed(before, "raise bass and mids to 8");
    EXPECT_FLOAT_EQ(valueOf(raised, "amp.bass"), 8);
    EXPECT_FLOAT_EQ(valueOf(raised, "amp.mid"), 8);
}

TEST(ReachOfWords, AChorusIsAnEffectUnlessItIsPlainlyAPartOfTheSong)
{
    for (const auto* const prompt :
         {"chorus and delay for the verse", "chorus, reverb and delay, clean, for a ballad intro",
          "the chorus pedal on the intro riff", "chorus effect for the verses", "verse: chorus, delay",
          "slapback, chorus on the outro"})
        EXPECT_TRUE(made(prompt).parameters.isOn("modulation.enabled"_p)) << prompt;
    for (const auto* const prompt :
         {"clean with delay for the verse and the chorus", "crunch in the chorus, clean in the verse",
          "crunch for the last chorus", "clean for the pre chorus", "verse, chorus, outro: all clean"})
        EXPECT_FALSE(made(prompt).parameters.isOn("modulation.enabled"_p)) << prompt;
    expectReach({
        {"the chorus in the intro is too deep", {}, {"amp.bass", "equaliser.low_gain"}},
        {"turn the first chorus up", {"modulation.mix"}, {"amp.gain"}},
    });
}

TEST(ReachOfWords, WhatIsNotToBeTurnedStays)
{
    const std::vector<const char*> all{"amp.gain",           "amp.bass",       "amp.mid",   "reverb.mix",
                                       "equaliser.low_gain", "reverb.enabled", "delay.mix", "amp.treble"};
    expectReach({
        {"don't turn the bass up", {}, all},
        {"don't turn the amp and the reverb up", {}, all},
        {"don't turn the bass and the mids down", {}, all},
        {"never turn the bass up", {}, all},
        {"do not turn the reverb off", {}, all},
        {"don't take the reverb off", {}, all},
        {"I don't want the bass up", {}, all},
        {"why don't you turn the bass up", {"amp.bass"}, {"amp.gain"}},
        {"never mind, turn the bass up", {"amp.bass"}, {"amp.gain"}},
        {"don't make it muddy and turn the mids up", {"amp.mid"}, {"amp.gain"}},
    });
}

TEST(ReachOfWords, AListOfNumbersCostsNoMoreThanItsLength)
{
    const auto secondsFor = [](int times)
    {
        std::string prompt = "cut 400 by 3";
        for (int i = 0; i < times; ++i)
            prompt += " and 400";
        const auto start = std::chrono::steady_clock::now();
        changed(fullTone(), prompt);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    secondsFor(1);
    const double few = secondsFor(300);
    const double many = secondsFor(1200);
    EXPECT_LT(many, 10 * few + 0.1) << few << " s before"; // 16 times where it is quadratic
}

TEST(ReachOfWords, AFilterIsAStateThatIsSetOrOpened)
{
    auto before = fullTone();
    before.parameters["equaliser.low_gain"_p] = 0;
    const auto gain = [](const Preset& preset) { return valueOf(preset, "equaliser.low_gain"); };
    const auto once = changed(before, "low cut at 80 Hz");
    EXPECT_FLOAT_EQ(gain(once), -12);
    EXPECT_TRUE(differences(once, changed(once, "low cut at 80 Hz")).empty());
    for (const auto* const prompt : {"the low cut at 80 is too much", "less low cut at 80",
                                     "a bit too much low cut at 80 Hz", "reduce the low cut at 80"})
    {
        EXPECT_GT(gain(changed(once, prompt)), -12) << prompt;
        EXPECT_LT(gain(changed(once, prompt)), 0) << prompt;
        EXPECT_TRUE(differences(before, changed(before, prompt)).empty()) << prompt;
    }
    for (const auto* const prompt : {"remove the high pass filter", "no low cut", "no low cut at 80",
                                     "turn the low cut off", "take the low cut at 80 off"})
    {
        EXPECT_FLOAT_EQ(gain(changed(once, prompt)), 0) << prompt;
        EXPECT_EQ(differences(once, changed(once, prompt)), std::set<std::string>{"equaliser.low_gain"})
            << prompt;
        EXPECT_TRUE(differences(before, changed(before, prompt)).empty()) << prompt;
    }
    EXPECT_FLOAT_EQ(valueOf(changed(once, "low cut at 120"), "equaliser.low_frequency"), 120);
    EXPECT_FLOAT_EQ(gain(changed(before, "add a low cut at 80 too")), -12);
}

TEST(ReachOfWords, TheAmpAndItsCabinetStayInTheirOrder)
{
    const auto before = fullTone();
    for (const auto* const prompt : {"swap the amp with the cab", "switch the cab with the amp"})
        EXPECT_EQ(changed(before, prompt).parameters.order, before.parameters.order) << prompt;
}
} // namespace
} // namespace tonewright::test
