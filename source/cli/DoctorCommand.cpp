#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "generation/Cancellation.h"
#include "generation/GenerationSettings.h"
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

constexpr std::chrono::milliseconds serverPatience{5'000};

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
        const Cancellation never;
        const auto answer = generator.checkServer(serverPatience, never);
        json["reachable"] = static_cast<bool>(answer);
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
    json["openai"] = examineServer();
    json["audioDevices"] = soundCards();
    json["simd"] = instructionSets();
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

std::string serverState(const ordered_json& server)
{
    if (!server["configured"].get<bool>())
        return "not configured (set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server); the offline "
               "engine answers";
    const std::string where =
        server["model"].get<std::string>() + " at " + server["server"].get<std::string>();
    if (server["reachable"].get<bool>())
        return where + ": reachable";
    return where + ": " + server["problem"].get<std::string>();
}

std::string reportText(const ordered_json& json)
{
    const auto& server = json["openai"];
    const auto row = [](const char* name, const std::string& value)
    { return padded(name, 19) + value + '\n'; };
    std::string text = row("Tonewright", json["version"].get<std::string>());
    text += row("Offline engine", "ready");
    text += row("Language model", serverState(server));
    text +=
        row("Key", server["keyFound"].get<bool>() ? "found in the " + server["keyOrigin"].get<std::string>()
                                                  : "none found");
    for (const char* trouble : {"warning", "settingsProblem"})
        if (server.contains(trouble))
            text += row("", server[trouble].get<std::string>());
    text += row("Audio devices", joined(json["audioDevices"], "none (rendering files needs none)"));
    text += row("SIMD", joined(json["simd"], "none"));
    text += row("Presets", std::to_string(json["presets"]["factory"].get<int>()) + " factory, " +
                               std::to_string(json["presets"]["user"].get<int>()) + " of your own");
    text += row("Configuration", json["configDirectory"].get<std::string>());
    text += row("Logs", json["stateDirectory"].get<std::string>());
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
