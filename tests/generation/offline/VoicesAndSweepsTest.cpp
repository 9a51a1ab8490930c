#include "Support.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

#include <vector>

/// The words of the pitch and wah stages and of the doubler.
namespace tonewright::test
{
namespace
{
struct Said
{
    const char* prompt;
    WahType type;
};

TEST(VoicesAndSweeps, WahHasItsKindsInEveryLanguage)
{
    for (const auto& [prompt, type] :
         {Said{"funky clean with auto-wah", WahType::autoUp}, Said{"clean funk with a wah", WahType::autoUp},
          Said{"envelope filter funk bass line", WahType::autoUp},
          Said{"lead with a cocked wah", WahType::pedal}, Said{"crunch into a cry baby", WahType::pedal},
          Said{"reverse wah clean", WahType::autoDown}, Said{"limpio con auto wah", WahType::autoUp},
          Said{"Clean mit Wah Pedal", WahType::pedal}, Said{"クリーンにオートワウ", WahType::autoUp}})
    {
        const auto parameters = made(prompt).parameters;
        EXPECT_TRUE(parameters.isOn("wah.enabled"_p)) << prompt;
        EXPECT_EQ(parameters.choice<WahType>("wah.type"_p), type) << prompt;
        EXPECT_FALSE(parameters.isOn("pitch.enabled"_p)) << prompt;
    }
    const auto position = [](const char* prompt) { return made(prompt).parameters["wah.position"_p]; };
    EXPECT_LT(position("heel down wah lead"), position("cocked wah lead"));
    EXPECT_GT(position("toe down wah lead"), position("cocked wah lead"));
    EXPECT_GT(position("reverse wah clean"), 60) << "it needs room to fall";
    EXPECT_LT(position("auto wah clean"), 30) << "it needs room to rise";
}

TEST(VoicesAndSweeps, AWahLeftStandingColoursNothingElse)
{
    const auto before = made("classic rock crunch");
    for (const auto& [prompt, position] : {std::pair{"wah at 50%", 50.0f},
                                           {"wah half open", 50.0f},
                                           {"wah open", 92.0f},
                                           {"half open wah", 50.0f},
                                           {"wah mit 30%", 30.0f}})
    {
        const auto after = changed(before, prompt).parameters;
        EXPECT_EQ(after.choice<WahType>("wah.type"_p), WahType::pedal) << prompt;
        EXPECT_EQ(after["wah.position"_p], position) << prompt;
        for (std::size_t i = 0; i < parameterCount; ++i)
            if (parameterTable[i].stage() != "wah")
            {
                EXPECT_EQ(after.values[i], before.parameters.values[i])
                    << prompt << " " << parameterTable[i].id;
            }
    }
    EXPECT_EQ(made("auto-wah at 50%").parameters.choice<WahType>("wah.type"_p), WahType::autoUp);
}

struct Voice
{
    const char* prompt;
    PitchType type;
    float shift;
};

TEST(VoicesAndSweeps, VoicesHaveTheirIntervals)
{
    for (const auto& [prompt, type, shift] : {Voice{"fuzz with an octaver", PitchType::octaveDown, -12},
                                              Voice{"clean with octave down", PitchType::octaveDown, -12},
                                              Voice{"clean polyphonic octave", PitchType::polyphonic, -12},
                                              Voice{"clean with an octave up", PitchType::polyphonic, 12},
                                              Voice{"high gain harmonizer lead", PitchType::polyphonic, 7},
                                              Voice{"lead with a third above", PitchType::polyphonic, 4},
                                              Voice{"whammy lead", PitchType::polyphonic, 12},
                                              Voice{"limpio con octavador", PitchType::octaveDown, -12},
                                              Voice{"Clean mit Oktaver", PitchType::octaveDown, -12},
                                              Voice{"クリーンにオクターバー", PitchType::octaveDown, -12}})
    {
        const auto parameters = made(prompt).parameters;
        EXPECT_TRUE(parameters.isOn("pitch.enabled"_p)) << prompt;
        EXPECT_EQ(parameters.choice<PitchType>("pitch.type"_p), type) << prompt;
        EXPECT_EQ(parameters["pitch.shift"_p], shift) << prompt;
    }
    const auto thick = made("clean with a micro pitch detune").parameters;
    EXPECT_TRUE(thick.isOn("pitch.enabled"_p));
    EXPECT_EQ(thick["pitch.shift"_p], 0);
    EXPECT_NEAR(thick["pitch.detune"_p], 9, 1);
    EXPECT_EQ(made("clean with pitch shift 5 semitones").parameters["pitch.shift"_p], 5);
}

TEST(VoicesAndSweeps, AnOctaveFuzzStaysAFuzz)
{
    for (const char* prompt : {"octave fuzz", "gated octave fuzz freak-out", "octavia lead"})
    {
        const auto parameters = made(prompt).parameters;
        EXPECT_FALSE(parameters.isOn("pitch.enabled"_p)) << prompt;
        EXPECT_EQ(parameters.choice<DriveType>("drive.type"_p), DriveType::octaveFuzz) << prompt;
    }
    EXPECT_FALSE(made("detuned sludge metal").parameters.isOn("pitch.enabled"_p))
        << "the guitar is tuned down";
    EXPECT_FALSE(made("quacky strat clean").parameters.isOn("wah.enabled"_p)) << "the pickup is meant";
}

TEST(VoicesAndSweeps, DoublerIsTheAmountOfTheSecondTake)
{
    EXPECT_EQ(made("tight metal rhythm").parameters["output.doubler"_p], 0);
    for (const char* prompt :
         {"double tracked metal rhythm", "rock with a doubler", "guitarra doblada crunch",
          "gedoppelte Gitarren, Crunch", "ダブリングのクランチ"})
        EXPECT_GE(made(prompt).parameters["output.doubler"_p], 40) << prompt;
}

TEST(VoicesAndSweeps, AreRefusedAndTakenAway)
{
    for (const char* prompt : {"funk without the wah", "funk, no wah", "funk sin wah", "Funk ohne Wah",
                               "funk without wah, octaver or doubler"})
        EXPECT_FALSE(made(prompt).parameters.isOn("wah.enabled"_p)) << prompt;
    auto rich = made("double tracked crunch with wah and an octaver");
    ASSERT_TRUE(rich.parameters.isOn("wah.enabled"_p) && rich.parameters.isOn("pitch.enabled"_p));
    ASSERT_GT(rich.parameters["output.doubler"_p], 0);
    const auto noWah = changed(rich, "without the wah");
    EXPECT_FALSE(noWah.parameters.isOn("wah.enabled"_p));
    EXPECT_TRUE(noWah.parameters.isOn("pitch.enabled"_p));
    EXPECT_GT(noWah.parameters["output.doubler"_p], 0);
    EXPECT_FALSE(changed(rich, "turn the octaver off").parameters.isOn("pitch.enabled"_p));
    EXPECT_EQ(changed(rich, "no doubler").parameters["output.doubler"_p], 0);
}

TEST(VoicesAndSweeps, EditsThatDoNotNameThemLeaveThemAlone)
{
    auto start = made("double tracked crunch with a cocked wah and an octaver");
    start.parameters["wah.position"_p] = 61;
    start.parameters["pitch.mix"_p] = 33;
    start.parameters["output.doubler"_p] = 21;
    for (const char* prompt : {"a bit less gain", "brighter", "more reverb", "tighter",
                               "swap the amp for a fender", "wider", "bass -5 dB", "too boomy"})
    {
        const auto after = changed(start, prompt).parameters;
        for (std::size_t index = 0; index < parameterCount; ++index)
            if (const auto stage = parameterTable[index].stage();
                stage == "wah" || stage == "pitch" || parameterTable[index].id == "output.doubler")
            {
                EXPECT_EQ(after.values[index], start.parameters.values[index])
                    << prompt << ": " << parameterTable[index].id;
            }
    }
}

TEST(VoicesAndSweeps, MoreAndLessMoveTheirLevels)
{
    const auto start = made("double tracked crunch with an octaver");
    EXPECT_GT(changed(start, "more octaver").parameters["pitch.mix"_p], start.parameters["pitch.mix"_p]);
    EXPECT_LT(changed(start, "a bit less octaver").parameters["pitch.mix"_p],
              start.parameters["pitch.mix"_p]);
    EXPECT_LT(changed(start, "less doubler").parameters["output.doubler"_p],
              start.parameters["output.doubler"_p]);
}

TEST(VoicesAndSweeps, ExplanationNamesThem)
{
    EXPECT_THAT(made("clean with auto-wah").explanation, testing::HasSubstr("an auto-wah"));
    EXPECT_THAT(made("crunch with an octaver").explanation, testing::HasSubstr("an octaver"));
    EXPECT_THAT(made("lead with an octave up").explanation, testing::HasSubstr("a voice 12 semitones above"));
    EXPECT_THAT(made("double tracked crunch").explanation, testing::HasSubstr("a second take on the sides"));
}

} // namespace
} // namespace tonewright::test
