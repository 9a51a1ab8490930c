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
#include <optional>

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
/// embedded generator standing in. A server that cannot answer at all ends the run instead of scoring 0.
class ServerUnderTest
{
public:
    bench::Engine engine(int runs)
    {
        return {"openai", runs, [this](int, std::uint64_t) -> bench::Answer {
                    return [this](const GenerationRequest& request) { return ask(request); };
                }};
    }

    const std::optional<GenerationError>& obstacle() const { return stopped; }
    std::size_t promptsAsked() const { return asked; }
    Traffic traffic() const { return conversation.traffic(); }

private:
    Result<Preset, GenerationError> ask(const GenerationRequest& question)
    {
        constexpr int mostInARow = 3;
        if (stopped)
            return *stopped;
        auto request = question;
        request.engine = Engine::openAi;
        request.mayFallBack = false;
        ++asked;
        auto preset = conversation.ask(request, false);
        if (preset || !isServersFault(preset.error().kind))
            failuresInARow = 0;
        else if (isFinal(preset.error().kind) || ++failuresInARow == mostInARow)
            stopped = preset.error();
        return preset;
    }

    /// Against an answer that is bad, which says something about the model.
    static bool isServersFault(GenerationErrorKind kind)
    {
        using Kind = GenerationErrorKind;
        return isFinal(kind) || kind == Kind::network || kind == Kind::timeout || kind == Kind::rateLimited ||
               kind == Kind::serverError;
    }

    /// The next prompt would fare no better.
    static bool isFinal(GenerationErrorKind kind)
    {
        using Kind = GenerationErrorKind;
        return kind == Kind::noKey || kind == Kind::badKey || kind == Kind::quota ||
               kind == Kind::badRequest || kind == Kind::unavailable;
    }

    Conversation conversation;
    std::optional<GenerationError> stopped;
    int failuresInARow = 0;
    std::size_t asked = 0;
};

std::size_t promptsIn(const std::vector<bench::BenchCase>& cases)
{
    std::size_t count = 0;
    for (const auto& item : cases)
        for (const auto& tone : item.tones)
            count += tone.parameters ? 0 : static_cast<std::size_t>(tone.repeat);
    return count;
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
    std::optional<ServerUnderTest> server;
    if (arguments.engine == "openai")
    {
        engines.push_back(server.emplace().engine(arguments.runs));
        say("This asks the server about " +
            std::to_string(promptsIn(*cases) * static_cast<std::size_t>(arguments.runs)) + " times (" +
            std::to_string(promptsIn(*cases)) + " prompts, " + std::to_string(arguments.runs) +
            (arguments.runs == 1 ? " run" : " runs") +
            (arguments.isQuick ? ")." : "; --quick and --runs 1 ask less)."));
    }
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
                                           return !isInterrupted() && !(server && server->obstacle());
                                       });
        if (isInterrupted())
            return Error{"Cancelled."};
        if (server && server->obstacle())
            return Error{"Stopped after " + std::to_string(server->promptsAsked()) +
                         (server->promptsAsked() == 1 ? " prompt: " : " prompts: ") +
                         server->obstacle()->message};
        results.push_back(std::move(result));
    }
    if (server)
        say("The server was asked " + std::to_string(server->traffic().exchanges) + " times; " +
            std::to_string(server->traffic().bytesSent / 1000) + " kB sent, " +
            std::to_string(server->traffic().bytesReceived / 1000) + " kB received.");
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
