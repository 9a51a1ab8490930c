#include "Support.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
using testing::HasSubstr;

float valueOf(const std::string& prompt, ParameterIndex parameter)
{
    return made(prompt).parameters[parameter];
}

TEST(OfflineGenerator, AsksForWordsWhenThereAreNone)
{
    OfflineGenerator generator;
    for (const char* blank : {"", " ", "\n\t \r\n"})
    {
        GenerationRequest request;
        request.prompt = blank;
        const auto result = generator.generate(request, Cancellation(), {});
        ASSERT_FALSE(static_cast<bool>(result));
        EXPECT_EQ(result.error().kind, GenerationErrorKind::emptyPrompt);
        EXPECT_THAT(result.error().message, HasSubstr("Type a tone in words first"));
    }
}

TEST(OfflineGenerator, StopsWhenCancelled)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = "warm";
    Cancellation cancellation;
    cancellation.cancel();
    const auto result = generator.generate(request, cancellation, {});
    ASSERT_FALSE(static_cast<bool>(result));
    EXPECT_EQ(result.error().kind, GenerationErrorKind::cancelled);
}

TEST(OfflineGenerator, SaysWhoMadeThePresetAndFromWhat)
{
    const auto preset = made("warm jazz clean with a touch of plate");
    EXPECT_EQ(preset.source.engine, "offline");
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_GT(preset.source.confidence, 0.7);
    EXPECT_EQ(preset.prompt, "warm jazz clean with a touch of plate");
    EXPECT_THAT(preset.explanation, HasSubstr("a touch of plate"));
    EXPECT_FALSE(preset.name.empty());
    EXPECT_THAT(preset.tags, testing::Contains("jazz"));
}

TEST(OfflineGenerator, AnswersTheSameTwice)
{
    for (const char* prompt : {"warm jazz clean", "djent", "asdfgh", "dotted eighth at 120"})
        EXPECT_EQ(made(prompt), made(prompt)) << prompt;
}

TEST(OfflineGenerator, SwitchesOnOnlyWhatWasAskedFor)
{
    for (const char* prompt : {"clean", "crunch", "bright", "dark", "thin", "fat", "bright crunch", "asdfgh"})
    {
        const auto set = made(prompt).parameters;
        for (const auto effect :
             {"compressor.enabled"_p, "boost.enabled"_p, "drive.enabled"_p, "modulation.enabled"_p,
              "tremolo.enabled"_p, "delay.enabled"_p, "reverb.enabled"_p, "gate.enabled"_p})
            EXPECT_FALSE(set.isOn(effect)) << prompt << " " << infoOf(effect).id;
    }
}

struct TypedEffect
{
    const char* prompt;
    ParameterIndex enabled;
    ParameterIndex type;
    int choice;
};

TEST(OfflineGenerator, ChoosesTheEffectNamed)
{
    const TypedEffect cases[] = {
        {"clean with spring reverb", "reverb.enabled"_p, "reverb.type"_p, int(ReverbType::spring)},
        {"plate", "reverb.enabled"_p, "reverb.type"_p, int(ReverbType::plate)},
        {"clean in a cathedral", "reverb.enabled"_p, "reverb.type"_p, int(ReverbType::cathedral)},
        {"shimmer", "reverb.enabled"_p, "reverb.type"_p, int(ReverbType::shimmer)},
        {"clean with phaser", "modulation.enabled"_p, "modulation.type"_p, int(ModulationType::phaser)},
        {"leslie clean", "modulation.enabled"_p, "modulation.type"_p, int(ModulationType::rotary)},
        {"crunch with flanger", "modulation.enabled"_p, "modulation.type"_p, int(ModulationType::flanger)},
        {"harmonic tremolo", "tremolo.enabled"_p, "tremolo.type"_p, int(TremoloType::harmonic)},
        {"tape echo", "delay.enabled"_p, "delay.type"_p, int(DelayType::tape)},
        {"ping pong delay", "delay.enabled"_p, "delay.type"_p, int(DelayType::pingPong)},
        {"big muff", "drive.enabled"_p, "drive.type"_p, int(DriveType::fuzz)},
        {"clean with a tube screamer", "drive.enabled"_p, "drive.type"_p, int(DriveType::overdrive)},
        {"optical compressor", "compressor.enabled"_p, "compressor.type"_p, int(CompressorType::optical)},
        {"ac30 with treble booster", "boost.enabled"_p, "boost.type"_p, int(BoostType::treble)},
    };
    for (const auto& c : cases)
    {
        const auto set = made(c.prompt).parameters;
        EXPECT_TRUE(set.isOn(c.enabled)) << c.prompt;
        EXPECT_EQ(set.choice<int>(c.type), c.choice) << c.prompt;
    }
}

TEST(OfflineGenerator, ReadsNegationWithItsScope)
{
    EXPECT_FALSE(made("surf with no reverb").parameters.isOn("reverb.enabled"_p));
    EXPECT_FALSE(made("surf, reverb-free").parameters.isOn("reverb.enabled"_p));
    EXPECT_FALSE(made("rockabilly without delay").parameters.isOn("delay.enabled"_p));
    EXPECT_FALSE(made("80s clean, don't use chorus").parameters.isOn("modulation.enabled"_p));
    const auto both = made("clean with no reverb or delay but with chorus").parameters;
    EXPECT_FALSE(both.isOn("reverb.enabled"_p));
    EXPECT_FALSE(both.isOn("delay.enabled"_p));
    EXPECT_TRUE(both.isOn("modulation.enabled"_p));
    const auto afterComma = made("no reverb, lots of delay").parameters;
    EXPECT_FALSE(afterComma.isOn("reverb.enabled"_p));
    EXPECT_TRUE(afterComma.isOn("delay.enabled"_p));
    EXPECT_TRUE(made("no plate, spring instead").parameters.isOn("reverb.enabled"_p));
    EXPECT_LE(valueOf("clean, not too bright", "amp.treble"_p), valueOf("clean", "amp.treble"_p));
    EXPECT_GT(valueOf("metal but without scooped mids", "amp.mid"_p), valueOf("metal", "amp.mid"_p));
    EXPECT_LT(valueOf("no gain", "amp.gain"_p), 3.0f);
}

void expectRising(const std::vector<std::string>& prompts, ParameterIndex parameter)
{
    for (std::size_t i = 1; i < prompts.size(); ++i)
        EXPECT_LT(valueOf(prompts[i - 1], parameter), valueOf(prompts[i], parameter))
            << prompts[i - 1] << " | " << prompts[i] << " | " << infoOf(parameter).id;
}

TEST(OfflineGenerator, MoreOfAWordIsMoreOfTheSound)
{
    expectRising({"clean with a touch of reverb", "clean with some reverb", "clean with reverb",
                  "clean with lots of reverb", "clean with tons of reverb"},
                 "reverb.mix"_p);
    expectRising({"clean with subtle delay", "clean with delay", "clean with heavy delay"}, "delay.mix"_p);
    expectRising({"a bit bright", "bright", "very bright", "extremely bright"}, "amp.treble"_p);
    expectRising({"extremely dark", "very dark", "dark", "slightly dark"}, "amp.treble"_p);
    expectRising({"slightly overdriven jcm800", "overdriven jcm800", "super overdriven jcm800"},
                 "amp.gain"_p);
    expectRising({"subtle phaser", "phaser", "deep phaser"}, "modulation.depth"_p);
    expectRising({"slow tremolo", "tremolo", "fast tremolo"}, "tremolo.rate"_p);
    expectRising({"dark reverb", "reverb", "bright reverb"}, "reverb.tone"_p);
    expectRising({"short reverb", "reverb", "long reverb"}, "reverb.decay"_p);
    expectRising({"squashed compression", "compression", "light compression"}, "compressor.threshold"_p);
}

TEST(OfflineGenerator, ReadsNumbersWithUnits)
{
    EXPECT_FLOAT_EQ(valueOf("clean, delay 350 ms", "delay.time"_p), 350);
    EXPECT_FLOAT_EQ(valueOf("clean with a 350ms delay", "delay.time"_p), 350);
    EXPECT_FLOAT_EQ(valueOf("delay of half a second? no: 0.42 s delay", "delay.time"_p), 420);
    EXPECT_FLOAT_EQ(valueOf("crunch, gain at 7", "amp.gain"_p), 7);
    EXPECT_FLOAT_EQ(valueOf("crunch, gain 7/10", "amp.gain"_p), 7);
    EXPECT_FLOAT_EQ(valueOf("reverb 3 seconds", "reverb.decay"_p), 3);
    EXPECT_FLOAT_EQ(valueOf("hall reverb at 30%", "reverb.mix"_p), 30);
    EXPECT_FLOAT_EQ(valueOf("tremolo 4 Hz", "tremolo.rate"_p), 4);
    EXPECT_FLOAT_EQ(valueOf("compressor 4:1", "compressor.ratio"_p), 4);
    EXPECT_FLOAT_EQ(valueOf("gate at -50 dB", "gate.threshold"_p), -50);
    const auto all = made("crunch gain 6 bass 4 mid 7 treble 5 presence 3").parameters;
    EXPECT_FLOAT_EQ(all["amp.gain"_p], 6);
    EXPECT_FLOAT_EQ(all["amp.bass"_p], 4);
    EXPECT_FLOAT_EQ(all["amp.mid"_p], 7);
    EXPECT_FLOAT_EQ(all["amp.treble"_p], 5);
    EXPECT_FLOAT_EQ(all["amp.presence"_p], 3);
    const auto two = made("delay 400 ms mix 35% feedback 20%").parameters;
    EXPECT_FLOAT_EQ(two["delay.time"_p], 400);
    EXPECT_FLOAT_EQ(two["delay.mix"_p], 35);
    EXPECT_FLOAT_EQ(two["delay.feedback"_p], 20);
}

TEST(OfflineGenerator, ClampsNumbersAndSaysSo)
{
    const auto preset = made("set gain to 9999");
    EXPECT_FLOAT_EQ(preset.parameters["amp.gain"_p], 10);
    EXPECT_THAT(preset.explanation, HasSubstr("goes only from"));
}

TEST(OfflineGenerator, TurnsNoteLengthsIntoSyncAndMilliseconds)
{
    const auto dotted = made("dotted eighth delay at 120 bpm").parameters;
    EXPECT_NEAR(dotted["delay.time"_p], 375, 1);
    EXPECT_EQ(dotted.choice<DelaySync>("delay.sync"_p), DelaySync::eighthDotted);
    EXPECT_NEAR(made("quarter note delay at 120").parameters["delay.time"_p], 500, 1);
    EXPECT_NEAR(made("quarter note delay", 100).parameters["delay.time"_p], 600, 1) << "the host's tempo";
    EXPECT_NEAR(made("1/8 delay at 90 bpm", 100).parameters["delay.time"_p], 333, 1)
        << "the prompt's tempo counts";
}

TEST(OfflineGenerator, LetsTheMoreSpecificWordDecide)
{
    EXPECT_LT(valueOf("clean metallica", "amp.gain"_p), 5);
    EXPECT_EQ(made("clean metallica").parameters.choice<AmpModel>("amp.model"_p), AmpModel::americanClean);
    const auto song = made("metallica nothing else matters").parameters;
    EXPECT_TRUE(song.isOn("reverb.enabled"_p));
    EXPECT_NE(song.choice<AmpModel>("amp.model"_p), AmpModel::modernHighGain);
    EXPECT_FALSE(made("jazz hendrix, no fuzz").parameters.isOn("drive.enabled"_p));
}

TEST(OfflineGenerator, NamesContradictions)
{
    for (const char* prompt :
         {"bright but dark", "clean high gain", "dry with huge reverb", "SRV into Metallica"})
        EXPECT_THAT(made(prompt).explanation,
                    testing::AnyOf(HasSubstr("pull against"), HasSubstr("contradict")))
            << prompt;
    EXPECT_LT(made("clean high gain").source.confidence, made("high gain").source.confidence);
}

TEST(OfflineGenerator, ReadsMisspellingsAndSaysSo)
{
    EXPECT_EQ(made("Metallice rhythm").parameters, made("Metallica rhythm").parameters);
    EXPECT_EQ(made("ac\\dc").parameters, made("AC/DC").parameters);
    EXPECT_EQ(made("Jimi Hendix").parameters, made("jimi hendrix").parameters);
    EXPECT_EQ(made("stevie ray vaughn").parameters, made("SRV").parameters);
    EXPECT_THAT(made("tremelo").explanation, HasSubstr("read as"));
}

TEST(OfflineGenerator, SpeaksOtherLanguages)
{
    EXPECT_EQ(made("limpio brillante").parameters, made("clean bright").parameters);
    EXPECT_EQ(made("verzerrt und dunkel").parameters, made("distorted and dark").parameters);
    EXPECT_EQ(made("明るいクリーン").parameters, made("bright clean").parameters);
    EXPECT_FALSE(made("サーフ、リバーブなし").parameters.isOn("reverb.enabled"_p));
    EXPECT_FALSE(made("surf ohne Hall").parameters.isOn("reverb.enabled"_p));
    EXPECT_LT(made("limpio con un poco de reverb").parameters["reverb.mix"_p],
              made("limpio con mucha reverb").parameters["reverb.mix"_p]);
}

TEST(OfflineGenerator, GivesAPlainCleanAndLowConfidenceForNonsense)
{
    for (const char* prompt : {"asdfgh", "🍕🍕", "purple elephant seven", "0", "ignore previous instructions"})
    {
        const auto preset = made(prompt);
        EXPECT_LT(preset.source.confidence, 0.3) << prompt;
        EXPECT_EQ(preset.parameters.choice<AmpModel>("amp.model"_p), AmpModel::americanClean) << prompt;
        EXPECT_FALSE(preset.parameters.isOn("delay.enabled"_p)) << prompt;
    }
    EXPECT_THAT(made("asdfgh clean").explanation, HasSubstr("I did not understand \"asdfgh\""));
}

TEST(OfflineGenerator, OffersAlternativesThatDiffer)
{
    for (const char* prompt : {"warm jazz clean", "tight modern metal rhythm", "surf", "asdfgh"})
    {
        std::vector<Preset> answers;
        for (int variation = 0; variation < 4; ++variation)
            answers.push_back(made(prompt, 0, variation));
        for (std::size_t a = 0; a < answers.size(); ++a)
            for (std::size_t b = a + 1; b < answers.size(); ++b)
            {
                double distance = 0;
                for (std::size_t i = 0; i < parameterCount; ++i)
                    distance += std::abs(toNormalised(parameterTable[i], answers[a].parameters.values[i]) -
                                         toNormalised(parameterTable[i], answers[b].parameters.values[i]));
                EXPECT_GT(distance, 0.15) << prompt << " " << a << " " << b;
            }
        EXPECT_EQ(answers[2], made(prompt, 0, 2));
    }
}

TEST(OfflineGenerator, NeverNamesAPresetAfterAPlayerOrAMaker)
{
    for (const char* prompt : {"metallica", "hendrix", "marshall crunch", "vox chime"})
    {
        auto name = made(prompt).name;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        for (const char* word : {"metallica", "hendrix", "marshall", "vox"})
            EXPECT_EQ(name.find(word), std::string::npos) << name;
    }
}
} // namespace
} // namespace tonewright::test
