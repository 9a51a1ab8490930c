#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct Edit
{
    const char* prompt;
    const char* parameter;
    int direction;
    std::set<std::string> mayMove;
};

void expectEdits(const Preset& before, std::initializer_list<Edit> edits)
{
    for (const auto& [prompt, id, direction, mayMove] : edits)
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

float valueOf(const Preset& preset, const char* id)
{
    return preset.parameters[*findParameter(id)];
}

const std::set<std::string> compressing{"compressor.makeup", "amp.gain"};

TEST(PlainSpeech, NotesAndStringsSayWhereAndAskForNoMoreOfThem)
{
    expectEdits(
        fullTone(),
        {
            {"high notes need more sustain", "compressor.threshold", -1, compressing},
            {"the high notes die too fast", "compressor.threshold", -1, compressing},
            {"die hohen Töne brauchen mehr Sustain", "compressor.threshold", -1, compressing},
            {"give the high notes more body", "amp.bass", 1, {"equaliser.low_mid_gain"}},
            {"low strings need more definition", "equaliser.low_mid_gain", -1, {"amp.presence"}},
            {"make the low end tighter", "amp.resonance", -1, {"amp.bass"}},
            {"high strings are too quiet", "amp.treble", 1, {"amp.presence", "equaliser.high_mid_gain"}},
        });
}

TEST(PlainSpeech, AFaultThatIsTooLoudIsCured)
{
    const std::set<std::string> gate{};
    expectEdits(fullTone(), {
                                {"the hum is too loud", "gate.threshold", 1, gate},
                                {"hum is loud", "gate.threshold", 1, gate},
                                {"das Brummen ist zu laut", "gate.threshold", 1, gate},
                                {"el ruido es demasiado alto", "gate.threshold", 1, gate},
                                {"quiet the hum", "gate.threshold", 1, gate},
                                {"the fizz is too strong", "equaliser.high_gain", -1, {}},
                            });
}

TEST(PlainSpeech, TooMuchOfAQualityIsLessOfIt)
{
    expectEdits(fullTone(),
                {
                    {"it cuts through too much", "amp.mid", -1, {"amp.presence"}},
                    {"it bites too hard", "amp.presence", -1, {"compressor.attack"}},
                    {"it sparkles too much",
                     "equaliser.high_gain",
                     -1,
                     {"amp.treble", "amp.presence", "equaliser.low_mid_gain", "equaliser.high_mid_gain"}},
                });
}

TEST(PlainSpeech, FiltersCutWhatTheirNamesSay)
{
    const auto before = fullTone();
    expectEdits(
        before,
        {
            {"low cut", "amp.bass", -1, {}},
            {"add a low cut", "amp.bass", -1, {}},
            {"high cut", "equaliser.high_gain", -1, {}},
            {"high pass at 80 hz", "equaliser.low_gain", -1, {"equaliser.low_frequency", "equaliser.low_q"}},
            {"hpf at 120", "equaliser.low_gain", -1, {"equaliser.low_frequency", "equaliser.low_q"}},
            {"low pass at 5k", "equaliser.high_gain", -1, {"equaliser.high_frequency", "equaliser.high_q"}},
            {"roll off everything below 90 Hz",
             "equaliser.low_gain",
             -1,
             {"equaliser.low_frequency", "equaliser.low_q"}},
        });
    EXPECT_FLOAT_EQ(valueOf(changed(before, "high pass at 80 hz"), "equaliser.low_frequency"), 80);
    EXPECT_LE(valueOf(changed(before, "high pass at 80 hz"), "equaliser.low_gain"), -9);
    EXPECT_FLOAT_EQ(valueOf(changed(before, "low pass at 5k"), "equaliser.high_frequency"), 5000);
}

TEST(PlainSpeech, OneVerbTurnsAllBandsOfAList)
{
    const auto before = made("clean");
    const auto cut = changed(before, "cut 400 by 3 and 3k by 2");
    EXPECT_FLOAT_EQ(valueOf(cut, "equaliser.low_mid_gain"), -3);
    EXPECT_FLOAT_EQ(valueOf(cut, "equaliser.high_mid_gain"), -2);
    const auto each = changed(before, "bring 400 up by 2 and 5k down by 3");
    EXPECT_FLOAT_EQ(valueOf(each, "equaliser.low_mid_gain"), 2);
    EXPECT_FLOAT_EQ(valueOf(each, "equaliser.high_mid_gain"), -3);
    const auto with = changed(before, "-3 at 400 and -2 at 3k");
    EXPECT_FLOAT_EQ(valueOf(with, "equaliser.low_mid_gain"), -3);
    EXPECT_FLOAT_EQ(valueOf(with, "equaliser.high_mid_gain"), -2);
}

TEST(PlainSpeech, OneParticleTurnsAllThatAndJoins)
{
    expectEdits(fullTone(),
                {
                    {"turn the amp and the reverb up", "amp.gain", 1, {"reverb.mix"}},
                    {"turn the amp and the reverb up", "reverb.mix", 1, {"amp.gain"}},
                    {"turn down the amp and delay", "delay.mix", -1, {"amp.gain"}},
                    {"turn up the bass and the amp", "amp.gain", 1, {"amp.bass"}},
                    {"turn the chorus and the delay up a bit", "modulation.mix", 1, {"delay.mix"}},
                    {"turn the chorus and the reverb off", "modulation.enabled", -1, {"reverb.enabled"}},
                    {"lower treble and presence by 1", "amp.treble", -1, {"amp.presence"}},
                    {"lower treble and presence by 1", "amp.presence", -1, {"amp.treble"}},
                });
    const auto set = changed(fullTone(), "set bass, mids and treble to 6");
    EXPECT_FLOAT_EQ(valueOf(set, "amp.bass"), 6);
    EXPECT_FLOAT_EQ(valueOf(set, "amp.mid"), 6);
    EXPECT_FLOAT_EQ(valueOf(set, "amp.treble"), 6);
}

TEST(PlainSpeech, TheAmpMovesAsFarAsIsSaid)
{
    const auto before = fullTone();
    const auto gain = [](const Preset& preset) { return valueOf(preset, "amp.gain"); };
    const float step = gain(changed(before, "turn the amp up")) - gain(before);
    EXPECT_NEAR(gain(changed(before, "turn the amp up a bit")) - gain(before), step / 2, 0.11f);
    EXPECT_NEAR(gain(changed(before, "turn the amp up by 2")) - gain(before), 2, 0.01f);
    EXPECT_NEAR(gain(changed(before, "turn the amp down by 1.5")) - gain(before), -1.5f, 0.01f);
    EXPECT_NEAR(gain(changed(before, "amp up two notches")) - gain(before), 2, 0.01f);
}

TEST(PlainSpeech, OnlyALittleIsLittle)
{
    expectEdits(fullTone(), {
                                {"nur ein bisschen Bass", "amp.bass", -1, {}},
                                {"just a little bass", "amp.bass", -1, {}},
                                {"only a little gain", "amp.gain", -1, {}},
                                {"ゲインは少しだけ", "amp.gain", -1, {}},
                                {"only a bit of reverb", "reverb.mix", -1, {}},
                                {"just a little more gain", "amp.gain", 1, {}},
                                {"add just a little bass", "amp.bass", 1, {}},
                                {"lighten the reverb", "reverb.mix", -1, {}},
                            });
    EXPECT_LT(valueOf(made("only a little gain"), "amp.gain"), valueOf(made("some gain"), "amp.gain"));
    EXPECT_LT(valueOf(made("clean mit nur ein bisschen Bass"), "amp.bass"),
              valueOf(made("clean"), "amp.bass"));
}

TEST(PlainSpeech, TremoloBeatsInTime)
{
    EXPECT_NEAR(valueOf(made("tremolo in sync at 90 bpm"), "tremolo.rate"), 3, 0.02f);
    EXPECT_NEAR(valueOf(made("tremolo in sync", 150), "tremolo.rate"), 5, 0.02f);
    const auto eighths = made("tremolo synced to quarter notes at 120 bpm");
    EXPECT_NEAR(valueOf(eighths, "tremolo.rate"), 2, 0.02f);
    EXPECT_FALSE(eighths.parameters.isOn("delay.enabled"_p));
    const auto both = made("dotted eighth delay and quarter note tremolo at 120 bpm");
    EXPECT_NEAR(valueOf(both, "tremolo.rate"), 2, 0.02f);
    EXPECT_NEAR(valueOf(both, "delay.time"), 375, 1);
}

std::ptrdiff_t placeOf(const Preset& preset, StageId stage)
{
    const auto& order = preset.parameters.order;
    return std::find(order.begin(), order.end(), stage) - order.begin();
}

TEST(PlainSpeech, SwapExchangesPlacesWhereBothAreOn)
{
    const auto before = fullTone();
    const auto after = changed(before, "swap the delay with the reverb");
    EXPECT_TRUE(after.parameters.isOn("delay.enabled"_p));
    EXPECT_TRUE(after.parameters.isOn("reverb.enabled"_p));
    EXPECT_EQ(placeOf(after, StageId::delay), placeOf(before, StageId::reverb));
    EXPECT_EQ(placeOf(after, StageId::reverb), placeOf(before, StageId::delay));
    const auto other = changed(made("clean with delay"), "swap the delay with a reverb");
    EXPECT_FALSE(other.parameters.isOn("delay.enabled"_p));
    EXPECT_TRUE(other.parameters.isOn("reverb.enabled"_p));
    const auto replaced = changed(before, "replace the delay with the reverb");
    EXPECT_FALSE(replaced.parameters.isOn("delay.enabled"_p));
}

TEST(PlainSpeech, WhatOnlyTellsWhenIsNoWish)
{
    const auto before = made("clean with delay");
    const auto after = changed(before, "add reverb before the delay kicks in");
    EXPECT_EQ(after.parameters.order, before.parameters.order);
    EXPECT_TRUE(after.parameters.isOn("reverb.enabled"_p));
    EXPECT_FALSE(changed(made("clean"), "add a delay before the chorus kicks in")
                     .parameters.isOn("modulation.enabled"_p));
    EXPECT_NE(changed(fullTone(), "put the delay before the amp, please").parameters.order,
              fullTone().parameters.order);
}

TEST(PlainSpeech, ADifferentAmpIsOneInANewToneToo)
{
    for (const auto* const style : {"metal", "warm jazz clean", "crunchy blues tone"})
    {
        const auto usual = made(style);
        const auto other = made(std::string(style) + " but with a different amp");
        EXPECT_NE(valueOf(usual, "amp.model"), valueOf(other, "amp.model")) << style;
    }
}

TEST(PlainSpeech, GermanVerbsComeApart)
{
    const auto before = fullTone();
    EXPECT_GT(valueOf(changed(before, "gib etwas Hall dazu"), "reverb.mix"), valueOf(before, "reverb.mix"));
    EXPECT_NE(valueOf(changed(before, "nimm einen anderen Hall"), "reverb.type"),
              valueOf(before, "reverb.type"));
    EXPECT_EQ(valueOf(changed(before, "nimm einen anderen Hall"), "reverb.mix"),
              valueOf(before, "reverb.mix"));
    EXPECT_LT(valueOf(changed(before, "nimm etwas Bass weg"), "amp.bass"), valueOf(before, "amp.bass"));
    EXPECT_FALSE(changed(before, "nimm den Hall weg").parameters.isOn("reverb.enabled"_p));
}

TEST(PlainSpeech, AdjectivesBehindTheOnlyEffectAreItsOwn)
{
    const auto plain = made("spring reverb");
    const auto dark = made("spring reverb, dark and subtle");
    EXPECT_LT(valueOf(dark, "reverb.tone"), valueOf(plain, "reverb.tone"));
    EXPECT_LT(valueOf(dark, "reverb.mix"), valueOf(plain, "reverb.mix"));
    EXPECT_EQ(valueOf(dark, "amp.treble"), valueOf(plain, "amp.treble"));
    EXPECT_TRUE(isEdit(fullTone(), "spring reverb, dark and subtle"));
}

TEST(PlainSpeech, AWholeToneBringsAllThatBelongsToIt)
{
    const auto clean = made("warm clean");
    const auto lead = changed(clean, "turn it into a lead sound");
    EXPECT_GT(valueOf(lead, "amp.gain"), valueOf(clean, "amp.gain") + 2);
    EXPECT_GT(valueOf(lead, "amp.mid"), valueOf(clean, "amp.mid"));
}

TEST(PlainSpeech, DigitalIsAColour)
{
    const auto before = fullTone();
    const auto after = changed(before, "less digital sounding");
    EXPECT_EQ(valueOf(after, "amp.gain"), valueOf(before, "amp.gain"));
    EXPECT_LT(valueOf(after, "equaliser.high_gain"), valueOf(before, "equaliser.high_gain"));
}

TEST(PlainSpeech, WordsThatWereUnknown)
{
    for (const auto* const prompt : {"killswitch", "stutter", "chop"})
        EXPECT_EQ(made(prompt).parameters.choice<TremoloType>("tremolo.type"_p), TremoloType::chop) << prompt;
    EXPECT_GT(valueOf(made("delay repeats forever"), "delay.feedback"), 60);
    EXPECT_GT(valueOf(changed(fullTone(), "let the reverb ring forever"), "reverb.decay"), 5);
    EXPECT_NE(made("southern rock twin leads").parameters.choice<AmpModel>("amp.model"_p),
              AmpModel::americanClean);
    const auto dry = made("dry as a bone funk");
    EXPECT_EQ(dry.explanation.find("not understand"), std::string::npos) << dry.explanation;
    EXPECT_TRUE(made("psychedelic freakout").parameters.isOn("modulation.enabled"_p));
    EXPECT_EQ(made("bay area").parameters.choice<AmpModel>("amp.model"_p), AmpModel::modernHighGain);
    EXPECT_EQ(made("crackly").explanation.find("not understand"), std::string::npos);
    EXPECT_EQ(made("autumn leaves").parameters, made("guitar").parameters);
}

TEST(PlainSpeech, AMicrophoneIsWhatIsCalledOne)
{
    const auto before = fullTone();
    EXPECT_NE(valueOf(changed(before, "マイクを別のマイクに"), "cabinet.mic"),
              valueOf(before, "cabinet.mic"));
    EXPECT_NE(valueOf(changed(before, "a different mic"), "cabinet.mic"), valueOf(before, "cabinet.mic"));
    EXPECT_EQ(valueOf(changed(before, "a different mic"), "cabinet.model"), valueOf(before, "cabinet.model"));
    EXPECT_NE(valueOf(changed(before, "別のマイク"), "cabinet.mic"), valueOf(before, "cabinet.mic"));
    EXPECT_EQ(valueOf(changed(before, "別のマイク"), "cabinet.model"), valueOf(before, "cabinet.model"));
}
} // namespace
} // namespace tonewright::test
