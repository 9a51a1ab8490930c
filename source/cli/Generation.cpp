#include "cli/Generation.h"

#include "cli/Arguments.h"
#include "cli/Console.h"
#include "cli/Interrupt.h"
#include "cli/PresetChoice.h"
#include "generation/Alternative.h"
#include "generation/GenerationSettings.h"
#include "generation/PresetGenerationManager.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/openai/OpenAiGenerator.h"
#include "messaging/MessageDispatcher.h"

#include <algorithm>
#include <array>
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

/// Waits for what a request ends in.
class Collector final : public MessageHandler
{
public:
    explicit Collector(bool showProgress) : showsProgress(showProgress) {}

    bool isComplete() const { return result.has_value(); }
    Result<Preset, GenerationError> take() { return std::move(*result); }

    void handle(const StatusUpdate& message) override
    {
        if (showsProgress)
            progress.show(message.text, message.progress);
    }
    void handle(const PresetGenerationStarted&) override {}
    void handle(const PresetGenerated& message) override { result.emplace(message.preset); }
    void handle(const PresetGenerationFailed& message) override { result.emplace(message.error); }
    void handle(const ParameterChanged&) override {}

private:
    const bool showsProgress;
    std::optional<Result<Preset, GenerationError>> result;
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

struct Conversation::Implementation
{
    explicit Implementation(const GenerationSettings& settings)
        : manager(outbox, std::make_shared<OfflineGenerator>(), languageModelFor(settings))
    {
    }

    ThreadSafeQueue<Message> outbox;
    PresetGenerationManager manager;
};

Conversation::Conversation() : Conversation(settingsOrDefaults())
{
}

Conversation::Conversation(const GenerationSettings& settings)
    : implementation(std::make_unique<Implementation>(settings))
{
}

Conversation::~Conversation() = default;

Result<Preset, GenerationError> Conversation::ask(const GenerationRequest& request, bool showsProgress)
{
    const GenerationError cancelled{GenerationErrorKind::cancelled, "Cancelled.", {}};
    if (isInterrupted())
        return cancelled;
    auto& [outbox, manager] = *implementation;
    Collector collector(showsProgress);
    MessageDispatcher dispatcher(outbox, collector);
    const auto id = manager.generatePresetFromText(request);
    for (bool isCancelled = false; !collector.isComplete();)
    {
        if (dispatcher.dispatch() == 0)
            std::this_thread::sleep_for(dispatchInterval);
        if (isInterrupted() && !std::exchange(isCancelled, true))
            manager.cancel(id);
    }
    if (isInterrupted())
        return cancelled;
    return collector.take();
}

Traffic Conversation::traffic() const
{
    return implementation->manager.statistics().traffic;
}

Result<std::vector<Preset>> generatePresets(const PromptArguments& arguments)
{
    const auto settings = settingsOrDefaults();
    auto request = requestFrom(arguments, settings.engine);
    if (!request)
        return request.error();
    Conversation conversation(settings);
    bool hasSaidFallback = false;
    // One after the other: each alternative keeps away from those before it.
    for (request->variation = 0; request->variation < arguments.count; ++request->variation)
    {
        auto preset = conversation.ask(*request, true);
        if (!preset && isNoAlternative(preset.error()))
        {
            say(std::to_string(request->others.size()) + " of " + std::to_string(arguments.count) +
                " made. " + preset.error().message);
            break;
        }
        if (!preset)
            return Error{preset.error().message};
        if (preset->source.fallback && !std::exchange(hasSaidFallback, true))
            say("The offline generator answered instead: " + preset->source.fallbackReason);
        request->others.push_back(std::move(*preset));
        request->priority = RequestPriority::background;
    }
    return std::move(request->others);
}

} // namespace tonewright::cli
