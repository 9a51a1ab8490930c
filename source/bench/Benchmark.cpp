#include "bench/Benchmark.h"

#include "bench/CaseRun.h"

#include <algorithm>
#include <random>

namespace tonewright::bench
{

Figure figureOf(const std::vector<double>& scores, std::uint64_t seed)
{
    constexpr std::size_t resamples = 2000;
    Figure figure;
    figure.cases = scores.size();
    if (scores.empty())
        return figure;
    const auto count = static_cast<double>(scores.size());
    for (const double score : scores)
        figure.mean += score / count;
    std::mt19937_64 random(seed);
    std::vector<double> means(resamples);
    for (auto& mean : means)
        for (std::size_t i = 0; i < scores.size(); ++i)
            mean += scores[random() % scores.size()] / count;
    std::sort(means.begin(), means.end());
    figure.low = means[resamples * 25 / 1000];
    figure.high = means[resamples * 975 / 1000 - 1];
    return figure;
}

EngineResult runEngine(const Engine& engine, const std::vector<BenchCase>& cases, Measures& measures,
                       std::uint64_t seed, const BenchProgress& progress)
{
    EngineResult result;
    result.engine = engine.name;
    for (const auto& benchCase : cases)
        result.cases.push_back({&benchCase, 0, {}});
    const auto total = static_cast<double>(cases.size()) * engine.runs;
    double done = 0;
    for (int run = 0; run < engine.runs; ++run)
    {
        const auto answer = [&result, asked = engine.begin(run, seed)](const GenerationRequest& request)
        {
            auto preset = asked(request);
            ++result.asked;
            if (!preset && preset.error().kind != GenerationErrorKind::emptyPrompt)
                ++result.unanswered[preset.error().message];
            return preset;
        };
        for (std::size_t i = 0; i < cases.size(); ++i, ++done)
        {
            if (progress && !progress(engine.name, done / total))
            {
                result.cases.clear();
                return result;
            }
            auto scored = runCase(cases[i], answer, measures);
            auto& sum = result.cases[i];
            sum.score += scored.score / engine.runs;
            if (sum.failures.empty())
                sum.failures = std::move(scored.failures);
        }
    }
    for (std::size_t suite = 0; suite < suiteNames.size(); ++suite)
    {
        std::vector<double> scores;
        for (const auto& item : result.cases)
            if (item.benchCase->suite == static_cast<Suite>(suite))
                scores.push_back(item.score);
        result.figures[suite] = figureOf(scores, seed);
    }
    return result;
}

} // namespace tonewright::bench
