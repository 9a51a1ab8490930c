#include "Support.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <utility>

namespace tonewright::test
{
namespace
{
Preset start()
{
    auto preset =
        made("classic rock crunch with chorus, tremolo, plate reverb, delay, compression and a gate");
    preset.parameters["delay.time"_p] = 400;
    preset.parameters["reverb.decay"_p] = 3;
    preset.parameters["amp.gain"_p] = 5;
    preset.parameters["amp.bass"_p] = 5;
    preset.parameters["amp.mid"_p] = 5;
    preset.parameters["amp.treble"_p] = 5;
    return preset;
}

struct Difference
{
    const char* prompt;
    const char* parameter;
    double difference; ///< against start(), in the parameter's unit
};

const Difference differences[] = {
    // Knobs: decibels (2 a mark), plain steps, notches; signs, verbs and comparatives give the direction.
    {"-5 dB bass", "amp.bass", -2.5},
    {"bass -5 dB", "amp.bass", -2.5},
    {"bass: -5dB", "amp.bass", -2.5},
    {"minus 4 dB of treble", "amp.treble", -2},
    {"+4 dB mids", "amp.mid", 2},
    {"plus 4 dB treble", "amp.treble", 2},
    {"4 dB more bass", "amp.bass", 2},
    {"4 dB less bass", "amp.bass", -2},
    {"take 4 dB off the bass", "amp.bass", -2},
    {"cut the bass by 4 dB", "amp.bass", -2},
    {"cut the bass 4 dB", "amp.bass", -2},
    {"keep the presence and 4 dB less treble", "amp.treble", -2},
    {"bump the mids up to 7", "amp.mid", 2},
    {"boost the mids 4 dB", "amp.mid", 2},
    {"add 4 dB of treble", "amp.treble", 2},
    {"lower the treble by a couple of dB", "amp.treble", -1},
    {"+2 treble", "amp.treble", 2},
    {"treble +2", "amp.treble", 2},
    {"treble -2", "amp.treble", -2},
    {"gain up 2", "amp.gain", 2},
    {"gain down 2", "amp.gain", -2},
    {"turn the gain down by 2", "amp.gain", -2},
    {"turn the gain up by 1.5", "amp.gain", 1.5},
    {"turn down the gain 2", "amp.gain", -2},
    {"raise the mids by two", "amp.mid", 2},
    {"reduce gain by 1", "amp.gain", -1},
    {"2 more gain", "amp.gain", 2},
    {"bass up a notch", "amp.bass", 1},
    {"bass up one notch", "amp.bass", 1},
    {"bass down two notches", "amp.bass", -2},
    {"Bass um 2 runter", "amp.bass", -2},
    {"2 dB weniger Bass", "amp.bass", -1},
    {"baja los graves 4 dB", "amp.bass", -2},
    {"sube los graves un punto", "amp.bass", 1},
    {"20% less gain", "amp.gain", -2},
    // Values.
    {"bass at 3", "amp.bass", -2},
    {"bass to 3", "amp.bass", -2},
    {"turn the gain down to 3", "amp.gain", -2},
    {"turn the gain up to 7", "amp.gain", 2},
    {"increase the treble to about 7", "amp.treble", 2},
    {"gain at seven", "amp.gain", 2},
    {"treble at 3 o'clock", "amp.treble", 3},
    {"mids at noon", "amp.mid", 0},
    // Times.
    {"delay 50 ms shorter", "delay.time", -50},
    {"delay 50 ms longer", "delay.time", 50},
    {"make the delay 50 ms shorter", "delay.time", -50},
    {"shorten the delay by 50 ms", "delay.time", -50},
    {"100 ms longer", "delay.time", 100},
    {"50 ms shorter", "delay.time", -50},
    {"shorter delay by 50 ms", "delay.time", -50},
    {"delay time down 50 ms", "delay.time", -50},
    {"delay time 50 ms less", "delay.time", -50},
    {"delay 350 ms", "delay.time", -50},
    {"350 ms delay", "delay.time", -50},
    {"shorter reverb by a second", "reverb.decay", -1},
    {"reverb a second longer", "reverb.decay", 1},
    {"reverb half a second shorter", "reverb.decay", -0.5},
    {"reverb um eine Sekunde kürzer", "reverb.decay", -1},
    {"reverb 2 s longer", "reverb.decay", 2},
    {"one second longer reverb", "reverb.decay", 1},
    {"reverb 50% longer", "reverb.decay", 1.5},
    {"at 480 ms", "delay.time", 0},
    // Levels.
    {"3 dB louder", "output.level", 3},
    {"louder by 3 dB", "output.level", 3},
    {"3 dB quieter", "output.level", -3},
    {"turn it down by 3 dB", "output.level", -3},
    {"turn it up 3 dB", "output.level", 3},
    {"-3 dB", "output.level", -3},
    {"volume -3 dB", "output.level", -3},
    {"volume up 2 dB", "output.level", 2},
    {"compressor threshold -30 dB", "amp.gain", 0},
};

TEST(Numbers, MoveTheKnobTheWayTheyAreSaid)
{
    const auto before = start();
    for (const auto& c : differences)
    {
        const auto parameter = *findParameter(c.parameter);
        const auto after = changed(before, c.prompt);
        EXPECT_TRUE(isEdit(before, c.prompt)) << c.prompt;
        EXPECT_NEAR(after.parameters[parameter] - before.parameters[parameter], c.difference, 0.11)
            << c.prompt << ": " << after.explanation;
    }
}

TEST(Numbers, MoveNothingElse)
{
    const auto before = start();
    for (const auto& c : differences)
    {
        const auto after = changed(before, c.prompt);
        for (std::size_t i = 0; i < parameterCount; ++i)
            if (c.difference != 0 && parameterTable[i].id != c.parameter)
            {
                EXPECT_EQ(after.parameters.values[i], before.parameters.values[i])
                    << c.prompt << " also moved " << parameterTable[i].id;
            }
    }
}

TEST(Numbers, DecibelsOfAnEffectScaleItsMix)
{
    const auto before = start();
    for (const char* prompt : {"reverb -6 dB", "6 dB less reverb", "turn the reverb down by 6 dB"})
        EXPECT_NEAR(changed(before, prompt).parameters["reverb.mix"_p],
                    0.5f * before.parameters["reverb.mix"_p], 1)
            << prompt;
    EXPECT_GT(changed(before, "delay 3 dB louder").parameters["delay.mix"_p],
              before.parameters["delay.mix"_p]);
}

TEST(Numbers, OneNumberSetsTheMixOfTheEffectThatIsOn)
{
    auto onlyDelay = made("clean with delay");
    const auto after = changed(onlyDelay, "set the mix to 30%");
    EXPECT_FLOAT_EQ(after.parameters["delay.mix"_p], 30);
    EXPECT_FALSE(after.parameters.isOn("reverb.enabled"_p));
    EXPECT_FLOAT_EQ(changed(start(), "set the mix to 30%").parameters["reverb.mix"_p], 30);
    EXPECT_FLOAT_EQ(changed(start(), "set the delay mix to 30%").parameters["delay.mix"_p], 30);
    EXPECT_FLOAT_EQ(changed(start(), "chorus mix at 70%").parameters["modulation.mix"_p], 70);
}

struct Band
{
    const char* prompt;
    double frequency;
    double decibels;
};

TEST(Numbers, AFrequencyMeansTheEqualiser)
{
    const Band bands[] = {
        {"cut 3 dB at 2k", 2000, -3},
        {"-3 dB at 2 kHz", 2000, -3},
        {"boost 2 dB at 800 Hz", 800, 2},
        {"+4dB @ 5khz", 5000, 4},
        {"at 2k cut 3 dB", 2000, -3},
        {"reduce 250 Hz by 4 dB", 250, -4},
        {"3 dB cut at 400 Hz", 400, -3},
        {"less 2k", 2000, -3},
        {"too much 3 kHz", 3000, -3},
        {"add 3 dB at 100 Hz", 100, 3},
        {"more 1k", 1000, 3},
        {"take 2 dB off at 10k", 10000, -2},
        {"crunch, cut 3 dB at 2k", 2000, -3},
    };
    constexpr std::array pairs{
        std::pair{"equaliser.low_frequency"_p, "equaliser.low_gain"_p},
        std::pair{"equaliser.low_mid_frequency"_p, "equaliser.low_mid_gain"_p},
        std::pair{"equaliser.mid_frequency"_p, "equaliser.mid_gain"_p},
        std::pair{"equaliser.high_mid_frequency"_p, "equaliser.high_mid_gain"_p},
        std::pair{"equaliser.high_frequency"_p, "equaliser.high_gain"_p},
    };
    auto flat = made("crunch");
    flat.parameters["equaliser.enabled"_p] = 0;
    for (const auto& band : bands)
    {
        const auto after = changed(flat, band.prompt).parameters;
        EXPECT_TRUE(after.isOn("equaliser.enabled"_p)) << band.prompt;
        int found = 0;
        for (const auto& [frequency, gain] : pairs)
            found += std::abs(static_cast<double>(after[frequency]) - band.frequency) < 1 &&
                             std::abs(static_cast<double>(after[gain]) - band.decibels) < 1.5
                         ? 1
                         : 0;
        EXPECT_EQ(found, 1) << band.prompt;
        EXPECT_FALSE(after.isOn("boost.enabled"_p)) << band.prompt;
    }
    const auto twice = changed(changed(flat, "cut 3 dB at 2k"), "cut 3 dB at 2k");
    EXPECT_FLOAT_EQ(twice.parameters["equaliser.high_mid_gain"_p], -6) << "the same band again";
}

TEST(Numbers, ATempoMovesTheEchoes)
{
    auto before = start();
    before.parameters["delay.time"_p] = 500;
    EXPECT_NEAR(changed(before, "20 bpm faster").parameters["delay.time"_p], 429, 1);
    EXPECT_NEAR(changed(before, "20 bpm slower").parameters["delay.time"_p], 600, 1);
    EXPECT_EQ(changed(made("crunch"), "20 bpm faster").parameters, made("crunch").parameters);
    EXPECT_NEAR(made("quarter note delay at 140 bpm").parameters["delay.time"_p], 429, 1);
}

struct Step
{
    const char* prompt;
    const char* parameter;
    int direction;
};

TEST(Numbers, AKnobAndItsEffectNamedTogetherAreOneThing)
{
    const Step steps[] = {
        {"less delay feedback", "delay.feedback", -1},
        {"more delay feedback", "delay.feedback", 1},
        {"fewer delay repeats", "delay.feedback", -1},
        {"less feedback on the delay", "delay.feedback", -1},
        {"too much delay feedback", "delay.feedback", -1},
        {"delay feedback down", "delay.feedback", -1},
        {"weniger Delay Feedback", "delay.feedback", -1},
        {"more tremolo depth", "tremolo.depth", 1},
        {"less tremolo speed", "tremolo.rate", -1},
        {"increase the chorus rate", "modulation.rate", 1},
        {"less depth on the tremolo", "tremolo.depth", -1},
        {"less chorus mix", "modulation.mix", -1},
        {"lower the reverb volume", "reverb.mix", -1},
        {"less reverb decay", "reverb.decay", -1},
        {"the reverb tail is too long", "reverb.decay", -1},
        {"shorter decay", "reverb.decay", -1},
        {"longer reverb tail", "reverb.decay", 1},
        {"a bit more breakup", "amp.gain", 1},
    };
    const auto before = start();
    for (const auto& step : steps)
    {
        const auto after = changed(before, step.prompt).parameters;
        const auto parameter = *findParameter(step.parameter);
        EXPECT_GT((after[parameter] - before.parameters[parameter]) * static_cast<float>(step.direction), 0)
            << step.prompt;
        for (std::size_t i = 0; i < parameterCount; ++i)
            if (parameterTable[i].id != step.parameter)
            {
                EXPECT_EQ(after.values[i], before.parameters.values[i])
                    << step.prompt << " also moved " << parameterTable[i].id;
            }
    }
}

TEST(Numbers, LevelAndUndoAreUnderstoodWithoutANoun)
{
    const auto before = start();
    const auto level = [&](const char* prompt)
    { return changed(before, prompt).parameters["output.level"_p] - before.parameters["output.level"_p]; };
    for (const char* prompt : {"turn it up", "louder please", "a bit louder", "crank it up", "mach lauter",
                               "turn it up a lot", "turn everything up"})
        EXPECT_GT(level(prompt), 0) << prompt;
    for (const char* prompt :
         {"turn it down", "a bit quieter", "turn it down a bit", "too loud", "not so loud"})
        EXPECT_LT(level(prompt), 0) << prompt;
    EXPECT_LT(level("turn it up a bit"), level("turn it up"));
    for (const char* prompt : {"undo that", "undo", "go back", "revert", "deshacer", "rückgängig"})
    {
        const auto after = changed(before, prompt);
        EXPECT_EQ(after.parameters, before.parameters) << prompt;
        EXPECT_THAT(after.explanation, testing::HasSubstr("Undo button")) << prompt;
    }
    EXPECT_TRUE(
        changed(made("surf, no reverb"), "bring back the reverb").parameters.isOn("reverb.enabled"_p));
}

TEST(Numbers, EnormousOnesEndAtTheEndOfTheRange)
{
    const auto before = made("clean with plate reverb");
    const auto zeros = std::string(40, '0');
    EXPECT_EQ(changed(before, "reverb up 800 dB").parameters["reverb.mix"_p], infoOf("reverb.mix"_p).maximum);
    EXPECT_EQ(changed(before, ("gain at 1" + zeros).c_str()).parameters["amp.gain"_p],
              infoOf("amp.gain"_p).maximum);
    EXPECT_EQ(changed(before, ("gain down by 1" + zeros).c_str()).parameters["amp.gain"_p],
              infoOf("amp.gain"_p).minimum);
}

} // namespace
} // namespace tonewright::test
