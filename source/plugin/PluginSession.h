#pragma once

#include "assets/AssetLoader.h"
#include "generation/PresetGenerationManager.h"
#include "generation/openai/OpenAiGenerator.h"
#include "plugin/AlternativeMaker.h"
#include "plugin/CurrentTone.h"
#include "plugin/MessageCalls.h"
#include "plugin/SessionSettings.h"
#include "plugin/ToneHistory.h"
#include "plugin/ToneSession.h"

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
class PluginSession final : public ToneSession, private MessageHandler
{
public:
    /// [setup] Does nothing yet. `tempo` is the host's, in quarter notes a minute, 0 where unknown. All must
    /// outlive the session.
    PluginSession(CurrentTone& tone, const std::atomic<double>& tempo, AssetLoader& assets);
    /// [setup] Waits for a call of the message thread's that is under way, stops everything else; < 250 ms.
    ~PluginSession() override;

    /// [any] The tone was replaced from outside (a host restored its project): tells the editor, on the
    /// message thread. `problem` is a sentence for the status line, or empty.
    void toneRestored(const std::string& problem);

    /// [message] The player takes hold of a knob or lets go of it.
    void knobGesture(ParameterIndex index, bool isBeginning) { history.gesture(index, isBeginning); }

    /// [message] Whether the timer that fetches messages of workers runs: from a prompt or a test until
    /// nothing is under way and every message was handed over.
    bool isFetching() const noexcept { return calls.isTicking(); }

    void addListener(ToneSessionListener& listener) override;
    void removeListener(ToneSessionListener& listener) override;
    Preset currentPreset() const override { return tone.preset(); }
    bool isEdited() const override { return tone.isEdited(); }
    void generate(const std::string& prompt) override;
    void cancelGeneration() override;
    GenerationStatus status() const override { return currentStatus; }
    void makeAlternatives() override;
    void stopAlternatives() override;
    const Alternatives& alternatives() const override { return alternativeMaker.offered(); }
    void chooseAlternative(std::size_t index) override;
    GenerationStatistics generationStatistics() const override;
    void applyPreset(const Preset& preset) override;
    void setInputTrim(float decibels) override;
    bool canUndo() const override { return history.canUndo(); }
    bool canRedo() const override { return history.canRedo(); }
    void undo() override;
    void redo() override;
    std::vector<PresetLibrary::Entry> presets() const override { return library.list(); }
    void loadPreset(const PresetLibrary::Entry& entry) override;
    void loadPresetFile(const std::string& path) override;
    void savePreset(const std::string& name) override;
    void loadImpulseResponse(const std::string& path) override;
    Engine engine() const override { return settings.engine(); }
    std::string serverAddress() const override { return settings.serverAddress(); }
    std::string modelName() const override { return settings.modelName(); }
    std::string keyOrigin() const override { return settings.keyOrigin(); }
    std::string applySettings(Engine engine, const std::string& serverAddress, const std::string& modelName,
                              const std::string& key, SavedHandler whenSaved) override;
    std::string forgetKey(SavedHandler whenDone) override;
    std::string testConnection(const std::string& serverAddress, const std::string& modelName,
                               const std::string& key,
                               std::function<void(const ConnectionTest&)> whenDone) override;
    void endConnectionTest() override { settings.endConnectionTest(); }

private:
    void handle(const StatusUpdate& message) override;
    void handle(const PresetGenerationStarted& message) override;
    void handle(const PresetGenerated& message) override;
    void handle(const PresetGenerationFailed& message) override;
    void handle(const ParameterChanged&) override {} // generation changes presets, never single parameters
    void handle(const ImpulseImported& news);
    void handle(const ImpulseRefused& news);
    void handle(const ImpulseMissing& news);
    void fetchMessages();
    void takeNews();

    PresetGenerationManager& generators();
    void applyAnswer(const Preset& answer);
    void tellAlternatives();
    void showStatus(GenerationStatus newStatus);
    void showAside(GenerationStatus news);
    void tellPresetChanged();
    void tell(void (ToneSessionListener::*news)());
    SavedHandler tellingFailure(SavedHandler whenDone);

    CurrentTone& tone;
    const std::atomic<double>& hostTempo;
    AssetLoader& assets;
    PresetLibrary library;
    ToneHistory history;
    SessionSettings settings;
    GenerationStatus currentStatus;
    std::vector<ToneSessionListener*> listeners;

    RequestId awaited = 0;   // the only request whose preset may be applied; 0: none
    GenerationRequest asked; // of it
    AlternativeMaker alternativeMaker;
    std::string settingsWarning; // what is wrong with the settings of the awaited request, or empty
    ThreadSafeQueue<Message> outbox;
    MessageDispatcher dispatcher;
    std::shared_ptr<OpenAiGenerator> languageModel;
    std::unique_ptr<PresetGenerationManager>
        manager; // after the outbox: its workers push there until it is gone
    MessageCalls calls{[this] { fetchMessages(); },
                       [this] { takeNews(); }}; // last: none comes to what is gone
};

} // namespace tonewright::plugin
