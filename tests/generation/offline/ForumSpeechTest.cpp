#include "Boards.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct Direction
{
    const char* prompt;
    const char* parameter;
    int direction;
};

/// As players write, from the first reaction to what they really mean.
TEST(ForumSpeech, GoesTheWayThatIsMeant)
{
    const auto before = fullTone();
    for (const auto& [prompt, id, direction] : {
             Direction{"sooo muddy", "equaliser.low_mid_gain", -1},
             Direction{"toooo much bass", "amp.bass", -1},
             Direction{"waaay too bright", "amp.treble", -1},
             Direction{"still muddy", "equaliser.low_mid_gain", -1},
             Direction{"sounds great but a bit thin", "amp.bass", 1},
             Direction{"it sounds huge but a bit muddy", "equaliser.low_mid_gain", -1},
             Direction{"besser, aber noch etwas dumpf", "amp.treble", 1},
             Direction{"まだ暗い", "amp.treble", 1},
             Direction{"暗すぎる", "amp.treble", 1},
             Direction{"over-bright", "amp.treble", -1},
             Direction{"I don't like how harsh it is", "amp.presence", -1},
             Direction{"de-mud it please", "equaliser.low_mid_gain", -1},
             Direction{"unmuddy the low end", "equaliser.low_mid_gain", -1},
             Direction{"hollow it out", "equaliser.low_mid_gain", -1},
             Direction{"round it off", "amp.bass", 1},
             Direction{"carve out some mids", "amp.mid", -1},
             Direction{"fill out the mids", "amp.mid", 1},
             Direction{"the mids poke out", "amp.mid", -1},
             Direction{"it gets lost when the band comes in", "amp.mid", 1},
             Direction{"too harsh on my telecaster", "amp.presence", -1},
             Direction{"no high end fizz please", "equaliser.high_gain", -1},
             Direction{"less low end rumble", "amp.bass", -1},
             Direction{"no more mud", "equaliser.low_mid_gain", -1},
             Direction{"don't need the chorus", "modulation.enabled", -1},
             Direction{"make the delay more subtle", "delay.mix", -1},
             Direction{"push the delay back", "delay.mix", -1},
             Direction{"nowhere near as bright", "amp.treble", -1},
             Direction{"drown it in reverb", "reverb.mix", 1},
             Direction{"dry it out a bit", "reverb.mix", -1},
             Direction{"Höhen etwas zurücknehmen", "amp.treble", -1},
             Direction{"nimm die Höhen etwas zurück", "amp.treble", -1},
             Direction{"もっと明るく、でも耳に痛くない", "amp.treble", 1},
             Direction{"darker but not muddy", "amp.treble", -1},
         })
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto after = changed(before, prompt);
        const auto parameter = *findParameter(id);
        EXPECT_GT(
            (after.parameters[parameter] - before.parameters[parameter]) * static_cast<float>(direction), 0)
            << prompt;
    }
}

TEST(ForumSpeech, ALittleOffIsNotAllOfIt)
{
    const auto before = fullTone();
    const auto after = changed(before, "could you take a little bit of the gain off");
    EXPECT_LT(after.parameters["amp.gain"_p], before.parameters["amp.gain"_p]);
    EXPECT_GT(after.parameters["amp.gain"_p], 3);
}

/// What is said of the band, the song or the day is none of the tone.
TEST(ForumSpeech, WhatIsNoSoundMovesNothing)
{
    const auto before = fullTone();
    for (const auto* const prompt : {"bright enough", "ok that's closer", "I wish", "nah", "my singer left",
                                     "that's perfect", "the chorus of the song, the verse, the outro"})
        EXPECT_TRUE(differences(before, changed(before, prompt)).empty())
            << prompt << testing::PrintToString(differences(before, changed(before, prompt)));
    const auto plain = made("guitar");
    for (const auto* const prompt : {"autumn leaves", "for my wedding", "good morning", "I love pizza"})
        EXPECT_EQ(made(prompt).parameters, plain.parameters) << prompt;
}

TEST(ForumSpeech, HalfwayBackTakesHalfBack)
{
    const auto before = made("clean");
    const auto louder = changed(before, "much brighter");
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = "nah too much, halfway back";
    request.current = louder;
    request.history = {before};
    const auto after = generator.generate(request, Cancellation(), {});
    ASSERT_TRUE(after);
    const auto treble = [](const Preset& preset) { return preset.parameters["amp.treble"_p]; };
    EXPECT_NEAR(treble(*after), (treble(before) + treble(louder)) / 2, 0.06f);
}

TEST(ForumSpeech, LikeAnAmplifierIsThatAmplifier)
{
    EXPECT_EQ(made("voxy").parameters["amp.model"_p], made("vox").parameters["amp.model"_p]);
    EXPECT_EQ(made("marshallish").parameters["amp.model"_p], made("marshall").parameters["amp.model"_p]);
    EXPECT_EQ(made("english").parameters, made("guitar").parameters);
}

/// A German word in an English sentence is a coincidence.
TEST(ForumSpeech, EnglishIsNotReadAsGerman)
{
    const auto before = fullTone();
    EXPECT_EQ(changed(before, "make the echoes fade quicker").parameters["amp.mid"_p],
              before.parameters["amp.mid"_p]);
    EXPECT_EQ(made("a wall of fuzz but you can still hear the notes").parameters["output.level"_p],
              made("a wall of fuzz").parameters["output.level"_p]);
}
} // namespace
} // namespace tonewright::test
