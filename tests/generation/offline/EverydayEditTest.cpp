#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct EverydayEdit
{
    const char* prompt;
    const char* parameter;
    int direction;
    std::set<std::string> mayMove;
};

/// As people say it on a stage.
TEST(EverydayEdit, MovesWhatIsMeantAndNothingElse)
{
    const auto before = fullTone();
    for (const auto& [prompt, id, direction, mayMove] : {
             EverydayEdit{"take some of the bass out", "amp.bass", -1, {}},
             EverydayEdit{"roll the bass off a bit", "amp.bass", -1, {}},
             EverydayEdit{"slow the chorus down", "modulation.rate", -1, {}},
             EverydayEdit{"a third less gain", "amp.gain", -1, {}},
             EverydayEdit{"only touch the bass: less", "amp.bass", -1, {}},
             EverydayEdit{"don't make it brighter, just louder", "output.level", 1, {}},
             EverydayEdit{"the bass is to loud", "amp.bass", -1, {}},
             EverydayEdit{"it has no bass", "amp.bass", 1, {}},
             EverydayEdit{"it has too much reverb", "reverb.mix", -1, {}},
             EverydayEdit{"there's too much delay", "delay.mix", -1, {}},
             EverydayEdit{"the reverb is lush, a bit less of it", "reverb.mix", -1, {}},
             EverydayEdit{"mic further away", "cabinet.distance", 1, {}},
             EverydayEdit{"mic closer", "cabinet.distance", -1, {}},
             EverydayEdit{"put a tube screamer in front",
                          "drive.enabled",
                          1,
                          {"drive.type", "drive.gain", "drive.tone", "drive.level"}},
             EverydayEdit{"not so bright",
                          "amp.treble",
                          -1,
                          {"amp.presence", "equaliser.high_gain", "equaliser.high_mid_gain"}},
             EverydayEdit{"my humbuckers make it muddy",
                          "equaliser.low_mid_gain",
                          -1,
                          {"amp.bass", "equaliser.low_gain"}},
             EverydayEdit{"my strat sounds thin, fatten it",
                          "amp.bass",
                          1,
                          {"equaliser.low_gain", "equaliser.low_mid_gain"}},
             EverydayEdit{"mach das Delay leiser", "delay.mix", -1, {}},
             EverydayEdit{"moar gain", "amp.gain", 1, {}},
             EverydayEdit{"the reverb's great, a touch more though", "reverb.mix", 1, {}},
             EverydayEdit{"the delay's too loud", "delay.mix", -1, {}},
             EverydayEdit{"it's drowning in delay", "delay.mix", -1, {}},
             EverydayEdit{"der Bass dröhnt", "amp.bass", -1, {}},
             EverydayEdit{"der Hall darf länger sein", "reverb.decay", 1, {}},
             EverydayEdit{"高音が痛い",
                          "amp.treble",
                          -1,
                          {"amp.presence", "equaliser.high_mid_gain", "equaliser.high_gain"}},
             EverydayEdit{"make it sparkle",
                          "amp.treble",
                          1,
                          {"amp.presence", "equaliser.low_mid_gain", "equaliser.high_gain",
                           "equaliser.high_mid_gain"}},
             EverydayEdit{
                 "está muy embarrado", "equaliser.low_mid_gain", -1, {"amp.bass", "equaliser.low_gain"}},
             EverydayEdit{"brighter but not shrill",
                          "amp.treble",
                          1,
                          {"amp.presence", "equaliser.high_gain", "equaliser.high_mid_gain"}},
             EverydayEdit{"the same, but clean", "amp.gain", -1, {}},
             EverydayEdit{"give me a clean version of this", "amp.gain", -1, {}},
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

TEST(EverydayEdit, RollingOffIsNoCuttingOut)
{
    const auto before = fullTone();
    EXPECT_EQ(changed(before, "roll the bass off").parameters["amp.bass"_p],
              changed(before, "roll off the bass").parameters["amp.bass"_p]);
}

TEST(EverydayEdit, FromThereToHereIsHere)
{
    auto before = fullTone();
    before.parameters["amp.gain"_p] = 5;
    EXPECT_FLOAT_EQ(changed(before, "gain from 5 to 6").parameters["amp.gain"_p], 6);
    EXPECT_FLOAT_EQ(changed(before, "change the delay from 380 ms to 450 ms").parameters["delay.time"_p],
                    450);
}

TEST(EverydayEdit, WithoutMoreOfAThingLeavesItThere)
{
    const auto before = fullTone();
    const auto after = changed(before, "heavier without more gain").parameters;
    EXPECT_EQ(after["amp.gain"_p], before.parameters["amp.gain"_p]);
    EXPECT_GT(after["amp.bass"_p], before.parameters["amp.bass"_p]);
}

TEST(EverydayEdit, APedalPutInFrontLeavesTheAmplifier)
{
    const auto before = fullTone();
    for (const char* prompt : {"the same tone with fuzz", "add a fuzz", "kick in a tube screamer"})
        for (const auto& id : differences(before, changed(before, prompt)))
            EXPECT_EQ(id.substr(0, 6), "drive.") << prompt;
}

TEST(EverydayEdit, AskedForInWholeAnEffectWordBringsItsSpace)
{
    const auto before = made("clean");
    const auto after = changed(before, "make it dreamy").parameters;
    EXPECT_TRUE(after.isOn("reverb.enabled"_p));
    EXPECT_GT(after["reverb.decay"_p], 3);
    EXPECT_GT(changed(before, "make it heavy").parameters["amp.gain"_p], 7);
}

TEST(EverydayTone, IsReadAsPlayersTypeIt)
{
    const auto tweed = made("cranked tweed with ribbon mic 30 cm away").parameters;
    EXPECT_EQ(tweed.choice<AmpModel>("amp.model"_p), AmpModel::americanTweed);
    EXPECT_GT(tweed["amp.gain"_p], 5);
    EXPECT_EQ(made("turned up AC30").parameters.choice<AmpModel>("amp.model"_p), AmpModel::britishChime);
    EXPECT_FALSE(made("black metal tremolo picking").parameters.isOn("tremolo.enabled"_p));
    EXPECT_FALSE(made("So I'm recording a demo of a warm clean song").parameters.isOn("delay.enabled"_p));
    EXPECT_LE(made("metal, graves apretados").parameters["equaliser.low_gain"_p],
              made("metal").parameters["equaliser.low_gain"_p]);
    EXPECT_LT(made("暗めのクリーン").parameters["amp.treble"_p], made("クリーン").parameters["amp.treble"_p]);
    const auto blues = made("歪みすぎないブルース").parameters["amp.gain"_p];
    EXPECT_GT(blues, 1);
    EXPECT_GT(made("clean with hair on it").parameters["amp.gain"_p], made("clean").parameters["amp.gain"_p]);
}

TEST(EverydayEdit, ReadsTheParticleWithTheNounAndNotWithTheWordBefore)
{
    const auto before = fullTone();
    for (const char* prompt : {"take the reverb off", "pull the reverb off", "it needs no reverb",
                               "it does not need any reverb", "no additional reverb"})
        EXPECT_FALSE(changed(before, prompt).parameters.isOn("reverb.enabled"_p)) << prompt;
    const auto quieter = changed(before, "turn the long reverb down");
    EXPECT_LT(quieter.parameters["reverb.mix"_p], before.parameters["reverb.mix"_p]);
    EXPECT_EQ(quieter.parameters["reverb.decay"_p], before.parameters["reverb.decay"_p]);
    for (const char* prompt :
         {"just change the reverb to spring", "only change the plate reverb to a spring"})
        EXPECT_EQ(changed(before, prompt).parameters["reverb.type"_p], static_cast<float>(ReverbType::spring))
            << prompt;
    EXPECT_FALSE(made("warm clean with no extra reverb").parameters.isOn("reverb.enabled"_p));
}

TEST(EverydayEdit, TakesAWishForAWishAndAStoryForAStory)
{
    const auto before = fullTone();
    EXPECT_FALSE(isEdit(before, "sludge tone that rumbles"));
    EXPECT_FALSE(isEdit(before, "I love the sound of rain. Give me a dreamy ambient clean"));
    EXPECT_NE(changed(before, "use an AC30 to make it bright").parameters["amp.model"_p],
              before.parameters["amp.model"_p]);
    const auto warmer = changed(before, "the idea is to warm it up");
    EXPECT_LE(warmer.parameters["amp.treble"_p], before.parameters["amp.treble"_p]);
    EXPECT_EQ(made("funky clean for muted scratches").parameters["amp.treble"_p],
              made("funky clean").parameters["amp.treble"_p]);
}
} // namespace
} // namespace tonewright::test
