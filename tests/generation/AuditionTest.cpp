#include "generation/Audition.h"

#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/ToneMeasurement.h"
#include "generation/AuditionEar.h"
#include "generation/ToneCorrection.h"
#include "generation/offline/Expectation.h"
#include "generation/offline/OfflineGenerator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace tonewright
{
namespace
{
Preset made(const std::string& prompt)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    return *generator.generate(request, Cancellation(), {});
}

dsp::ToneMeasurement measured(const Preset& preset)
{
    const std::vector<std::vector<float>> input{dsp::synthesiseRiff(dsp::RiffStyle::chords, 1.5, 48000)};
    return dsp::measureTone(dsp::renderOffline(preset.parameters, input, {}), 48000);
}

const char* const prompts[] = {
    "clean",      "extreme death metal", "dark doom fuzz", "ambient swell with cathedral", "thin quiet clean",
    "loud crunch"};

TEST(Audition, BringsEveryToneToOneLoudnessBelowTheCeiling)
{
    for (const char* prompt : prompts)
    {
        auto preset = made(prompt);
        const auto report = audition(preset);
        ASSERT_TRUE(report.isSound) << prompt;
        const auto after = measured(preset);
        EXPECT_LE(after.truePeak, -1.9) << prompt;
        EXPECT_LE(after.loudness, -17.5) << prompt;
        const bool reachesTarget = after.loudness > -19;
        const bool isPeakBound = after.truePeak > -3;
        EXPECT_TRUE(reachesTarget || isPeakBound)
            << prompt << " " << after.loudness << " LUFS " << after.truePeak << " dBTP";
    }
}

/// The highest sample of half a second of palm mutes before the limiter, dBFS.
double unlimitedPeakOfPalmMutes(const Preset& preset)
{
    const std::vector<std::vector<float>> input{dsp::synthesiseRiff(dsp::RiffStyle::palmMute, 0.5, 48000)};
    auto parameters = preset.parameters;
    parameters["output.level"_p] = infoOf("output.level"_p).minimum;
    float peak = 1e-6f;
    for (const auto& channel : dsp::renderOffline(parameters, input, {}))
        for (const float sample : channel)
            peak = std::max(peak, std::abs(sample));
    return 20 * std::log10(static_cast<double>(peak)) +
           static_cast<double>(preset.parameters["output.level"_p] - parameters["output.level"_p]);
}

TEST(Audition, HoldsPicksOfPalmMutesThatSoftChordsDoNotTell)
{
    // Squashed, but for the picks: chords want far more level than palm mutes bear.
    Preset preset;
    auto& set = preset.parameters;
    set["amp.gain"_p] = 2;
    set["compressor.enabled"_p] = 1;
    set["compressor.threshold"_p] = -50;
    set["compressor.ratio"_p] = 20;
    set["compressor.attack"_p] = 60;
    const auto report = audition(preset);
    EXPECT_TRUE(report.isSound);
    EXPECT_LT(report.loudness, -19) << "too soft a case";
    EXPECT_LT(unlimitedPeakOfPalmMutes(preset), 2.6);
}

TEST(Audition, ReportsWhatItDidAndDoesNothingTwice)
{
    auto preset = made("crunch");
    preset.parameters["output.level"_p] = -20;
    const auto before = preset.parameters["output.level"_p];
    const auto report = audition(preset);
    EXPECT_NEAR(preset.parameters["output.level"_p] - before, report.levelCorrection, 1e-3);
    EXPECT_NEAR(measured(preset).loudness, report.loudness, 0.3);
    EXPECT_NEAR(audition(preset).levelCorrection, 0, 0.21);
}

/// The prompt's answer, auditioned with what its words promise.
struct Auditioned
{
    Preset before;
    Preset after;
    ToneExpectation expectation;
    AuditionReport report;
};

Auditioned auditioned(const std::string& prompt, const Preset* current = nullptr)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    if (current != nullptr)
        request.current = *current;
    Auditioned result;
    result.before = *generator.generate(request, Cancellation(), {});
    result.after = result.before;
    result.expectation = offline::expectationOf(request, result.before);
    result.report = audition(result.after, result.expectation);
    return result;
}

/// A tone of each amplifier, in turn clean and dry, and driven with an equaliser and a reverb.
std::vector<Preset> baseTones()
{
    std::vector<Preset> tones;
    for (std::size_t model = 0; model < ampModels.size(); ++model)
    {
        auto& set = tones.emplace_back().parameters;
        set["amp.model"_p] = static_cast<float>(model);
        set["amp.gain"_p] = 2;
        if (model % 2 == 1)
        {
            set["amp.gain"_p] = 7;
            set["cabinet.model"_p] = static_cast<float>(CabinetModel::british4x12Closed);
            set["equaliser.enabled"_p] = set["reverb.enabled"_p] = 1;
            set["equaliser.high_gain"_p] = -2;
        }
        audition(tones.back());
    }
    return tones;
}

struct Direction
{
    const char* prompt;
    Quality quality;
    double sign;
    double least; ///< so far it must move that way
};

const Direction directions[] = {
    {"brighter", Quality::brightness, 1, 0.1}, {"darker", Quality::brightness, -1, 0.1},
    {"thinner", Quality::lows, -1, 0.3},       {"fatter", Quality::lows, 1, 0.25},
    {"louder", Quality::level, 1, 0.5},        {"less fizz", Quality::top, -1, 0.3},
    {"more scooped", Quality::mids, -1, 0.3},  {"less gain", Quality::distortion, -1, -0.005},
};

bool isPromised(const ToneExpectation& expectation, ParameterIndex parameter)
{
    return std::any_of(expectation.promises.begin(), expectation.promises.end(),
                       [&](const Promise& promise) { return mayCarry(promise.quality, parameter); });
}

/// What a word says is what the sound does, whatever the amplifier, and nothing moves that it does not speak
/// of.
TEST(Audition, EditsMeasureAsTheirWordsSay)
{
    AuditionEar ear;
    int corrections = 0;
    std::size_t turn = 0;
    for (const auto& tone : baseTones())
    {
        const auto before = ear.listen(tone.parameters, {true, true}, {});
        // Half of the words on each amplifier keeps this short; each word meets clean and driven ones.
        for (std::size_t word = turn++ / 2 % 2; word < std::size(directions); word += 2)
        {
            const auto& direction = directions[word];
            const auto edit = auditioned(direction.prompt, &tone);
            ASSERT_TRUE(edit.expectation.isEdit) << direction.prompt;
            const bool isDistortion = direction.quality == Quality::distortion;
            const auto after = ear.listen(edit.after.parameters, {isDistortion, true}, {});
            const auto index = static_cast<std::size_t>(direction.quality);
            EXPECT_GT(direction.sign * (after->onChords()[index] - before->onChords()[index]),
                      direction.least)
                << direction.prompt << ", amp " << tone.parameters["amp.model"_p] << ", missing "
                << edit.report.missingBefore << " then " << edit.report.missingAfter;
            EXPECT_LE(edit.report.missingAfter, edit.report.missingBefore);
            corrections += edit.report.notes.empty() ? 0 : 1;
            for (std::size_t i = 0; i < parameterCount; ++i)
                if (!isPromised(edit.expectation, static_cast<ParameterIndex>(i)))
                {
                    EXPECT_EQ(edit.after.parameters.values[i], edit.before.parameters.values[i])
                        << direction.prompt << " moved " << parameterTable[i].id;
                }
        }
    }
    RecordProperty("corrections", corrections);
}

TEST(Audition, CorrectsWhatBreaksAPromise)
{
    // A generator that took "dark" for bright, and one that gave a clean tone too much gain.
    auto wrong = auditioned("crunch");
    auto& set = wrong.after.parameters;
    set["equaliser.enabled"_p] = 1;
    set["equaliser.high_gain"_p] = 3;
    GenerationRequest request;
    request.prompt = "dark crunch";
    const auto dark = offline::expectationOf(request, wrong.after);
    const auto report = audition(wrong.after, dark);
    EXPECT_GT(report.missingBefore, 1);
    EXPECT_LT(report.missingAfter, 0.5 * report.missingBefore);
    EXPECT_FALSE(report.notes.empty());
    EXPECT_LT(set["equaliser.high_gain"_p], 0);

    auto dirty = made("clean");
    dirty.parameters["amp.model"_p] = static_cast<float>(AmpModel::britishCrunch);
    dirty.parameters["amp.gain"_p] = 7;
    request.prompt = "clean";
    const auto cleaner = audition(dirty, offline::expectationOf(request, dirty));
    EXPECT_LT(dirty.parameters["amp.gain"_p], 5);
    EXPECT_LT(cleaner.missingAfter, 0.7 * cleaner.missingBefore);
    EXPECT_NEAR(measured(dirty).loudness, cleaner.loudness, 0.3) << "matched after the correction";
}

TEST(Audition, NewTonesMeasureAsTheirWordsSay)
{
    for (const char* prompt :
         {"bright clean", "dark crunch", "fat lead", "thin clean", "scooped metal", "crunch",
          "warm jazz clean", "edge of breakup", "high gain", "extreme death metal"})
    {
        const auto tone = auditioned(prompt);
        EXPECT_TRUE(tone.report.isSound) << prompt;
        EXPECT_FALSE(tone.expectation.promises.empty()) << prompt;
        EXPECT_LT(tone.report.missingAfter, 1.0) << prompt;
    }
}

double stepsMissingOn(ReferenceRiff riff, const ToneExpectation& expectation, const ParameterSet& parameters)
{
    AuditionEar ear;
    const Attention toAll{false, false, true};
    const auto index = static_cast<std::size_t>(riff);
    const auto reference = ear.listen(expectation.reference, toAll, {})->qualities[index];
    const auto heard = ear.listen(parameters, toAll, {})->qualities[index];
    double sum = 0;
    for (const auto& promise : expectation.promises)
        if (promise.isRelative && promise.isJudgedOn(riff))
            sum += std::abs(promise.shortfall(heard, reference)) / infoOf(promise.quality).step;
    return sum;
}

TEST(Audition, HearsOnALeadWhatChordsDoNotMiss)
{
    for (const char* prompt : {"bright jazz", "glassy jazz"})
    {
        const auto tone = auditioned(prompt);
        const auto on = [&](ReferenceRiff riff, const Preset& preset)
        { return stepsMissingOn(riff, tone.expectation, preset.parameters); };
        EXPECT_LT(on(ReferenceRiff::chords, tone.before), 0.1) << prompt;
        EXPECT_GT(on(ReferenceRiff::lead, tone.before), 0.3) << prompt;
        EXPECT_LT(on(ReferenceRiff::lead, tone.after), 0.5 * on(ReferenceRiff::lead, tone.before)) << prompt;
        EXPECT_LT(on(ReferenceRiff::chords, tone.after), 0.1) << prompt;
    }
}

TEST(Audition, EditsKeepTheirLevelUnlessTheyJump)
{
    auto tone = made("clean");
    audition(tone);
    const auto kept = auditioned("brighter", &tone);
    EXPECT_EQ(kept.after.parameters["output.level"_p], tone.parameters["output.level"_p]);

    auto louder = tone;
    louder.parameters["output.level"_p] += 12;
    ToneExpectation expectation;
    expectation.isEdit = true;
    expectation.reference = tone.parameters;
    const auto report = audition(louder, expectation);
    EXPECT_LT(report.levelCorrection, -3);
    EXPECT_LT(measured(louder).loudness, measured(tone).loudness + 6.5);
    louder.parameters["output.level"_p] = tone.parameters["output.level"_p] + 12;
    expectation.given = {"output.level"_p};
    EXPECT_EQ(audition(louder, expectation).levelCorrection, 0) << "whoever asks for it gets it";
}

TEST(Audition, IsTheSameTwiceAndStopsWhenCancelled)
{
    const auto first = auditioned("bright fat crunch");
    const auto second = auditioned("bright fat crunch");
    EXPECT_EQ(first.after.parameters, second.after.parameters);
    EXPECT_EQ(first.report.missingAfter, second.report.missingAfter);

    Cancellation cancelled;
    cancelled.cancel();
    auto untouched = first.before;
    (void)audition(untouched, first.expectation, cancelled);
    EXPECT_EQ(untouched, first.before);
}

TEST(Audition, ListeningOnHearsWhatListeningToTheWholeHears)
{
    auto first = made("bright crunch with a dotted eighth delay and plate").parameters;
    auto second = made("dark fuzz lead with phaser").parameters;
    first["delay.feedback"_p] = 85; // its growth is watched, too
    for (const auto& set : {first, second})
    {
        AuditionEar whole;
        const auto expected = whole.listenOut(set, {});
        ASSERT_TRUE(expected && expected->isSound);
        const double truePeak = whole.truePeak();
        EXPECT_GE(truePeak, expected->peak);
        EXPECT_LT(truePeak, expected->peak + 1);
        AuditionEar ear;
        const auto goesOn = [&]
        {
            const auto level = ear.listenOut(set, {});
            EXPECT_EQ(level->loudness, expected->loudness);
            EXPECT_EQ(level->peak, expected->peak);
            EXPECT_EQ(ear.truePeak(), truePeak);
        };
        (void)ear.listen(set, {true, false}, {});
        goesOn();
        goesOn(); // all over again where it ran into silence
        (void)ear.listen(set, {true, false}, {});
        (void)ear.listen(set == first ? second : first, {}, {});
        goesOn();
    }
}

TEST(Audition, LeavesEverythingButTheLevel)
{
    auto preset = made("surf");
    auto expected = preset.parameters;
    audition(preset);
    expected["output.level"_p] = preset.parameters["output.level"_p];
    EXPECT_EQ(preset.parameters, expected);
}

TEST(Audition, AnEditWhoseSoundComesLateMakesASound)
{
    auto late = made("clean");
    for (const auto& [index, value] : {std::pair{"delay.enabled"_p, 1.0f},
                                       {"delay.sync"_p, 0.0f},
                                       {"delay.time"_p, 550.0f},
                                       {"delay.mix"_p, 100.0f},
                                       {"reverb.enabled"_p, 0.0f}})
        late.parameters[index] = value;
    ToneExpectation expectation;
    expectation.isEdit = true;
    expectation.reference = late.parameters;
    late.parameters["amp.treble"_p] += 1;
    EXPECT_TRUE(audition(late, expectation).isSound);
}

TEST(Audition, LeavesSilentPresetsAlone)
{
    Preset preset;
    preset.parameters["delay.enabled"_p] = 1; // only an echo that comes after the riff
    preset.parameters["delay.mix"_p] = 100;
    preset.parameters["delay.time"_p] = 2000;
    preset.parameters["delay.feedback"_p] = 0;
    const auto before = preset;
    const auto report = audition(preset);
    EXPECT_FALSE(report.isSound);
    EXPECT_EQ(preset, before);

    ToneExpectation moreBass;
    moreBass.isEdit = true;
    moreBass.reference = preset.parameters;
    moreBass.promises = {{.quality = Quality::lows, .least = 2}};
    const auto ofEdit = audition(preset, moreBass);
    EXPECT_FALSE(ofEdit.isSound);
    EXPECT_EQ(preset, before);
    EXPECT_TRUE(ofEdit.notes.empty()) << ofEdit.notes.front();
}
} // namespace
} // namespace tonewright
