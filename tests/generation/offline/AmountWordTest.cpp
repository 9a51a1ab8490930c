#include "Boards.h"

namespace tonewright::test
{
namespace
{
TEST(AmountWord, DescribesTheToneWhereItHasNothingToMeasure)
{
    const auto plain = made("guitar");
    for (const char* word : {"gentle", "light", "mild", "small", "tiny", "strong", "intense", "immense",
                             "enormous", "gigantic", "colossal"})
        for (const std::string& sentence :
             {std::string(word), word + std::string(" guitar"), std::string("a ") + word + " sound",
              "make it " + std::string(word), word + std::string(" and warm")})
        {
            const auto preset = made(sentence);
            EXPECT_NE(preset.parameters, plain.parameters) << sentence;
            EXPECT_EQ(preset.explanation.find("No word here"), std::string::npos) << preset.explanation;
        }
}

TEST(AmountWord, MeasuresTheNounBesideIt)
{
    for (const char* word : {"gentle", "light", "mild", "small", "strong", "intense", "enormous"})
        for (const char* noun : {"spring reverb", "chorus", "tremolo", "delay"})
        {
            const auto measured = made(std::string(word) + " " + noun);
            const auto plain = made(noun);
            auto changes = differences(plain, measured);
            std::erase_if(changes,
                          [noun = std::string(noun)](const std::string& id) {
                              return id.starts_with(noun == "spring reverb" ? "reverb"
                                                    : noun == "chorus"      ? "modulation"
                                                                            : noun);
                          });
            changes.erase("output.level");
            EXPECT_TRUE(changes.empty()) << word << " " << noun << testing::PrintToString(changes);
        }
    EXPECT_LT(made("light crunch").parameters["amp.gain"_p], made("crunch").parameters["amp.gain"_p]);
}

TEST(AmountWord, ChangesNothingButTheNounOfAnEdit)
{
    const auto before = fullTone();
    for (const char* prompt : {"a light delay", "small amount more delay", "a gentle delay please"})
        for (const auto& id : differences(before, changed(before, prompt)))
            EXPECT_TRUE(id.starts_with("delay")) << prompt << ": " << id;
}

/// Of what every tone has, little is less than usual; of what is added, it is a little.
TEST(AmountWord, OfScarcityTakesFromWhatEveryToneHas)
{
    struct Noun
    {
        const char* word;
        ParameterIndex parameter;
    };
    const auto before = fullTone();
    const auto plain = made("crunch");
    for (const std::string scarce : {"hardly any ", "not much ", "very little ", "next to no ", "barely any ",
                                     "almost no ", "not too much ", "little "})
        for (const auto& [word, parameter] : {Noun{"bass", "amp.bass"_p}, Noun{"treble", "amp.treble"_p},
                                              Noun{"presence", "amp.presence"_p}, Noun{"gain", "amp.gain"_p}})
        {
            const auto edited = changed(before, scarce + word);
            EXPECT_LT(edited.parameters[parameter], before.parameters[parameter]) << scarce << word;
            EXPECT_EQ(edited.parameters["amp.model"_p], before.parameters["amp.model"_p]) << scarce << word;
            if (parameter == "amp.gain"_p)
                EXPECT_FALSE(made(scarce + word).parameters.isOn("drive.enabled"_p)) << scarce << word;
            else
                EXPECT_LT(made("crunch with " + scarce + word).parameters[parameter],
                          plain.parameters[parameter])
                    << scarce << word;
        }
    EXPECT_LT(changed(before, "hardly any bass or treble").parameters["amp.treble"_p],
              before.parameters["amp.treble"_p]);
    EXPECT_TRUE(made("clean with hardly any reverb").parameters.isOn("reverb.enabled"_p));
}

TEST(AmountWord, OfScarcityInAComplaintAsksForMore)
{
    const auto before = fullTone();
    for (const char* complaint :
         {"there is hardly any bass", "it has very little bass", "there is not much bass"})
        EXPECT_GT(changed(before, complaint).parameters["amp.bass"_p], before.parameters["amp.bass"_p])
            << complaint;
}
} // namespace
} // namespace tonewright::test
