#include "plugin/PluginSession.h"

#include "generation/KeyStore.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/openai/BaseUrl.h"
#include "tone/Text.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace tonewright::plugin
{
namespace
{
constexpr int ticksPerSecond = 60;
constexpr std::size_t remembered = 16; // tones that a prompt can refer to ("undo that")

GenerationStatus done(std::string text, std::string detail = {})
{
    return {.isGenerating = false,
            .text = std::move(text),
            .detail = std::move(detail),
            .progress = -1,
            .isError = false};
}

GenerationStatus failed(std::string text, std::string detail = {})
{
    return {.isGenerating = false,
            .text = std::move(text),
            .detail = std::move(detail),
            .progress = -1,
            .isError = true};
}

GenerationStatus underWay(std::string text, double progress)
{
    return {
        .isGenerating = true, .text = std::move(text), .detail = {}, .progress = progress, .isError = false};
}

ConnectionTest described(const ServerCheck::Answer& answer, const std::string& model)
{
    if (!answer)
        return {false, answer.error().message};
    const auto& names = answer->ids;
    if (names.empty())
        return {true, "The server answers; it does not say which models it has."};
    const auto count = std::to_string(names.size()) + (names.size() == 1 ? " model" : " models");
    if (std::find(names.begin(), names.end(), model) != names.end())
        return {true, "The server answers and has this model (and " + count + " in all)."};
    constexpr std::size_t mostShown = 5;
    std::string list;
    for (std::size_t index = 0; index < std::min(names.size(), mostShown); ++index)
        list += (index == 0 ? "" : ", ") + names[index];
    return {false, "The server answers but does not list this model; it has " + count + ": " + list +
                       (names.size() > mostShown ? ", ..." : ".")};
}
} // namespace

PluginSession::PluginSession(CurrentTone& currentTone, const std::atomic<double>& tempo, AssetLoader& loader)
    : tone(currentTone), hostTempo(tempo), assets(loader), dispatcher(outbox, *this)
{
    assets.setListener([this] { triggerAsyncUpdate(); });
}

PluginSession::~PluginSession()
{
    assets.setListener({});
    stopTimer();
    cancelPendingUpdate();
    manager.reset();
}

void PluginSession::toneRestored(const std::string& problem)
{
    if (!problem.empty())
        outbox.push(StatusUpdate{0, std::chrono::steady_clock::now(), problem, -1});
    triggerAsyncUpdate();
}

void PluginSession::addListener(ToneSessionListener& listener)
{
    listeners.push_back(&listener);
}

void PluginSession::removeListener(ToneSessionListener& listener)
{
    listeners.erase(std::remove(listeners.begin(), listeners.end(), &listener), listeners.end());
}

Preset PluginSession::currentPreset() const
{
    return tone.preset();
}

bool PluginSession::isEdited() const
{
    return tone.isEdited();
}

// ---- words
// -------------------------------------------------------------------------------------------------------

void PluginSession::generate(const std::string& prompt)
{
    auto words = cleanText(prompt, maximumTextLength);
    if (words.find_first_not_of(" \t\n") == std::string::npos)
    {
        showStatus(
            failed("Please type what you want to hear, for example: warm jazz clean with a bit of plate."));
        return;
    }
    auto& worker = generators();
    if (awaited != 0)
        worker.cancel(awaited);
    // Settings that cannot be read never widen what leaves the machine.
    const auto settings = loadGenerationSettings();
    const auto resolved = resolveServer(settings ? *settings : GenerationSettings{}, entries);
    settingsWarning = settings ? resolved.warning : settings.error().message;
    languageModel->setServer(resolved.server);

    GenerationRequest request;
    request.prompt = std::move(words);
    request.current = tone.preset();
    request.history = history.recent(remembered);
    request.tempo = hostTempo.load(std::memory_order_relaxed);
    request.engine = settings ? settings->engine : Engine::offline;
    awaited = worker.generatePresetFromText(std::move(request));
    startTimerHz(ticksPerSecond);
    showStatus(underWay("Thinking about your words...", -1));
}

void PluginSession::cancelGeneration()
{
    if (awaited == 0)
        return;
    manager->cancel(awaited);
    awaited = 0; // the request's last message still comes; it finds nobody who waits for it
    showStatus(done("Cancelled; the tone stays as it is."));
}

GenerationStatus PluginSession::status() const
{
    return currentStatus;
}

GenerationStatistics PluginSession::generationStatistics() const
{
    return manager != nullptr ? manager->statistics() : GenerationStatistics{};
}

PresetGenerationManager& PluginSession::generators()
{
    if (manager == nullptr)
    {
        languageModel = std::make_shared<OpenAiGenerator>();
        manager = std::make_unique<PresetGenerationManager>(outbox, std::make_shared<OfflineGenerator>(),
                                                            languageModel);
    }
    return *manager;
}

void PluginSession::timerCallback()
{
    dispatcher.dispatch();
    if (serverCheck)
        serverCheck->dispatch();
    const bool isUnderWay =
        (manager && manager->isGeneratingPreset()) || (serverCheck && serverCheck->isUnderWay());
    if (!isUnderWay && outbox.approximateSize() == 0)
        stopTimer();
}

void PluginSession::handleAsyncUpdate()
{
    dispatcher.dispatch();
    for (const auto& news : assets.takeNews())
        std::visit([this](const auto& each) { handle(each); }, news);
    tellPresetChanged();
}

void PluginSession::handle(const StatusUpdate& message)
{
    if (message.id == 0)
        showStatus(failed(message.text));
    else if (message.id == awaited)
        showStatus(underWay(message.text, message.progress));
}

void PluginSession::handle(const PresetGenerationStarted& message)
{
    if (message.id == awaited)
        showStatus(underWay("Building your tone...", -1));
}

void PluginSession::handle(const PresetGenerated& message)
{
    if (message.id != awaited)
        return; // superseded or cancelled
    awaited = 0;
    applyPreset(withPresentTrim(message.preset));
    const auto& source = message.preset.source;
    if (source.fallback)
        showStatus(done("Built offline instead: " + source.fallbackReason, message.detail));
    else if (!settingsWarning.empty())
        showStatus(done((source.model.empty() ? "Built offline. " : "Built by " + source.model + ". ") +
                        settingsWarning));
    else
        showStatus(done(source.model.empty() ? "Built offline." : "Built by " + source.model + "."));
}

void PluginSession::handle(const PresetGenerationFailed& message)
{
    if (message.id != awaited)
        return;
    awaited = 0;
    showStatus(failed(message.error.message, message.error.detail));
}

void PluginSession::handle(const ParameterChanged&)
{
    // Generation changes presets, never single parameters.
}

// ---- presets
// -----------------------------------------------------------------------------------------------------

void PluginSession::applyPreset(const Preset& preset)
{
    history.add({tone.preset(), tone.isEdited()});
    tone.replace(preset);
    tellPresetChanged();
}

Preset PluginSession::withPresentTrim(Preset preset) const
{
    constexpr auto trim = "input.trim"_p;
    if (preset.parameters[trim] == infoOf(trim).defaultValue)
        preset.parameters[trim] = tone.parameters()[trim];
    return preset;
}

bool PluginSession::canUndo() const
{
    return history.canUndo();
}

bool PluginSession::canRedo() const
{
    return history.canRedo();
}

void PluginSession::undo()
{
    if (const auto step = history.undo({tone.preset(), tone.isEdited()}))
    {
        tone.replace(step->preset, step->isEdited);
        tellPresetChanged();
    }
}

void PluginSession::redo()
{
    if (const auto step = history.redo({tone.preset(), tone.isEdited()}))
    {
        tone.replace(step->preset, step->isEdited);
        tellPresetChanged();
    }
}

std::vector<PresetLibrary::Entry> PluginSession::presets() const
{
    return library.list();
}

void PluginSession::loadPreset(const PresetLibrary::Entry& entry)
{
    if (!entry.isFactory)
    {
        loadPresetFile(entry.file.string());
        return;
    }
    const auto& factory = factoryPresets();
    const auto found = std::find_if(factory.begin(), factory.end(),
                                    [&entry](const Preset& preset) { return preset.name == entry.name; });
    if (found == factory.end())
    {
        showStatus(failed("There is no factory preset of that name."));
        return;
    }
    applyPreset(withPresentTrim(*found));
    showLoaded(*found, {});
}

void PluginSession::loadPresetFile(const std::string& path)
{
    ValidationReport report;
    const auto preset = tonewright::loadPreset(std::filesystem::path(path), report);
    if (!preset)
    {
        showStatus(failed(preset.error().message));
        return;
    }
    applyPreset(withPresentTrim(*preset));
    showLoaded(*preset, report);
}

void PluginSession::savePreset(const std::string& name)
{
    auto preset = tone.preset();
    preset.name = cleanText(name, maximumNameLength);
    if (preset.name.find_first_not_of(" \t\n") == std::string::npos)
    {
        showStatus(failed("Please give the preset a name to save it."));
        return;
    }
    const auto saved = library.save(preset);
    if (!saved)
    {
        showStatus(failed(saved.error().message));
        return;
    }
    tone.markSaved(preset.name);
    tellPresetChanged();
    showStatus(done("Saved as " + saved->string() + "."));
}

// ---- impulse responses
// --------------------------------------------------------------------------------------------

void PluginSession::loadImpulseResponse(const std::string& path)
{
    assets.importFile(std::filesystem::path(path));
}

void PluginSession::handle(const ImpulseImported& news)
{
    const PresetHistory::Step before{tone.preset(), tone.isEdited()};
    auto preset = before.preset;
    preset.parameters["cabinet.enabled"_p] = 1;
    preset.parameters["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    preset.parameters.impulseResponse = news.id;
    preset.impulseResponseName = news.name;
    history.add(before);
    tone.replace(preset, true);
    showAside(done("The cabinet plays " + news.name + "." + (news.remark.empty() ? "" : " " + news.remark)));
}

void PluginSession::handle(const ImpulseRefused& news)
{
    showAside(failed(news.message));
}

void PluginSession::handle(const ImpulseMissing& news)
{
    const auto present = tone.preset();
    if (present.parameters.impulseResponse == news.id && usesImpulseResponse(present.parameters))
        showAside(failed(missingImpulseResponse(present.impulseResponseName)));
}

/// News from beside a prompt, which may still be under way.
void PluginSession::showAside(GenerationStatus news)
{
    news.isGenerating = awaited != 0;
    showStatus(std::move(news));
}

void PluginSession::showLoaded(const Preset& preset, const ValidationReport& report)
{
    if (report.empty())
    {
        showStatus(done("Loaded " + preset.name + "."));
        return;
    }
    std::string detail;
    for (const auto& sentence : report)
        detail.append(detail.empty() ? "" : "\n").append(sentence);
    const auto more =
        report.size() > 1 ? " (and " + std::to_string(report.size() - 1) + " more)" : std::string{};
    showStatus(done("Loaded " + preset.name + ": " + report.front() + more, detail));
}

// ---- settings
// ----------------------------------------------------------------------------------------------------

GenerationSettings PluginSession::savedSettings() const
{
    const auto saved = loadGenerationSettings();
    return saved ? *saved : GenerationSettings{};
}

ResolvedServer PluginSession::resolvedServer() const
{
    return resolveServer(savedSettings(), entries);
}

Engine PluginSession::engine() const
{
    return savedSettings().engine;
}

std::string PluginSession::serverAddress() const
{
    return resolvedServer().server.baseUrl;
}

std::string PluginSession::modelName() const
{
    return resolvedServer().server.model;
}

std::string PluginSession::keyOrigin() const
{
    return std::string(nameOf(resolvedServer().keyOrigin));
}

std::string PluginSession::applySettings(Engine engine, const std::string& serverAddress,
                                         const std::string& modelName, const std::string& key)
{
    auto entered = entries;
    if (const auto result = enterServer(entered, savedSettings(), serverAddress, modelName, key); !result)
        return result.error().message;
    const auto server = resolveServer(savedSettings(), entered).server;
    if (!key.empty())
        if (const auto result = KeyStore::keep(entered.keyServer, entered.key); !result)
            return result.error().message;
    if (const auto result = saveGenerationSettings({engine, server.baseUrl, server.model}); !result)
        return result.error().message;
    entries = std::move(entered);
    return {};
}

std::string PluginSession::forgetKey()
{
    const auto url = parseBaseUrl(serverAddress());
    if (!url)
        return url.error().message;
    if (const auto result = KeyStore::forget(url->origin()); !result)
        return result.error().message;
    if (entries.keyServer == url->origin())
        entries.key.clear();
    return {};
}

std::string PluginSession::testConnection(const std::string& serverAddress, const std::string& modelName,
                                          const std::string& key,
                                          std::function<void(const ConnectionTest&)> whenDone)
{
    auto entered = entries;
    const auto settings = savedSettings();
    if (const auto result = enterServer(entered, settings, serverAddress, modelName, key); !result)
        return result.error().message;
    if (!serverCheck)
        serverCheck = std::make_unique<ServerCheck>();
    serverCheck->start([settings, entered] { return resolveServer(settings, entered).server; },
                       [modelName, whenDone = std::move(whenDone)](const ServerCheck::Answer& answer)
                       { whenDone(described(answer, modelName)); });
    startTimerHz(ticksPerSecond);
    return {};
}

void PluginSession::endConnectionTest()
{
    if (serverCheck)
        serverCheck->cancel();
}

void PluginSession::showStatus(GenerationStatus newStatus)
{
    currentStatus = std::move(newStatus);
    tell(&ToneSessionListener::statusChanged);
}

void PluginSession::tellPresetChanged()
{
    tell(&ToneSessionListener::presetChanged);
}

void PluginSession::tell(void (ToneSessionListener::*news)())
{
    // A listener may remove itself, or another, while it is told.
    const auto toldOnes = listeners;
    for (auto* listener : toldOnes)
        if (std::find(listeners.begin(), listeners.end(), listener) != listeners.end())
            (listener->*news)();
}

} // namespace tonewright::plugin
