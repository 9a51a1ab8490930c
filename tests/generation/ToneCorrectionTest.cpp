#include "generation/ToneCorrection.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
Promise atLeast(Quality quality, double difference)
{
    Promise promise;
    promise.quality = quality;
    (difference > 0 ? promise.least : promise.most) = difference;
    return promise;
}

Qualities heardWith(Quality quality, double value)
{
    Qualities heard{};
    heard[static_cast<std::size_t>(quality)] = value;
    return heard;
}

RiffQualities everywhere(const Qualities& heard)
{
    RiffQualities qualities;
    qualities.fill(heard);
    return qualities;
}

Qualities& on(ReferenceRiff riff, RiffQualities& heard)
{
    return heard[static_cast<std::size_t>(riff)];
}

TEST(Promise, IsKeptOrSaysWhichWayToGo)
{
    const auto brighter = atLeast(Quality::brightness, 0.3);
    EXPECT_EQ(brighter.shortfall(heardWith(Quality::brightness, 15.4), heardWith(Quality::brightness, 15)),
              0);
    EXPECT_NEAR(brighter.shortfall(heardWith(Quality::brightness, 14.9), heardWith(Quality::brightness, 15)),
                0.4, 1e-9);
    const auto leaner = atLeast(Quality::lows, -2);
    EXPECT_EQ(leaner.shortfall(heardWith(Quality::lows, -8), heardWith(Quality::lows, -5)), 0);
    EXPECT_NEAR(leaner.shortfall(heardWith(Quality::lows, -5), heardWith(Quality::lows, -5)), -2, 1e-9);
    Promise crunch;
    crunch.quality = Quality::distortion;
    crunch.isRelative = false;
    crunch.least = 0.4;
    crunch.most = 0.6;
    EXPECT_EQ(crunch.shortfall(heardWith(Quality::distortion, 0.5), heardWith(Quality::distortion, 0.1)), 0);
    EXPECT_NEAR(crunch.shortfall(heardWith(Quality::distortion, 0.3), {}), 0.1, 1e-9);
    EXPECT_NEAR(crunch.shortfall(heardWith(Quality::distortion, 0.7), {}), -0.1, 1e-9);
}

TEST(ToneCorrection, MovesOnlyWhatCarriesTheQualityAndInItsDirection)
{
    for (std::size_t index = 0; index < qualityCount; ++index)
        for (const double direction : {-1.0, 1.0})
        {
            const auto quality = static_cast<Quality>(index);
            ToneExpectation expectation;
            expectation.promises = {atLeast(quality, direction * 2 * infoOf(quality).step)};
            ParameterSet before;
            before["equaliser.enabled"_p] = 1;
            EXPECT_GT(missing(expectation, {}, {}), 0);
            const auto correction = corrected(before, expectation, {}, {});
            int moved = 0;
            for (std::size_t i = 0; i < parameterCount; ++i)
                if (correction.parameters.values[i] != before.values[i])
                {
                    ++moved;
                    EXPECT_TRUE(mayCarry(quality, static_cast<ParameterIndex>(i))) << parameterTable[i].id;
                    EXPECT_GT((correction.parameters.values[i] - before.values[i]) *
                                  static_cast<float>(direction),
                              0)
                        << parameterTable[i].id;
                }
            EXPECT_GE(moved, 1) << infoOf(quality).more;
            EXPECT_EQ(correction.notes.size(), static_cast<std::size_t>(moved));
            auto legal = correction.parameters;
            legal.makeLegal();
            EXPECT_EQ(legal, correction.parameters);
        }
}

TEST(ToneCorrection, LeavesWhatIsKeptAndWhatTheWordsSet)
{
    ToneExpectation expectation;
    expectation.promises = {atLeast(Quality::lows, 2)};
    const ParameterSet before;
    EXPECT_EQ(corrected(before, expectation, everywhere(heardWith(Quality::lows, 3)), {}).parameters, before);
    expectation.given = {"equaliser.low_gain"_p};
    EXPECT_EQ(corrected(before, expectation, {}, {}).parameters, before);
}

TEST(ToneCorrection, SwitchesTheEqualiserOnFlat)
{
    ToneExpectation expectation;
    expectation.promises = {atLeast(Quality::lows, 2)};
    ParameterSet before;
    before["equaliser.high_gain"_p] = -9; // of an equaliser that is off
    before["equaliser.low_gain"_p] = -9;
    const auto correction = corrected(before, expectation, {}, {});
    EXPECT_TRUE(correction.parameters.isOn("equaliser.enabled"_p));
    EXPECT_EQ(correction.parameters["equaliser.high_gain"_p], 0);
    EXPECT_GT(correction.parameters["equaliser.low_gain"_p], 0);
    ASSERT_EQ(correction.notes.size(), 1u);
    EXPECT_EQ(correction.notes[0].substr(0, 34), "Equaliser low gain from 0.0 dB to ");
}

TEST(ToneCorrection, HoldsWhatIsRelativeOnEveryRiffThatHasTheQuality)
{
    ToneExpectation expectation;
    expectation.promises = {atLeast(Quality::brightness, 0.5)};
    auto heard = everywhere(heardWith(Quality::brightness, 0.6));
    EXPECT_EQ(missing(expectation, heard, {}), 0);
    on(ReferenceRiff::lead, heard) = heardWith(Quality::brightness, -0.3);
    EXPECT_NEAR(missing(expectation, heard, {}), 0.8 / infoOf(Quality::brightness).step / 3, 1e-9);
    const ParameterSet before;
    EXPECT_GT(corrected(before, expectation, heard, {}).parameters["equaliser.high_gain"_p], 0);

    expectation.promises = {atLeast(Quality::lows, 2)};
    heard = everywhere(heardWith(Quality::lows, 3));
    on(ReferenceRiff::lead, heard) = {};
    EXPECT_EQ(missing(expectation, heard, {}), 0) << "a lead line has no lows";
    on(ReferenceRiff::palmMutes, heard) = {};
    EXPECT_GT(missing(expectation, heard, {}), 0);

    auto scoop = atLeast(Quality::mids, -4);
    scoop.isRelative = false;
    expectation.promises = {scoop};
    heard = {};
    on(ReferenceRiff::chords, heard) = heardWith(Quality::mids, -5);
    EXPECT_EQ(missing(expectation, heard, {}), 0) << "so much by itself is meant of the chords";
}

TEST(ToneCorrection, HelpsOnlyWhereNoRiffLosesByIt)
{
    ToneExpectation expectation;
    expectation.promises = {atLeast(Quality::brightness, 0.5)};
    auto before = everywhere(heardWith(Quality::brightness, 0.6));
    on(ReferenceRiff::lead, before) = heardWith(Quality::brightness, -2);
    auto after = before;
    on(ReferenceRiff::lead, after) = heardWith(Quality::brightness, 0.5);
    EXPECT_TRUE(isNearer(expectation, after, before, {}));
    EXPECT_FALSE(isNearer(expectation, before, before, {}));
    on(ReferenceRiff::chords, after) = heardWith(Quality::brightness, 0.2);
    EXPECT_LT(missing(expectation, after, {}), missing(expectation, before, {}));
    EXPECT_FALSE(isNearer(expectation, after, before, {}));
}

Promise least(Quality quality, double value)
{
    Promise promise;
    promise.quality = quality;
    promise.least = value;
    return promise;
}

TEST(ToneExpectation, WordsCountMoreThanWhatAModelMeans)
{
    ToneExpectation words, meant;
    words.promises = {least(Quality::brightness, 0.5)};
    words.given = {"amp.gain"_p};
    meant.promises = {least(Quality::brightness, -2), least(Quality::lows, 1)};
    meant.reference["amp.bass"_p] = 9;
    const auto both = merged(words, meant);
    ASSERT_EQ(both.promises.size(), 2u);
    EXPECT_EQ(both.promises[0].least, 0.5);
    EXPECT_EQ(both.promises[1].quality, Quality::lows);
    EXPECT_EQ(both.given, words.given);
    EXPECT_EQ(both.reference, meant.reference);
    EXPECT_FALSE(both.isEdit);
}

TEST(ToneExpectation, WhetherItIsAnEditIsTheModelsDecision)
{
    ToneExpectation words, meant;
    words.isEdit = true;
    words.reference["amp.bass"_p] = 9;
    words.promises = {least(Quality::brightness, 0.5)};
    meant.promises = {least(Quality::lows, 1)};
    const auto remade = merged(words, meant);
    EXPECT_FALSE(remade.isEdit);
    EXPECT_EQ(remade.reference, words.reference) << "brighter than before, however it was made";
    EXPECT_EQ(remade.promises.size(), 1u) << "the model's were against another tone";
    const auto changed = merged(meant, words);
    EXPECT_TRUE(changed.isEdit);
    EXPECT_EQ(changed.reference, words.reference);
    ASSERT_EQ(changed.promises.size(), 1u);
    EXPECT_EQ(changed.promises[0].quality, Quality::brightness);
}
} // namespace
} // namespace tonewright
