#include "bench/Benchmark.h"
#include "cli/Arguments.h"
#include "cli/BenchText.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/Generation.h"
#include "cli/Interrupt.h"
#include "tone/Files.h"

#include <algorithm>
#include <memory>

namespace tonewright::cli
{
namespace
{
struct BenchArguments
{
    std::string engine = "offline";
    std::vector<std::string> caseFiles;
    std::string only;
    std::uint64_t seed = 1;
    int runs = 3;
    bool isQuick = false;
    bool withoutBaselines = false;
    bool asJson = false;
};

/// Whatever server the settings name, asked the way the plugin asks it: with retries, but without the
/// embedded generator standing in.
bench::Engine languageModel(int runs)
{
    return {"openai", runs,
            [](int, std::uint64_t) -> bench::Answer
            {
                return [](const GenerationRequest& asked) -> Result<Preset, GenerationError>
                {
                    auto request = asked;
                    request.engine = Engine::openAi;
                    auto presets = generatePresets(std::vector{request});
                    if (!presets)
                        return GenerationError{GenerationErrorKind::badAnswer, presets.error().message, {}};
                    auto& preset = presets->front();
                    if (preset.source.fallback)
                        return GenerationError{
                            GenerationErrorKind::unavailable, preset.source.fallbackReason, {}};
                    return std::move(preset);
                };
            }};
}

Result<std::vector<bench::BenchCase>> casesFor(const BenchArguments& arguments)
{
    std::vector<std::string> texts;
    std::vector<EmbeddedFile> files;
    for (const auto& path : arguments.caseFiles)
    {
        constexpr std::size_t largest = 4 << 20;
        auto text = readFile(path, largest);
        if (!text)
            return text.error();
        texts.push_back(std::move(*text));
    }
    for (std::size_t i = 0; i < texts.size(); ++i)
        files.push_back({arguments.caseFiles[i], texts[i]});
    auto cases = files.empty() ? bench::readCases(benchFiles()) : bench::readCases(files);
    if (!cases)
        return cases;
    std::erase_if(*cases,
                  [&](const bench::BenchCase& item)
                  {
                      return (arguments.isQuick && !item.isQuick) ||
                             (!arguments.only.empty() && item.id.find(arguments.only) == std::string::npos);
                  });
    if (cases->empty())
        return Error{"No case is left to run; please check --only and the case files."};
    return cases;
}

Result<Done> benchTone(const BenchArguments& arguments)
{
    const auto cases = casesFor(arguments);
    if (!cases)
        return cases.error();
    std::vector<bench::Engine> engines;
    if (arguments.engine == "openai")
        engines.push_back(languageModel(arguments.runs));
    else
        engines.push_back(bench::offlineEngine());
    if (!arguments.withoutBaselines)
        for (auto& baseline : bench::baselines())
            engines.push_back(std::move(baseline));

    bench::Measures measures;
    std::vector<bench::EngineResult> results;
    for (const auto& engine : engines)
    {
        ProgressLine line;
        auto result = bench::runEngine(engine, *cases, measures, arguments.seed,
                                       [&](const std::string& name, double part)
                                       {
                                           line.show(name, part);
                                           return !isInterrupted();
                                       });
        if (result.cases.empty())
            return Error{"Cancelled."};
        results.push_back(std::move(result));
    }
    if (arguments.asJson)
        writeJson(benchJson(results, arguments.seed));
    else
        writeResult(benchTable(results));
    return Done{};
}
} // namespace

void addBenchCommand(CLI::App& program, Task& task)
{
    auto* const bench = program.add_subcommand("bench", "Score what answers prompts");
    bench->require_subcommand(1);
    auto* const command = bench->add_subcommand("tone", "How often words become the tone they name");
    const auto arguments = std::make_shared<BenchArguments>();
    command->add_option("--engine", arguments->engine, "Whose answers are scored (default offline)")
        ->check(CLI::IsMember({"offline", "openai"}));
    command->add_option("--cases", arguments->caseFiles, "Case files instead of the built-in ones");
    command->add_option("--only", arguments->only, "Only cases whose id contains this");
    command->add_option("--seed", arguments->seed, "Of the random presets and the intervals (default 1)");
    command->add_option("--runs", arguments->runs, "Answers to each prompt with --engine openai (default 3)")
        ->check(CLI::Range(1, 20));
    command->add_flag("--quick", arguments->isQuick, "A small subset");
    command->add_flag("--no-baselines", arguments->withoutBaselines, "Only the engine itself");
    command->add_flag("--json", arguments->asJson, "As JSON");
    command->callback([arguments, &task] { task = [arguments] { return benchTone(*arguments); }; });
}

} // namespace tonewright::cli
