#include "bench/Benchmark.h"

#include "bench/CaseRun.h"

#include <gtest/gtest.h>

#include <array>

namespace tonewright::bench
{
namespace
{
std::vector<BenchCase> casesFrom(std::string_view text)
{
    const std::array files{EmbeddedFile{"mine.json", text}};
    auto cases = readCases(files);
    EXPECT_TRUE(static_cast<bool>(cases)) << (cases ? "" : cases.error().message);
    return cases ? *cases : std::vector<BenchCase>{};
}

/// Whoever answers every prompt with these parameters.
Answer always(const ParameterSet& parameters)
{
    return [parameters](const GenerationRequest&) -> Result<Preset, GenerationError>
    {
        Preset preset;
        preset.parameters = parameters;
        preset.explanation = "It is what it is.";
        return preset;
    };
}

double scoreOf(std::string_view text, const Answer& answer)
{
    Measures measures;
    return runCase(casesFrom(text).at(0), answer, measures).score;
}

TEST(Benchmark, AFigureIsAMeanWithAnIntervalAroundIt)
{
    std::vector<double> scores(100, 1.0);
    std::fill_n(scores.begin(), 30, 0.0);
    const auto figure = figureOf(scores, 1);
    EXPECT_NEAR(figure.mean, 0.7, 1e-9);
    // The binomial's standard error is 0.046.
    EXPECT_NEAR(figure.low, 0.61, 0.02);
    EXPECT_NEAR(figure.high, 0.79, 0.02);
    EXPECT_EQ(figureOf(scores, 1).low, figure.low) << "one seed, one interval";
    EXPECT_NEAR(figureOf(std::vector<double>(20, 1.0), 1).low, 1.0, 1e-9);
    EXPECT_EQ(figureOf({}, 1).cases, 0u);
}

constexpr auto named =
    R"({"suite": "intent", "boards": {"n": {}}, "cases": [{"id": "a", "prompt": "x", "usual": ["reverb"], "checks": [
    {"measure": "delay.enabled", "is": false}, {"measure": "amp.gain", "min": 3, "max": 5, "soft": true},
    {"measure": "reverb.type", "is": "plate", "soft": true}]}]})";

TEST(Benchmark, ANamedToneIsScoredAsItsProtocolSays)
{
    ParameterSet tone; // the reverb is off, so its type is no answer
    EXPECT_NEAR(scoreOf(named, always(tone)), 1.25 / 1.5, 1e-9);
    tone["reverb.enabled"_p] = 1;
    EXPECT_NEAR(scoreOf(named, always(tone)), 1.0, 1e-9);
    tone["tremolo.enabled"_p] = 1;
    EXPECT_NEAR(scoreOf(named, always(tone)), 1.0 / 1.5, 1e-9) << "nobody asked for it";
    tone["delay.enabled"_p] = 1;
    EXPECT_NEAR(scoreOf(named, always(tone)), 0.0, 1e-9)
        << "what must hold does not, and two effects are wrong";
}

constexpr auto edit =
    R"({"suite": "locality", "boards": {"b": {"amp.gain": 5, "delay.enabled": true}}, "cases": [{"id": "a", "board": "b", "prompt": "more gain",
    "checks": [{"measure": "amp.gain", "minus": "before", "min": 1}, {"unchanged": "before", "except": ["amp.gain"]}]}]})";

TEST(Benchmark, AnEditMayMoveOnlyWhatWasNamed)
{
    ParameterSet tone;
    tone["amp.gain"_p] = 7;
    tone["delay.enabled"_p] = 1;
    EXPECT_EQ(scoreOf(edit, always(tone)), 1);
    tone["delay.mix"_p] += 0.1f;
    EXPECT_EQ(scoreOf(edit, always(tone)), 0) << "the smallest other change counts";
    tone["delay.mix"_p] -= 0.1f;
    tone["amp.gain"_p] = 5.5;
    EXPECT_EQ(scoreOf(edit, always(tone)), 0) << "too small a step is none";
}

TEST(Benchmark, SoundIsMeasuredOnEachRiff)
{
    constexpr auto pair =
        R"({"suite": "direction", "boards": {"dark": {"amp.treble": 0, "equaliser.enabled": true, "equaliser.high_mid_gain": -12,
        "output.level": 8}},
        "riffs": ["chords", "lead"], "cases": [{"id": "a", "prompt": "x", "tones": {"dark": {"board": "dark"}},
        "checks": [{"measure": "brightness", "of": "tone", "minus": "dark", "min": 0.5}]}]})";
    Measures measures;
    const auto cases = casesFrom(pair);
    ParameterSet tone;
    tone["output.level"_p] = 6; // both within the loudness that a sound tone has
    EXPECT_EQ(runCase(cases[0], always(tone), measures).score, 1);
    EXPECT_EQ(measures.renders(), 4u);
    EXPECT_EQ(runCase(cases[0], always(tone), measures).score, 1);
    EXPECT_EQ(measures.renders(), 4u) << "the same sounds are not rendered again";
}

TEST(Benchmark, ARefusalNeedsASentence)
{
    constexpr auto empty =
        R"({"suite": "robustness", "cases": [{"id": "a", "tones": {"tone": {"prompt": ""}}, "checks": [{"refuses": true}]}]})";
    EXPECT_EQ(scoreOf(empty, always({})), 0);
    EXPECT_EQ(scoreOf(empty, offlineEngine().begin(0, 1)), 1);
}

/// A suite that whoever knows nothing can pass measures nothing.
TEST(Benchmark, TheBaselinesStayFarBelowTheGenerator)
{
    auto cases = readCases(benchFiles());
    ASSERT_TRUE(static_cast<bool>(cases));
    std::erase_if(*cases, [](const BenchCase& item) { return !item.isQuick; });
    Measures measures;
    const auto offline = runEngine(offlineEngine(), *cases, measures, 1, {});
    for (std::size_t suite = 0; suite < suiteNames.size(); ++suite)
        EXPECT_GE(offline.figures[suite].mean, 0.8) << suiteNames[suite];
    for (const auto& engine : baselines())
    {
        if (engine.runs > 1)
            continue;
        const auto result = runEngine(engine, *cases, measures, 1, {});
        for (std::size_t suite = 0; suite < suiteNames.size(); ++suite)
            EXPECT_LT(result.figures[suite].mean, 0.9) << engine.name << ", " << suiteNames[suite];
    }
}
constexpr auto refusal =
    R"({"suite": "robustness", "boards": {"n": {}}, "cases": [{"id": "a", "prompt": "", "checks": [{"refuses": true}]}]})";

TEST(Benchmark, AServerThatFailsHasNotRefused)
{
    const auto failing = [](GenerationErrorKind kind)
    {
        return [kind](const GenerationRequest&) -> Result<Preset, GenerationError> {
            return GenerationError{kind, "Something is wrong.", {}};
        };
    };
    EXPECT_EQ(scoreOf(refusal, failing(GenerationErrorKind::emptyPrompt)), 1);
    EXPECT_EQ(scoreOf(refusal, failing(GenerationErrorKind::network)), 0);
    EXPECT_EQ(scoreOf(refusal, failing(GenerationErrorKind::badAnswer)), 0);
}

TEST(Benchmark, SaysHowManyPromptsHadNoUsableAnswerAndWhy)
{
    const auto cases = casesFrom(named);
    int turn = 0;
    const Engine engine{"e", 4,
                        [&](int, std::uint64_t) -> Answer
                        {
                            return [&](const GenerationRequest&) -> Result<Preset, GenerationError>
                            {
                                if (++turn % 2 == 0)
                                    return GenerationError{GenerationErrorKind::badAnswer, "Bad.", {}};
                                return Preset{};
                            };
                        }};
    Measures measures;
    const auto result = runEngine(engine, cases, measures, 1, {});
    EXPECT_EQ(result.asked, 4u);
    EXPECT_EQ(result.unanswered, (std::map<std::string, std::size_t>{{"Bad.", 2}}));
}
} // namespace
} // namespace tonewright::bench
