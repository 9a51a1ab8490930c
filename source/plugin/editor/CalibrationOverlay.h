#pragma once

#include "plugin/InputLevel.h"
#include "plugin/ToneSession.h"
#include "plugin/editor/Overlay.h"

namespace tonewright::plugin
{

/// Sets the input trim from how hard the player strums, so that amplifiers meet the level they were voiced
/// with; one step that can be undone. All [message].
class CalibrationOverlay : public Overlay
{
public:
    explicit CalibrationOverlay(ToneSession& session);

    /// The input's highest peak in dBFS, before the trim, during the last `seconds`.
    void follow(float peak, double seconds);

    /// What the level of the last seconds calls for.
    void show(const InputAdvice& advice);

    void paint(juce::Graphics& graphics) override;

protected:
    void refresh() override;
    void forget() override { calibration.stop(); }
    juce::Component& firstFocus() override { return startButton; }
    void layOut(juce::Rectangle<int> area) override;

private:
    void start();
    void apply();
    void say(const juce::String& sentence, juce::Colour colour);

    ToneSession& session;
    InputCalibration calibration;
    float trimBefore = 0; ///< dB, of the last calibration
    juce::Label explanation;
    juce::Label level;
    juce::Label note;
    juce::Rectangle<int> barArea;
    juce::TextButton undoButton{"Undo"};
    juce::TextButton startButton{"Calibrate"};
    juce::TextButton closingButton{"Done"};
};

} // namespace tonewright::plugin
