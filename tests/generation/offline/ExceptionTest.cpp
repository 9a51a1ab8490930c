#include "Boards.h"
#include "tone/StageId.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
constexpr std::array effects{"compressor", "modulation", "tremolo", "delay", "reverb"};

std::set<std::string> effectsOn(const Preset& preset)
{
    std::set<std::string> on;
    for (const char* const stage : effects)
        if (preset.parameters.isOn(*findParameter(std::string(stage) + ".enabled")))
            on.emplace(stage);
    return on;
}

struct Left
{
    const char* prompt;
    std::set<std::string> on;
};

TEST(Exception, AllEffectsGoOffTogether)
{
    const auto before = fullTone();
    for (const char* prompt :
         {"remove all effects", "no effects", "strip it down", "all pedals off", "just the amp",
          "effects off", "get rid of the effects", "bypass all the pedals", "kill the fx", "sin efectos",
          "quita todos los efectos", "alle Effekte aus", "ohne Effekte", "nur der Amp", "エフェクトなし",
          "アンプだけ"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        EXPECT_EQ(effectsOn(changed(before, prompt)), std::set<std::string>{}) << prompt;
        for (const auto& id : differences(before, changed(before, prompt)))
            EXPECT_TRUE(id.ends_with(".enabled")) << prompt << ": " << id;
    }
    for (const char* prompt : {"80s clean, no effects", "shoegaze, just the amp", "jazz without pedals",
                               "surf sin efectos", "ambient clean ohne Effekte"})
        EXPECT_EQ(effectsOn(made(prompt)), std::set<std::string>{}) << prompt;
}

TEST(Exception, OfARefusalStays)
{
    const auto before = fullTone();
    for (const auto& [prompt, on] :
         {Left{"no effects except chorus", {"modulation"}},
          Left{"remove everything but the reverb", {"reverb"}},
          Left{"turn off everything except the delay", {"delay"}},
          Left{"bypass all effects except the reverb and the delay", {"reverb", "delay"}},
          Left{"everything off apart from the tremolo", {"tremolo"}}, Left{"nothing but reverb", {"reverb"}},
          Left{"everything but the delay off", {"delay"}},
          Left{"apart from the reverb, no effects", {"reverb"}},
          Left{"sin efectos excepto la reverb", {"reverb"}}, Left{"alle Effekte aus außer Delay", {"delay"}},
          Left{"ディレイ以外オフ", {"delay"}}, Left{"リバーブ以外のエフェクトなし", {"reverb"}}})
    {
        const auto after = changed(before, prompt);
        EXPECT_EQ(effectsOn(after), on) << prompt;
        EXPECT_THAT(after.explanation, testing::Not(testing::HasSubstr("contradict"))) << prompt;
        for (const auto& id : differences(before, after))
            EXPECT_TRUE(id.ends_with(".enabled")) << prompt << ": " << id;
    }
    EXPECT_EQ(effectsOn(made("clean, no effects except chorus")), std::set<std::string>{"modulation"});
    EXPECT_EQ(effectsOn(made("surf with no effects but spring reverb")), std::set<std::string>{"reverb"});
}

TEST(Exception, OfEverythingElseGoes)
{
    const auto before = fullTone();
    for (const auto& [prompt, off] : {std::pair{"everything but reverb", "reverb.enabled"},
                                      {"all except the delay", "delay.enabled"},
                                      {"keep everything but the chorus", "modulation.enabled"},
                                      {"todo menos la reverb", "reverb.enabled"},
                                      {"alles außer Delay", "delay.enabled"}})
        EXPECT_EQ(differences(before, changed(before, prompt)), std::set<std::string>{off}) << prompt;
    EXPECT_FALSE(made("80s ballad lead, everything but reverb").parameters.isOn("reverb.enabled"_p));
}

TEST(Exception, OfAChangeIsSpared)
{
    const auto before = fullTone();
    for (const auto& [prompt, stage] : {std::pair{"everything is too bright except the reverb", "reverb."},
                                        {"brighter, except for the reverb", "reverb."},
                                        {"louder on everything but the reverb", "reverb."},
                                        {"more gain on everything but the chorus", "modulation."},
                                        {"more bass, except on the delay", "delay."},
                                        {"leave everything but the reverb alone", "reverb."},
                                        {"don't touch anything but the delay", "delay."},
                                        {"a bit more reverb than delay", "delay."},
                                        {"make everything louder than the reverb", "reverb."}})
        for (const auto& id : differences(before, changed(before, prompt)))
            EXPECT_FALSE(id.starts_with(stage)) << prompt << " moved " << id;
}

TEST(Exception, AffixesNegate)
{
    for (const char* prompt :
         {"non-distorted rock", "distortion-free rock", "gainless rock", "undistorted rock"})
        EXPECT_LT(made(prompt).parameters["amp.gain"_p], 4) << prompt;
    for (const char* prompt : {"reverbless surf", "reverb-less surf", "reverb-free surf"})
        EXPECT_FALSE(made(prompt).parameters.isOn("reverb.enabled"_p)) << prompt;
    for (const char* prompt : {"un-compressed funk", "uncompressed funk", "non-compressed country"})
        EXPECT_FALSE(made(prompt).parameters.isOn("compressor.enabled"_p)) << prompt;
    EXPECT_EQ(differences(fullTone(), changed(fullTone(), "make it delayless")),
              std::set<std::string>{"delay.enabled"});
}
} // namespace
} // namespace tonewright::test
