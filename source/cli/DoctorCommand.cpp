#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "dsp/ConvolverKernels.h"
#include "generation/Cancellation.h"
#include "generation/GenerationSettings.h"
#include "generation/Keyring.h"
#include "generation/LogDigest.h"
#include "generation/PresetGenerationManager.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/openai/BaseUrl.h"
#include "generation/openai/CurlLibrary.h"
#include "generation/openai/OpenAiGenerator.h"
#include "tone/Files.h"
#include "tone/PresetLibrary.h"

#include <hwy/targets.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <memory>

namespace tonewright::cli
{
namespace
{
using nlohmann::ordered_json;

using std::chrono::steady_clock;
constexpr std::chrono::milliseconds serverPatience{5'000};

double millisecondsIn(steady_clock::duration duration)
{
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    return static_cast<double>(microseconds) / 1000;
}

std::string curlVersion()
{
    const auto& curl = CurlLibrary::system();
    return curl ? curl->version : "";
}

ordered_json toJson(const GenerationStatistics& figures)
{
    return {{"submitted", figures.submitted},
            {"answered", figures.answered},
            {"fallbacks", figures.fallbacks},
            {"failed", figures.failed},
            {"cancelled", figures.cancelled},
            {"attempts", figures.attempts},
            {"retries", figures.retries.total()},
            {"exceptions", figures.exceptions},
            {"answerMilliseconds", millisecondsIn(figures.timeToAnswer.last)},
            {"workerMilliseconds", millisecondsIn(figures.timeToWorker.last)},
            {"workers", figures.workers},
            {"runningLimit", figures.runningLimit},
            {"waitingPeak", figures.waitingPeak},
            {"runningPeak", figures.runningPeak},
            {"outboxPeak", figures.outboxPeak},
            {"outboxOverflows", figures.outboxOverflows},
            {"bytesSent", figures.traffic.bytesSent},
            {"bytesReceived", figures.traffic.bytesReceived}};
}

/// One prompt through everything a prompt in the plugin goes through but the network: queue, worker, built-in
/// generator, audition, outbox.
ordered_json tryGeneration()
{
    constexpr std::chrono::seconds patience{30};
    constexpr std::chrono::milliseconds pause{2};
    ThreadSafeQueue<Message> outbox;
    PresetGenerationManager manager(outbox, std::make_shared<OfflineGenerator>(), nullptr);
    GenerationRequest request;
    request.prompt = "warm clean with a bit of plate";
    request.engine = Engine::offline;
    manager.generatePresetFromText(std::move(request));
    const Cancellation never;
    for (const auto end = steady_clock::now() + patience;
         manager.isGeneratingPreset() && steady_clock::now() < end;)
        never.waitFor(pause);
    return toJson(manager.statistics());
}

/// "ready", "none", or what is wrong with it.
std::string keyringState(const std::string& server)
{
    const auto url = parseBaseUrl(server);
    if (!Keyring::isAllowed() || !url)
        return "none";
    const Cancellation never;
    const auto answer = Keyring::find(url->origin(), never);
    return answer ? "ready" : answer.error().message + " Keys stay in a file that you alone can read.";
}

/// What the log's newest file holds.
ordered_json examineLog()
{
    const auto digest = digestLog();
    return {{"file", digest.file.string()}, {"exists", digest.exists}, {"lines", digest.lines},
            {"warnings", digest.warnings},  {"errors", digest.errors}, {"lastProblem", digest.lastProblem}};
}

/// The language model's side: what is configured, and whether it answers. Never the key.
ordered_json examineServer()
{
    ordered_json json;
    GenerationSettings settings;
    if (auto loaded = loadGenerationSettings())
        settings = std::move(*loaded);
    else
        json["settingsProblem"] = loaded.error().message;
    auto resolved = resolveServer(settings);
    const Cancellation never;
    completeFromKeyring(resolved, never);
    OpenAiGenerator generator;
    generator.setServer(resolved.server);
    json["engine"] = nameOf(settings.engine);
    json["server"] = resolved.server.baseUrl;
    json["model"] = resolved.server.model;
    json["keyFound"] = resolved.keyOrigin != KeyOrigin::none;
    json["keyOrigin"] = nameOf(resolved.keyOrigin);
    if (!resolved.warning.empty())
        json["warning"] = resolved.warning;
    json["configured"] = generator.isConfigured();
    if (generator.isConfigured())
    {
        const auto begin = steady_clock::now();
        const auto answer = generator.checkServer(serverPatience, never);
        json["reachable"] = static_cast<bool>(answer);
        json["answerMilliseconds"] = millisecondsIn(steady_clock::now() - begin);
        if (!answer)
            json["problem"] = answer.error().message;
    }
    return json;
}

/// ALSA's sound cards, as the kernel names them.
ordered_json soundCards()
{
    auto cards = ordered_json::array();
    std::ifstream file("/proc/asound/cards");
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find("]: "); colon != std::string::npos)
            cards.push_back(line.substr(colon + 3));
    return cards;
}

ordered_json instructionSets()
{
    auto names = ordered_json::array();
    const auto supported = hwy::SupportedTargets();
    for (int bit = 0; bit < 62; ++bit) // better ones have lower bits
        if (const auto target = int64_t{1} << bit; (supported & target) != 0)
            names.push_back(hwy::TargetName(target));
    return names;
}

ordered_json examine()
{
    ordered_json json;
    json["version"] = TONEWRIGHT_VERSION;
    json["offline"] = {{"available", true}};
    json["log"] = examineLog(); // before this run writes into it
    json["openai"] = examineServer();
    json["curl"] = curlVersion();
    json["keyring"] = keyringState(json["openai"]["server"].get<std::string>());
    json["generation"] = tryGeneration();
    json["audioDevices"] = soundCards();
    json["simd"] = instructionSets();
    json["simdInUse"] = dsp::convolverInstructionSet();
    json["configDirectory"] = configDirectory().string();
    json["stateDirectory"] = stateDirectory().string();
    const auto entries = PresetLibrary().list();
    const auto factory =
        std::count_if(entries.begin(), entries.end(), [](const auto& entry) { return entry.isFactory; });
    json["presets"] = {{"factory", factory}, {"user", static_cast<std::ptrdiff_t>(entries.size()) - factory}};
    return json;
}

std::string joined(const ordered_json& names, const char* none)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name.get<std::string>();
    return text.empty() ? none : text;
}

std::string shown(const ordered_json& number)
{
    return number.dump();
}

std::string generationState(const ordered_json& figures)
{
    if (figures["answered"] != 1)
        return "a prompt got no answer; please look into the log";
    return "a prompt got its preset in " + shown(figures["answerMilliseconds"]) + " ms, " +
           shown(figures["workerMilliseconds"]) + " ms of them until a worker took it up";
}

std::string threadsState(const ordered_json& figures)
{
    return shown(figures["workers"]) + " workers, " + shown(figures["runningLimit"]) +
           " requests at a time; queue peak " + shown(figures["waitingPeak"]) + ", outbox peak " +
           shown(figures["outboxPeak"]) + " messages";
}

std::string logState(const ordered_json& log)
{
    const auto file = log["file"].get<std::string>();
    if (!log["exists"].get<bool>())
        return file + " (none yet)";
    return file + " (" + shown(log["lines"]) + " lines, " + shown(log["warnings"]) + " warnings, " +
           shown(log["errors"]) + " errors)";
}

std::string serverState(const ordered_json& server)
{
    if (!server["configured"].get<bool>())
        return "not configured (set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server); the offline "
               "engine answers";
    const std::string where =
        server["model"].get<std::string>() + " at " + server["server"].get<std::string>();
    if (server["reachable"].get<bool>())
        return where + ": reachable, answers in " + shown(server["answerMilliseconds"]) + " ms";
    return where + ": " + server["problem"].get<std::string>();
}

std::string reportText(const ordered_json& json)
{
    const auto& server = json["openai"];
    const auto row = [](const char* name, const std::string& value)
    { return padded(name, 19) + value + '\n'; };
    std::string text = row("Tonewright", json["version"].get<std::string>());
    text += row("Offline engine", generationState(json["generation"]));
    text += row("Threads", threadsState(json["generation"]));
    text += row("Language model", serverState(server));
    text +=
        row("Key", server["keyFound"].get<bool>() ? "found in the " + server["keyOrigin"].get<std::string>()
                                                  : "none found");
    text += row("Keyring", json["keyring"].get<std::string>());
    if (const auto version = json["curl"].get<std::string>(); !version.empty())
        text += row("libcurl", version);
    else
        text += row("libcurl", "missing; install the package libcurl4 for language models");
    for (const char* trouble : {"warning", "settingsProblem"})
        if (server.contains(trouble))
            text += row("", server[trouble].get<std::string>());
    text += row("Audio devices", joined(json["audioDevices"], "none (rendering files needs none)"));
    text += row("SIMD", json["simdInUse"].get<std::string>() + " in use; this processor has " +
                            joined(json["simd"], "none"));
    text += row("Presets", std::to_string(json["presets"]["factory"].get<int>()) + " factory, " +
                               std::to_string(json["presets"]["user"].get<int>()) + " of your own");
    text += row("Configuration", json["configDirectory"].get<std::string>());
    text += row("Log", logState(json["log"]));
    if (const auto problem = json["log"]["lastProblem"].get<std::string>(); !problem.empty())
        text += row("", "last problem: " + problem);
    return text;
}
} // namespace

void addDoctorCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("doctor", "Show what works here");
    const auto asJson = std::make_shared<bool>(false);
    command->add_flag("--json", *asJson, "As JSON");
    command->callback(
        [asJson, &task]
        {
            task = [asJson]() -> Result<Done>
            {
                const auto report = examine();
                if (*asJson)
                    writeJson(report);
                else
                    writeResult(reportText(report));
                return Done{};
            };
        });
}

} // namespace tonewright::cli
