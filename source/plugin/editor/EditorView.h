#pragma once

#include "plugin/editor/AlternativesOverlay.h"
#include "plugin/editor/CalibrationOverlay.h"
#include "plugin/editor/ChainView.h"
#include "plugin/editor/DiagnosticsOverlay.h"
#include "plugin/editor/EditorServices.h"
#include "plugin/editor/ExplanationView.h"
#include "plugin/editor/IconButton.h"
#include "plugin/editor/InputLevelButton.h"
#include "plugin/editor/MeterStrip.h"
#include "plugin/editor/PresetBar.h"
#include "plugin/editor/PresetBrowser.h"
#include "plugin/editor/PromptBar.h"
#include "plugin/editor/SaveOverlay.h"
#include "plugin/editor/SettingsOverlay.h"
#include "plugin/editor/TonewrightLookAndFeel.h"
#include "plugin/editor/TunerOverlay.h"

#include <array>
#include <memory>
#include <optional>

namespace tonewright::plugin
{

/// Everything in the editor's window: prompt, preset, explanation, chain, meters and the cards above them.
/// Follows the session by its listener and the host's parameters by looking at them 30 times a second while
/// it is on screen. All [message].
class EditorView : public juce::Component,
                   public juce::FileDragAndDropTarget,
                   private ToneSessionListener,
                   private juce::ComponentMovementWatcher,
                   private juce::Timer
{
public:
    explicit EditorView(const EditorServices& services);
    ~EditorView() override;

    /// One look at parameters, meters and session, `seconds` after the last one; the timer's work.
    void tick(double seconds);

    /// Loads a preset file; as importing one, also keeps it in the library under a name that is free.
    void loadFile(const juce::File& file, bool isImport);

    void resized() override;
    void paint(juce::Graphics& graphics) override;
    bool keyPressed(const juce::KeyPress& key) override;
    bool isInterestedInFileDrag(const juce::StringArray& files) override;
    void filesDropped(const juce::StringArray& files, int x, int y) override;

    ChainView& chainView() noexcept { return chain; }
    PromptBar& promptBar() noexcept { return prompt; }
    Overlay& settingsCard() noexcept { return settings; }
    Overlay& saveCard() noexcept { return saveAs; }
    Overlay& browserCard() noexcept { return browser; }
    DiagnosticsOverlay& diagnosticsCard() noexcept { return diagnostics; }
    TunerOverlay& tunerCard() noexcept { return tuner; }
    CalibrationOverlay& calibrationCard() noexcept { return calibration; }
    AlternativesOverlay& alternativesCard() noexcept { return alternatives; }

private:
    void presetChanged() override;
    void statusChanged() override;
    void timerCallback() override;
    using juce::ComponentMovementWatcher::componentMovedOrResized;
    using juce::ComponentMovementWatcher::componentVisibilityChanged;
    void componentMovedOrResized(bool, bool) override {}
    void componentPeerChanged() override { updateTimer(); }
    void componentVisibilityChanged() override { updateTimer(); }
    void updateTimer();
    std::array<Overlay*, 7> cards() noexcept
    {
        return {&settings, &saveAs, &browser, &diagnostics, &tuner, &calibration, &alternatives};
    }
    void followInput(double seconds);
    bool hasOpenCard() noexcept;
    void openAlternatives();
    void chooseFile(bool isImport);

    ToneSession& session;
    const juce::RangedAudioParameter& inputTrim;
    TonewrightLookAndFeel lookAndFeel;
    juce::Component main; ///< everything below the cards
    PromptBar prompt;
    PresetBar preset;
    MeterStrip meters;
    InputLevelButton levelButton;
    InputAdvisor inputAdvisor;
    IconButton tunerButton{Icon::tuner, "Tuner", "Ctrl+T"};
    IconButton settingsButton{Icon::settings, "Settings"};
    ExplanationView explanation;
    ChainView chain;
    SettingsOverlay settings;
    SaveOverlay saveAs;
    PresetBrowser browser;
    DiagnosticsOverlay diagnostics;
    TunerOverlay tuner;
    CalibrationOverlay calibration;
    AlternativesOverlay alternatives;
    std::unique_ptr<juce::FileChooser> chooser;
    juce::TooltipWindow tooltips{this, 600};
    std::optional<juce::uint32> lastTick;
    int ticks = 0;
};

} // namespace tonewright::plugin
