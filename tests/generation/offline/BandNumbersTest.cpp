#include "Boards.h"
#include "tone/Choices.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
using ::testing::UnorderedElementsAre;

struct BandEdit
{
    const char* prompt;
    const char* band; ///< of the equaliser
    double frequency;
    double decibels;
};

/// Producers leave the Hz out.
TEST(BandNumbers, AreFrequenciesWithoutTheirUnitWhereAWordTurnsOrPlacesThem)
{
    auto before = fullTone();
    before.parameters["equaliser.mid_gain"_p] = 0;
    for (const auto& [prompt, band, frequency, decibels] : {
             BandEdit{"cut 250 by 4db", "low_mid", 250, -4},
             BandEdit{"boost 800 by 3", "mid", 800, 3},
             BandEdit{"cut around 400", "low_mid", 400, -3},
             BandEdit{"less at 2500", "high_mid", 2500, -3},
             BandEdit{"scoop 500 a bit", "mid", 500, -1.5},
             BandEdit{"a dip at 400 hz", "low_mid", 400, -3},
             BandEdit{"take some of the harshness out around 3k", "high_mid", 3000, -3},
             BandEdit{"take the fizz out above 5k", "high_mid", 5000, -3},
             BandEdit{"cut the mids at 800 a lot", "mid", 800, -4.8},
             BandEdit{"it is harsh around 3k", "high_mid", 3000, -3},
             BandEdit{"there is mud at 250", "low_mid", 250, -3},
             BandEdit{"250を4db下げて", "low_mid", 250, -4},
         })
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto after = changed(before, prompt);
        const std::string id = std::string("equaliser.") + band;
        EXPECT_FLOAT_EQ(after.parameters[*findParameter(id + "_frequency")], static_cast<float>(frequency))
            << prompt;
        EXPECT_NEAR(after.parameters[*findParameter(id + "_gain")], decibels, 0.01) << prompt;
        for (const auto& moved : differences(before, after))
            EXPECT_TRUE(moved.starts_with(id)) << prompt << " moves " << moved;
    }
}

TEST(BandNumbers, OfSeveralBandsEachHasItsDirection)
{
    struct Two
    {
        const char* prompt;
        const char* first;
        double firstGain;
        const char* second;
        double secondGain;
    };
    auto before = fullTone();
    for (const auto band : {"equaliser.low_gain"_p, "equaliser.low_mid_gain"_p, "equaliser.mid_gain"_p,
                            "equaliser.high_mid_gain"_p, "equaliser.high_gain"_p})
        before.parameters[band] = 0;
    for (const auto& [prompt, first, firstGain, second, secondGain] :
         {Two{"cut 400 and boost 3k", "low_mid", -3, "high_mid", 3},
          Two{"boost 100 and cut 400", "low", 3, "low_mid", -3},
          Two{"boost 400 Hz and 3 kHz", "low_mid", 3, "high_mid", 3},
          Two{"cut 400 Hz and 3 kHz", "low_mid", -3, "high_mid", -3}})
    {
        const auto after = changed(before, prompt);
        const auto gainOf = [&](const char* band)
        { return after.parameters[*findParameter(std::string("equaliser.") + band + "_gain")]; };
        EXPECT_NEAR(gainOf(first), firstGain, 0.01) << prompt;
        EXPECT_NEAR(gainOf(second), secondGain, 0.01) << prompt;
    }
}

TEST(BandNumbers, ThatCountThingsAreNoFrequencies)
{
    const auto before = made("clean");
    for (const char* prompt : {"less 60 cycle hum", "kill the 60 cycle hum"})
        EXPECT_TRUE(changed(before, prompt).parameters.isOn("gate.enabled"_p)) << prompt;
}

TEST(BandNumbers, AreNoFrequenciesWhereSomethingElseHasTheNumber)
{
    const auto before = fullTone();
    EXPECT_THAT(differences(before, changed(before, "delay around 450")), UnorderedElementsAre("delay.time"));
    EXPECT_FLOAT_EQ(changed(before, "delay around 450").parameters["delay.time"_p], 450);
    EXPECT_THAT(differences(before, changed(before, "cut the reverb to 60")),
                UnorderedElementsAre("reverb.mix"));
    EXPECT_THAT(differences(before, changed(before, "lower the gain to 70 percent")),
                UnorderedElementsAre("amp.gain"));
    EXPECT_THAT(differences(before, changed(before, "reverb under 2.5 seconds")),
                UnorderedElementsAre("reverb.decay"));
}

TEST(BandNumbers, AnAmplifierOnANumberIsItsGain)
{
    const auto british = made("JCM800 on 7").parameters;
    EXPECT_EQ(british.choice<AmpModel>("amp.model"_p), AmpModel::britishCrunch);
    EXPECT_FLOAT_EQ(british["amp.gain"_p], 7);
    EXPECT_FLOAT_EQ(made("Twin on 3 with some chorus").parameters["amp.gain"_p], 3);
    EXPECT_FLOAT_EQ(changed(fullTone(), "the amp on 8").parameters["amp.gain"_p], 8);
    const auto knobs = changed(fullTone(), "set the bass on the amp to 3 and the treble to 8").parameters;
    EXPECT_FLOAT_EQ(knobs["amp.bass"_p], 3);
    EXPECT_FLOAT_EQ(knobs["amp.treble"_p], 8);
    const auto both = changed(fullTone(), "put the bass on 3 and the amp on 8").parameters;
    EXPECT_FLOAT_EQ(both["amp.bass"_p], 3);
    EXPECT_FLOAT_EQ(both["amp.gain"_p], 8);
    EXPECT_LT(changed(fullTone(), "less bass on the guitar").parameters["amp.bass"_p],
              fullTone().parameters["amp.bass"_p]);
    const auto room = made("plexi on 10 with a bit of room").parameters;
    EXPECT_FLOAT_EQ(room["amp.gain"_p], 10);
    EXPECT_LT(room["reverb.mix"_p], 30);
}
} // namespace
} // namespace tonewright::test
