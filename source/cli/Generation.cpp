#include "cli/Generation.h"

#include "cli/Arguments.h"
#include "cli/Console.h"
#include "cli/Interrupt.h"
#include "cli/PresetChoice.h"
#include "generation/GenerationSettings.h"
#include "generation/PresetGenerationManager.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/openai/OpenAiGenerator.h"
#include "messaging/MessageDispatcher.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <thread>

namespace tonewright::cli
{
namespace
{
constexpr std::array engines{Engine::automatic, Engine::offline, Engine::openAi};
constexpr std::chrono::milliseconds dispatchInterval{8};

/// The saved settings; a file that cannot be used is said and passed over.
GenerationSettings settingsOrDefaults()
{
    auto settings = loadGenerationSettings();
    if (settings)
        return std::move(*settings);
    say(settings.error().message);
    return {};
}

std::shared_ptr<OpenAiGenerator> languageModelFor(const GenerationSettings& settings)
{
    auto resolved = resolveServer(settings);
    if (!resolved.warning.empty())
        say(resolved.warning);
    auto generator = std::make_shared<OpenAiGenerator>();
    generator->setServer(std::move(resolved.server));
    return generator;
}

/// Gathers what the requests end in.
class Collector final : public MessageHandler
{
public:
    void expect(RequestId id) { presets.emplace(id, std::nullopt); }
    bool isComplete() const { return ended == presets.size(); }
    const std::optional<GenerationError>& error() const { return firstError; }

    std::vector<Preset> take()
    {
        std::vector<Preset> result;
        for (auto& [id, preset] : presets) // ids rise in the order of the requests
            result.push_back(std::move(*preset));
        return result;
    }

    void handle(const StatusUpdate& message) override { progress.show(message.text, message.progress); }
    void handle(const PresetGenerationStarted&) override {}
    void handle(const PresetGenerated& message) override
    {
        presets[message.id] = message.preset;
        ++ended;
    }
    void handle(const PresetGenerationFailed& message) override
    {
        if (!firstError)
            firstError = message.error;
        ++ended;
    }
    void handle(const ParameterChanged&) override {}

private:
    std::map<RequestId, std::optional<Preset>> presets;
    std::size_t ended = 0;
    std::optional<GenerationError> firstError;
    ProgressLine progress;
};

Result<GenerationRequest> requestFrom(const PromptArguments& arguments, Engine preferred)
{
    GenerationRequest request;
    request.prompt = arguments.prompt;
    request.tempo = arguments.tempo;
    const auto* const named = std::find_if(engines.begin(), engines.end(),
                                           [&](Engine engine) { return nameOf(engine) == arguments.engine; });
    request.engine = named != engines.end() ? *named : preferred;
    if (!arguments.current.empty())
    {
        auto current = choosePreset(arguments.current);
        if (!current)
            return current.error();
        request.current = std::move(*current);
    }
    for (const auto& name : arguments.previous)
    {
        auto earlier = choosePreset(name);
        if (!earlier)
            return earlier.error();
        request.history.push_back(std::move(*earlier));
    }
    return request;
}
} // namespace

void addPromptArguments(CLI::App& command, PromptArguments& arguments)
{
    command.add_option("PROMPT", arguments.prompt, "The tone in words, in quotes")->required();
    command.add_option("--engine", arguments.engine, "Who answers (default: as the settings say, else auto)")
        ->check(CLI::IsMember({"auto", "offline", "openai"}));
    auto* const current =
        command.add_option("--current", arguments.current, "The preset to change: a file or a name");
    command
        .add_option(
            "--previous", arguments.previous,
            "What sounded before --current, oldest first: lets \"undo that\" and \"a bit more\" refer to it")
        ->allow_extra_args(false)
        ->needs(current);
    command.add_option("--tempo", arguments.tempo, "Quarter notes a minute, for echoes in time")
        ->check(numberBetween(20, 400));
}

namespace
{
Result<std::vector<Preset>> ask(const GenerationSettings& settings,
                                const std::vector<GenerationRequest>& requests)
{
    ThreadSafeQueue<Message> outbox;
    Collector collector;
    MessageDispatcher dispatcher(outbox, collector);
    PresetGenerationManager manager(outbox, std::make_shared<OfflineGenerator>(), languageModelFor(settings));
    for (const auto& request : requests)
        collector.expect(manager.generatePresetFromText(request));
    for (bool cancelled = false; !collector.isComplete();)
    {
        if (dispatcher.dispatch() == 0)
            std::this_thread::sleep_for(dispatchInterval);
        if (isInterrupted() && !std::exchange(cancelled, true))
            manager.cancelAll();
    }
    if (isInterrupted())
        return Error{"Cancelled."};
    if (collector.error())
        return Error{collector.error()->message};
    return collector.take();
}
} // namespace

Result<std::vector<Preset>> generatePresets(const std::vector<GenerationRequest>& requests)
{
    return ask(settingsOrDefaults(), requests);
}

Result<std::vector<Preset>> generatePresets(const PromptArguments& arguments)
{
    const auto settings = settingsOrDefaults();
    auto request = requestFrom(arguments, settings.engine);
    if (!request)
        return request.error();
    std::vector<GenerationRequest> requests;
    for (request->variation = 0; request->variation < arguments.count; ++request->variation)
        requests.push_back(*request);
    auto presets = ask(settings, requests);
    if (!presets)
        return presets;
    for (const auto& preset : *presets)
        if (preset.source.fallback)
        {
            say("The offline generator answered instead: " + preset.source.fallbackReason);
            break;
        }
    return presets;
}

} // namespace tonewright::cli
