#include "cli/BenchText.h"

#include "cli/Console.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace tonewright::cli
{
namespace
{
using nlohmann::ordered_json;
constexpr std::size_t nameWidth = 15;
constexpr std::size_t figureWidth = 19;

std::string figureText(const bench::Figure& figure)
{
    if (figure.cases == 0)
        return "-";
    return numberText(figure.mean, 3) + " (" + numberText(figure.low, 2) + "-" + numberText(figure.high, 2) +
           ")";
}

/// What an engine did not answer, and why: it counts as wrong.
std::string unansweredText(const bench::EngineResult& result)
{
    std::size_t count = 0;
    for (const auto& [reason, times] : result.unanswered)
        count += times;
    if (count == 0)
        return {};
    auto text = "\n" + result.engine + " gave no usable answer to " + std::to_string(count) + " of " +
                std::to_string(result.asked) + " prompts; they count as wrong:\n";
    for (const auto& [reason, times] : result.unanswered)
        text += "    " + std::to_string(times) + " x " + reason + "\n";
    return text;
}

double rounded(double value)
{
    return std::round(value * 10'000) / 10'000;
}
} // namespace

std::string benchTable(const std::vector<bench::EngineResult>& results)
{
    auto text = padded("", nameWidth);
    for (const auto suite : bench::suiteNames)
        text += paddedLeft(suite, figureWidth);
    for (const auto& result : results)
    {
        text += "\n" + padded(result.engine, nameWidth);
        for (const auto& figure : result.figures)
            text += paddedLeft(figureText(figure), figureWidth);
    }
    if (results.empty())
        return text + "\n";
    text += "\n" + padded("cases", nameWidth);
    for (const auto& figure : results.front().figures)
        text += paddedLeft(std::to_string(figure.cases), figureWidth);
    text += "\n" + unansweredText(results.front());
    for (const auto& item : results.front().cases)
    {
        if (item.failures.empty())
            continue;
        text += "\n" + std::string(bench::suiteNames[static_cast<std::size_t>(item.benchCase->suite)]) + " " +
                item.benchCase->id + "  " + numberText(item.score, 2) + "\n";
        for (const auto& tone : item.benchCase->tones)
            if (!tone.prompt.empty())
            {
                constexpr std::size_t longest = 60;
                text += "    " + tone.name + ": \"" + tone.prompt.substr(0, longest) + "\"\n";
            }
        for (const auto& failure : item.failures)
            text += "    - " + failure + "\n";
    }
    return text;
}

ordered_json benchJson(const std::vector<bench::EngineResult>& results, std::uint64_t seed)
{
    ordered_json json{{"seed", seed}, {"engines", ordered_json::array()}};
    for (const auto& result : results)
    {
        ordered_json engine{{"engine", result.engine}, {"suites", ordered_json::object()}};
        for (std::size_t suite = 0; suite < bench::suiteNames.size(); ++suite)
        {
            const auto& figure = result.figures[suite];
            engine["suites"][std::string(bench::suiteNames[suite])] = {{"mean", rounded(figure.mean)},
                                                                       {"low", rounded(figure.low)},
                                                                       {"high", rounded(figure.high)},
                                                                       {"cases", figure.cases}};
        }
        engine["asked"] = result.asked;
        engine["unanswered"] = result.unanswered;
        auto& cases = engine["cases"] = ordered_json::array();
        for (const auto& item : result.cases)
            cases.push_back({{"suite", bench::suiteNames[static_cast<std::size_t>(item.benchCase->suite)]},
                             {"id", item.benchCase->id},
                             {"score", rounded(item.score)},
                             {"failures", item.failures}});
        json["engines"].push_back(std::move(engine));
    }
    return json;
}

} // namespace tonewright::cli
