#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct Move
{
    const char* prompt;
    const char* parameter;
    int direction;
};

/// German, Spanish and Japanese as they are typed: verbs behind the noun, clitics, particles.
TEST(LanguageEdit, MovesWhatIsMeant)
{
    const auto before = fullTone();
    for (const auto& [prompt, id, direction] : {
             Move{"es dröhnt", "amp.bass", -1},
             Move{"es matscht untenrum", "equaliser.low_mid_gain", -1},
             Move{"es rauscht zu sehr", "gate.threshold", 1},
             Move{"die Mitten fehlen", "amp.mid", 1},
             Move{"behalte alles, nur weniger Gain", "amp.gain", -1},
             Move{"Hall kürzer", "reverb.decay", -1},
             Move{"súbele al volumen", "output.level", 1},
             Move{"bájale a la ganancia", "amp.gain", -1},
             Move{"quítale graves", "amp.bass", -1},
             Move{"que suene más gordo", "amp.bass", 1},
             Move{"que no suene tan brillante", "amp.treble", -1},
             Move{"el bajo está muy fuerte", "amp.bass", -1},
             Move{"los agudos están muy bajos", "amp.treble", 1},
             Move{"tiene mucho ruido", "gate.threshold", 1},
             Move{"suena a lata", "amp.bass", 1},
             Move{"el reverb dura demasiado", "reverb.mix", -1},
             Move{"もう少し歪ませて", "amp.gain", 1},
             Move{"高音がきつい", "amp.presence", -1},
             Move{"音が細い", "amp.bass", 1},
             Move{"音がこもっている", "amp.treble", 1},
             Move{"リバーブが深すぎる", "reverb.mix", -1},
             Move{"ハムノイズを消して", "gate.threshold", 1},
         })
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto after = changed(before, prompt);
        const auto parameter = *findParameter(id);
        EXPECT_GT(
            (after.parameters[parameter] - before.parameters[parameter]) * static_cast<float>(direction), 0)
            << prompt;
        EXPECT_THAT(after.explanation, testing::Not(testing::HasSubstr("understand"))) << prompt;
    }
    EXPECT_EQ(changed(before, "Hall kürzer").parameters["reverb.type"_p], before.parameters["reverb.type"_p]);
}

TEST(LanguageEdit, DescribesANewToneWithTheSameWords)
{
    const auto before = fullTone();
    for (const char* prompt : {"音が太いクリーン", "Metalsound mit viel Gain", "un tono limpio y cálido"})
        EXPECT_FALSE(isEdit(before, prompt)) << prompt;
}

TEST(LanguageEdit, ReadsGermanCompounds)
{
    EXPECT_EQ(made("fetter Metalsound").parameters["amp.model"_p],
              made("fetter Metal").parameters["amp.model"_p]);
    EXPECT_EQ(made("ein Jazzton").parameters, made("ein Jazz Ton").parameters);
}

TEST(LanguageEdit, LittleOfAThingIsLessOfIt)
{
    for (const auto& [little, plain] :
         {std::pair{"Crunch mit wenig Mitten", "Crunch"}, std::pair{"crunch with hardly any mids", "crunch"}})
        EXPECT_LT(made(little).parameters["amp.mid"_p], made(plain).parameters["amp.mid"_p]) << little;
    EXPECT_LT(made("歪み少なめのブルース").parameters["amp.gain"_p],
              made("歪んだブルース").parameters["amp.gain"_p]);
    EXPECT_LT(made("rock, not much gain").parameters["amp.gain"_p], made("rock").parameters["amp.gain"_p]);
}

TEST(LanguageEdit, AddingABitAddsToWhatIsThere)
{
    const auto before = fullTone();
    for (const char* prompt : {"add a bit of delay", "ponle un poco de delay"})
        EXPECT_GT(changed(before, prompt).parameters["delay.mix"_p], before.parameters["delay.mix"_p])
            << prompt;
    EXPECT_GT(changed(before, "remove the hum").parameters["gate.threshold"_p],
              before.parameters["gate.threshold"_p]);
}
} // namespace
} // namespace tonewright::test
