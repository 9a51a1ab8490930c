#pragma once

#include "assets/AssetLoader.h"
#include "generation/GenerationSettings.h"
#include "generation/PresetGenerationManager.h"
#include "generation/openai/OpenAiGenerator.h"
#include "generation/openai/ServerCheck.h"
#include "plugin/CurrentTone.h"
#include "plugin/PresetHistory.h"
#include "plugin/ToneSession.h"

#include <juce_events/juce_events.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tonewright::plugin
{

/// The session behind the editor; lives as long as the plugin. Generators and their workers are made at the
/// first prompt. Messages of workers are fetched 60 times a second while something is under way, and never
/// otherwise.
class PluginSession final : public ToneSession,
                            private MessageHandler,
                            private juce::Timer,
                            private juce::AsyncUpdater
{
public:
    /// [setup] Does nothing yet. `tempo` is the host's, in quarter notes a minute, 0 where unknown. All must
    /// outlive the session.
    PluginSession(CurrentTone& tone, const std::atomic<double>& tempo, AssetLoader& assets);
    /// [message] Stops everything under way; < 250 ms.
    ~PluginSession() override;

    /// [any] The tone was replaced from outside (a host restored its project): tells the editor, on the
    /// message thread. `problem` is a sentence for the status line, or empty.
    void toneRestored(const std::string& problem);

    /// [message] Whether the timer that fetches messages of workers runs: from a prompt or a test until
    /// nothing is under way and every message was handed over.
    bool isFetching() const noexcept { return isTimerRunning(); }

    void addListener(ToneSessionListener& listener) override;
    void removeListener(ToneSessionListener& listener) override;
    Preset currentPreset() const override;
    bool isEdited() const override;
    void generate(const std::string& prompt) override;
    void cancelGeneration() override;
    GenerationStatus status() const override;
    GenerationStatistics generationStatistics() const override;
    void applyPreset(const Preset& preset) override;
    bool canUndo() const override;
    bool canRedo() const override;
    void undo() override;
    void redo() override;
    std::vector<PresetLibrary::Entry> presets() const override;
    void loadPreset(const PresetLibrary::Entry& entry) override;
    void loadPresetFile(const std::string& path) override;
    void savePreset(const std::string& name) override;
    void loadImpulseResponse(const std::string& path) override;
    Engine engine() const override;
    std::string serverAddress() const override;
    std::string modelName() const override;
    std::string keyOrigin() const override;
    std::string applySettings(Engine engine, const std::string& serverAddress, const std::string& modelName,
                              const std::string& key) override;
    std::string forgetKey() override;
    std::string testConnection(const std::string& serverAddress, const std::string& modelName,
                               const std::string& key,
                               std::function<void(const ConnectionTest&)> whenDone) override;
    void endConnectionTest() override;

private:
    void handle(const StatusUpdate& message) override;
    void handle(const PresetGenerationStarted& message) override;
    void handle(const PresetGenerated& message) override;
    void handle(const PresetGenerationFailed& message) override;
    void handle(const ParameterChanged& message) override;
    void handle(const ImpulseImported& news);
    void handle(const ImpulseRefused& news);
    void handle(const ImpulseMissing& news);
    void timerCallback() override;
    void handleAsyncUpdate() override;

    PresetGenerationManager& generators();
    /// The input trim fits the guitar and the interface, not the tone: a preset that says nothing of it
    /// leaves it where the player calibrated it.
    Preset withPresentTrim(Preset preset) const;
    void showStatus(GenerationStatus newStatus);
    void showAside(GenerationStatus news);
    void showLoaded(const Preset& preset, const ValidationReport& report);
    void tellPresetChanged();
    void tell(void (ToneSessionListener::*news)());
    GenerationSettings savedSettings() const;
    ResolvedServer resolvedServer() const;

    CurrentTone& tone;
    const std::atomic<double>& hostTempo;
    AssetLoader& assets;
    PresetLibrary library;
    PresetHistory history;
    SessionEntries entries;
    GenerationStatus currentStatus;
    std::vector<ToneSessionListener*> listeners;

    RequestId awaited = 0;       // the only request whose preset may be applied; 0: none
    std::string settingsWarning; // what is wrong with the settings of the awaited request, or empty
    ThreadSafeQueue<Message> outbox;
    MessageDispatcher dispatcher;
    std::shared_ptr<OpenAiGenerator> languageModel;
    std::unique_ptr<ServerCheck> serverCheck; // made for the first test of a connection
    std::unique_ptr<PresetGenerationManager>
        manager; // after the outbox: its workers push there until it is gone
};

} // namespace tonewright::plugin
