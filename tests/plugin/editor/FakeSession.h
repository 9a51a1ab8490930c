#pragma once

#include "plugin/ToneSession.h"

#include <algorithm>
#include <string>
#include <vector>

namespace tonewright::test
{

/// A session whose every state a test can set, and which remembers what the editor asked of it.
class FakeSession : public plugin::ToneSession
{
public:
    // What the editor sees.
    Preset preset;
    plugin::GenerationStatus present;
    GenerationStatistics statistics;
    bool edited = false;
    int undoSteps = 0;
    int redoSteps = 0;
    std::vector<PresetLibrary::Entry> library = PresetLibrary("/nonexistent").list();
    Engine chosenEngine = Engine::automatic;
    std::string server = "https://api.openai.com/v1";
    std::string model = "gpt-4o-mini";
    std::string origin;
    std::string settingsProblem;

    // What the editor did.
    std::vector<std::string> prompts;
    std::vector<std::string> loaded;
    std::vector<std::string> saved;
    std::vector<std::string> impulses;
    std::string receivedKey;
    int cancellations = 0;
    plugin::Alternatives offered;
    int alternativesAsked = 0;
    int alternativesStopped = 0;
    std::vector<std::size_t> chosenAlternatives;
    std::vector<plugin::ToneSessionListener*> listeners;

    void announcePreset()
    {
        for (auto* listener : listeners)
            listener->presetChanged();
    }
    void announceStatus()
    {
        for (auto* listener : listeners)
            listener->statusChanged();
    }

    void addListener(plugin::ToneSessionListener& listener) override { listeners.push_back(&listener); }
    void removeListener(plugin::ToneSessionListener& listener) override { std::erase(listeners, &listener); }
    Preset currentPreset() const override { return preset; }
    bool isEdited() const override { return edited; }
    void generate(const std::string& prompt) override
    {
        prompts.push_back(prompt);
        present = {true, "Listening to the words", "", -1, false};
        announceStatus();
    }
    void cancelGeneration() override
    {
        ++cancellations;
        present = {false, "Cancelled.", "", -1, false};
        announceStatus();
    }
    plugin::GenerationStatus status() const override { return present; }
    void makeAlternatives() override
    {
        ++alternativesAsked;
        offered.isUnderWay = true;
        announceStatus();
    }
    void stopAlternatives() override { ++alternativesStopped; }
    const plugin::Alternatives& alternatives() const override { return offered; }
    void chooseAlternative(std::size_t index) override
    {
        chosenAlternatives.push_back(index);
        applyPreset(offered.answers.at(index));
    }
    GenerationStatistics generationStatistics() const override { return statistics; }
    void applyPreset(const Preset& wanted) override
    {
        preset = wanted;
        announcePreset();
    }
    void setInputTrim(float decibels) override
    {
        preset.parameters["input.trim"_p] = decibels;
        announcePreset();
    }
    bool canUndo() const override { return undoSteps > 0; }
    bool canRedo() const override { return redoSteps > 0; }
    void undo() override
    {
        --undoSteps;
        ++redoSteps;
        announcePreset();
    }
    void redo() override
    {
        ++undoSteps;
        --redoSteps;
        announcePreset();
    }
    std::vector<PresetLibrary::Entry> presets() const override { return library; }
    void loadPreset(const PresetLibrary::Entry& entry) override
    {
        loaded.push_back(entry.name);
        preset.name = entry.name;
        announcePreset();
    }
    void loadPresetFile(const std::string& path) override { loaded.push_back(path); }
    void loadImpulseResponse(const std::string& path) override { impulses.push_back(path); }
    void savePreset(const std::string& name) override { saved.push_back(name); }
    Engine engine() const override { return chosenEngine; }
    std::string serverAddress() const override { return server; }
    std::string modelName() const override { return model; }
    std::string keyOrigin() const override { return origin; }
    std::string applySettings(Engine wanted, const std::string& serverAddress, const std::string& modelName,
                              const std::string& key, plugin::SavedHandler whenSaved) override
    {
        if (!settingsProblem.empty())
            return settingsProblem;
        chosenEngine = wanted;
        server = serverAddress;
        model = modelName;
        receivedKey = key;
        saving = std::move(whenSaved);
        return {};
    }
    std::string forgetKey(plugin::SavedHandler whenDone) override
    {
        if (!settingsProblem.empty())
            return settingsProblem;
        origin.clear();
        saving = std::move(whenDone);
        return {};
    }
    std::string testConnection(const std::string& serverAddress, const std::string&, const std::string&,
                               std::function<void(const plugin::ConnectionTest&)> whenDone) override
    {
        if (!settingsProblem.empty())
            return settingsProblem;
        testedServer = serverAddress;
        tested = std::move(whenDone);
        return {};
    }
    void endConnectionTest() override { tested = nullptr; }

    plugin::SavedHandler saving; // waits for the file
    std::string testedServer;
    std::function<void(const plugin::ConnectionTest&)> tested; // waits for the server's answer
};

} // namespace tonewright::test
