#include "plugin/PluginSession.h"

#include "generation/offline/OfflineGenerator.h"
#include "plugin/KeptTrim.h"
#include "plugin/StatusLines.h"
#include "tone/InputTrim.h"
#include "tone/Text.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace tonewright::plugin
{
namespace
{
constexpr int ticksPerSecond = 60;
constexpr auto inputTrim = "input.trim"_p;
constexpr std::size_t remembered = 16; // tones that a prompt can refer to ("undo that")
} // namespace

PluginSession::PluginSession(CurrentTone& currentTone, const std::atomic<double>& tempo, AssetLoader& loader)
    : tone(currentTone), hostTempo(tempo), assets(loader), history(currentTone), dispatcher(outbox, *this)
{
    assets.setListener([this] { calls.bringNews(); });
}

PluginSession::~PluginSession()
{
    assets.setListener({});
}

void PluginSession::toneRestored(const std::string& problem)
{
    if (!problem.empty())
        outbox.push(StatusUpdate{0, std::chrono::steady_clock::now(), problem, -1});
    calls.bringNews();
}

void PluginSession::addListener(ToneSessionListener& listener)
{
    listeners.push_back(&listener);
}

void PluginSession::removeListener(ToneSessionListener& listener)
{
    listeners.erase(std::remove(listeners.begin(), listeners.end(), &listener), listeners.end());
}

// ---- words

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
    alternativeMaker.stop(&worker);
    const auto target = settings.target();
    settingsWarning = target.warning;
    languageModel->setServer(target.server);

    GenerationRequest request;
    request.prompt = std::move(words);
    request.current = tone.preset();
    request.history = history.recent(remembered);
    request.tempo = hostTempo.load(std::memory_order_relaxed);
    request.engine = target.engine;
    asked = request;
    awaited = worker.generatePresetFromText(std::move(request));
    calls.startTicking(ticksPerSecond);
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

void PluginSession::fetchMessages()
{
    dispatcher.dispatch();
    settings.dispatch();
    const bool isUnderWay = (manager && manager->isGeneratingPreset()) || settings.isUnderWay();
    if (!isUnderWay && outbox.approximateSize() == 0)
        calls.stopTicking();
}

void PluginSession::takeNews()
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
    if (alternativeMaker.take(message, *manager))
        return tellAlternatives();
    if (message.id != awaited)
        return; // superseded or cancelled
    awaited = 0;
    alternativeMaker.begin(std::move(asked), message.preset);
    applyAnswer(message.preset);
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
    if (alternativeMaker.take(message))
        return tellAlternatives();
    if (message.id != awaited)
        return;
    awaited = 0;
    showStatus(failed(message.error.message, message.error.detail));
}

// ---- alternatives

void PluginSession::makeAlternatives()
{
    if (alternatives().answers.empty() || awaited != 0)
        return;
    auto& worker = generators();
    const auto target = settings.target(); // they may have changed since the prompt
    languageModel->setServer(target.server);
    alternativeMaker.make(worker, target.engine);
    calls.startTicking(ticksPerSecond);
    tell(&ToneSessionListener::statusChanged);
}

void PluginSession::stopAlternatives()
{
    alternativeMaker.stop(manager.get());
    tell(&ToneSessionListener::statusChanged);
}

void PluginSession::chooseAlternative(std::size_t index)
{
    const auto& answers = alternatives().answers;
    if (index >= answers.size())
        return;
    const auto chosen = answers[index];
    applyAnswer(chosen);
    showAside(done(index == 0
                       ? "Back to the first answer."
                       : "Alternative " + std::to_string(index) + ": " + chosen.source.difference + "."));
}

void PluginSession::tellAlternatives()
{
    const auto& offered = alternatives();
    const auto made = offered.answers.size() - 1;
    if (offered.isUnderWay)
        tell(&ToneSessionListener::statusChanged);
    else if (!offered.problem.empty())
        showAside(done(offered.problem));
    else
        showAside(done(std::to_string(made) + " alternatives are ready."));
}

// ---- presets

void PluginSession::applyAnswer(const Preset& answer)
{
    applyPreset(answerWithTrimOf(tone.preset(), answer));
}

void PluginSession::applyPreset(const Preset& preset)
{
    history.replace(preset);
    tellPresetChanged();
}

void PluginSession::setInputTrim(float decibels)
{
    history.adjust(inputTrim, decibels);
    tellPresetChanged();
}

void PluginSession::undo()
{
    if (history.undo())
        tellPresetChanged();
}

void PluginSession::redo()
{
    if (history.redo())
        tellPresetChanged();
}

void PluginSession::loadPreset(const PresetLibrary::Entry& entry)
{
    if (!entry.isFactory)
        return loadPresetFile(entry.file.string());
    const auto& factory = factoryPresets();
    const auto found = std::find_if(factory.begin(), factory.end(),
                                    [&entry](const Preset& preset) { return preset.name == entry.name; });
    if (found == factory.end())
        return showStatus(failed("There is no factory preset of that name."));
    applyPreset(withTrimOf(tone.preset(), *found));
    showStatus(loaded(found->name, {}));
}

void PluginSession::loadPresetFile(const std::string& path)
{
    ValidationReport report;
    const auto preset = tonewright::loadPreset(std::filesystem::path(path), report);
    if (!preset)
        return showStatus(failed(preset.error().message));
    applyPreset(namesInputTrim(path) ? *preset : withTrimOf(tone.preset(), *preset));
    showStatus(loaded(preset->name, report));
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

void PluginSession::loadImpulseResponse(const std::string& path)
{
    const std::filesystem::path file(path);
    showAside(done("Reading " + cleanText(file.filename().string(), maximumNameLength) + "..."));
    assets.importFile(file);
}

void PluginSession::handle(const ImpulseImported& news)
{
    auto preset = tone.preset();
    preset.parameters["cabinet.enabled"_p] = 1;
    preset.parameters["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    preset.parameters.impulseResponse = news.id;
    preset.impulseResponseName = news.name;
    history.replace(preset, true);
    tellPresetChanged();
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

// ---- settings

/// The card that asked may be gone when saving fails.
SavedHandler PluginSession::tellingFailure(SavedHandler whenDone)
{
    calls.startTicking(ticksPerSecond);
    return [this, whenDone = std::move(whenDone)](const std::string& problem)
    {
        if (!problem.empty())
            showAside(failed(problem));
        if (whenDone)
            whenDone(problem);
    };
}

std::string PluginSession::applySettings(Engine engine, const std::string& serverAddress,
                                         const std::string& modelName, const std::string& key,
                                         SavedHandler whenSaved)
{
    stopAlternatives(); // they ask whom the settings before named
    return settings.apply(engine, serverAddress, modelName, key, tellingFailure(std::move(whenSaved)));
}

std::string PluginSession::forgetKey(SavedHandler whenDone)
{
    stopAlternatives();
    return settings.forgetKey(tellingFailure(std::move(whenDone)));
}

std::string PluginSession::testConnection(const std::string& serverAddress, const std::string& modelName,
                                          const std::string& key,
                                          std::function<void(const ConnectionTest&)> whenDone)
{
    calls.startTicking(ticksPerSecond);
    return settings.testConnection(serverAddress, modelName, key, std::move(whenDone));
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
