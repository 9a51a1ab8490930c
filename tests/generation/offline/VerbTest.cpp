#include "Boards.h"

namespace tonewright::test
{
namespace
{
struct Done
{
    const char* prompt;
    ParameterIndex parameter;
    int direction;
};

// A verb's object is where it happens, not what more of is wanted.
TEST(Verb, ChangesTheToneAsItIsAndMakesNoNewOne)
{
    const auto before = fullTone();
    for (const auto& [prompt, parameter, direction] : {
             Done{"tighten the low end", "amp.resonance"_p, -1},
             Done{"tighten up the lows", "amp.resonance"_p, -1},
             Done{"loosen the low end a bit", "amp.resonance"_p, 1},
             Done{"brighten the top end", "amp.treble"_p, 1},
             Done{"please brighten the highs", "amp.treble"_p, 1},
             Done{"warm up the mids", "amp.treble"_p, -1},
             Done{"warm the mids and tame the highs", "amp.treble"_p, -1},
             Done{"smooth the top end", "equaliser.high_gain"_p, -1},
             Done{"thin out the bass", "amp.bass"_p, -1},
             Done{"fatten the low end", "amp.bass"_p, 1},
             Done{"darken the reverb", "reverb.tone"_p, -1},
             Done{"brighten the delay", "delay.tone"_p, 1},
             Done{"widen the stereo", "output.width"_p, 1},
         })
    {
        const auto after = changed(before, prompt);
        EXPECT_GT(static_cast<float>(direction) *
                      (after.parameters[parameter] - before.parameters[parameter]),
                  0.0f)
            << prompt;
        EXPECT_EQ(after.parameters["amp.model"_p], before.parameters["amp.model"_p]) << prompt;
        EXPECT_EQ(after.parameters["amp.gain"_p], before.parameters["amp.gain"_p]) << prompt;
        EXPECT_EQ(after.explanation.find("read as"), std::string::npos) << after.explanation;
    }
}

TEST(Verb, OfAnEffectMovesThatEffectAlone)
{
    const auto before = fullTone();
    for (const char* prompt : {"darken the reverb", "brighten the reverb", "please darken the reverb a bit"})
        for (const auto& id : differences(before, changed(before, prompt)))
            EXPECT_TRUE(id.starts_with("reverb")) << prompt << ": " << id;
}

TEST(Verb, RefusedChangesNothing)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"do not brighten the top end", "don't tighten the low end", "don't darken the reverb",
          "please don't warm the mids", "don't brighten it", "don't warm it up", "don't thin it out"})
        EXPECT_TRUE(differences(before, changed(before, prompt)).empty()) << prompt;
}

TEST(Verb, IsAnAdjectiveWhereItDescribes)
{
    EXPECT_EQ(differences(made("clean, tight"), made("clean, tight low end")), std::set<std::string>{});
    // "Too" and "make it" describe as well, whatever comes after.
    const auto before = fullTone();
    EXPECT_LT(changed(before, "it is too bright the reverb is fine").parameters["amp.treble"_p],
              before.parameters["amp.treble"_p]);
}

TEST(Verb, OfTheHandsSaysNothingOfTheSound)
{
    const auto before = fullTone();
    for (const std::string complaint : {"it sounds harsh", "it gets muddy"})
        for (const char* hands :
             {" when I pick hard", " when I play softly", " when I hit the strings harder"})
            EXPECT_EQ(differences(changed(before, complaint), changed(before, complaint + hands)),
                      std::set<std::string>{})
                << complaint << hands;
}
} // namespace
} // namespace tonewright::test
