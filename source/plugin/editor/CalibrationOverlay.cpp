#include "plugin/editor/CalibrationOverlay.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int cardWidth = 520;
constexpr int cardHeight = 328;

juce::String decibelText(float decibels)
{
    return (decibels > 0 ? "+" : "") + juce::String(decibels, 1) + " dB";
}
} // namespace

CalibrationOverlay::CalibrationOverlay(ToneSession& toneSession)
    : Overlay("Input level", cardWidth, cardHeight), session(toneSession)
{
    addText(explanation, "What calibrating does", theme::font(), theme::secondaryText);
    addText(level, "Input level", theme::font(), theme::text);
    addText(note, "Calibration", theme::font(), theme::text);
    explanation.setText(
        "Turn the guitar all the way up and strum all strings as hard as you ever do for five "
        "seconds. The input trim is then set so that your hardest strum reaches the level the "
        "amplifiers were voiced with, " +
            juce::String(-referencePeak, 0) + " dB below full scale.",
        juce::dontSendNotification);
    addButton(undoButton, false);
    addButton(closingButton, false);
    addButton(startButton, true);
    startButton.onClick = [this] { start(); };
    closingButton.onClick = [this] { close(); };
    undoButton.setTooltip("Puts the input trim back");
    undoButton.onClick = [this]
    {
        session.setInputTrim(trimBefore);
        undoButton.setVisible(false);
        say("The input trim is as it was.", theme::secondaryText);
        startButton.grabKeyboardFocus();
    };
}

void CalibrationOverlay::refresh()
{
    calibration.stop();
    undoButton.setVisible(false);
    say({}, theme::text);
}

void CalibrationOverlay::start()
{
    calibration.start();
    undoButton.setVisible(false);
    say("Strum now...", theme::accent);
    repaint();
}

void CalibrationOverlay::follow(float peak, double seconds)
{
    using State = InputCalibration::State;
    const auto before = calibration.state();
    calibration.add(peak, seconds);
    const auto now = calibration.state();
    if (now == State::listening)
    {
        if (before != now)
            say("Keep strumming...", theme::accent);
        repaint(barArea);
    }
    if (now == before)
        return;
    if (now == State::done)
        apply();
    else if (now == State::failed)
        say(calibration.problem(), theme::problem);
    repaint(barArea);
}

void CalibrationOverlay::apply()
{
    trimBefore = session.currentPreset().parameters["input.trim"_p];
    session.setInputTrim(calibration.trim());
    undoButton.setVisible(true);
    say("Your hardest strums peaked at " + juce::String(calibration.strummedPeak(), 1) +
            " dB. The input trim went from " + decibelText(trimBefore) + " to " +
            decibelText(calibration.trim()) + " and stays there when presets change.",
        theme::calm);
}

void CalibrationOverlay::show(const InputAdvice& advice)
{
    const auto sentence = juce::String(advice.sentence());
    if (level.getText() != sentence)
        level.setText(sentence, juce::dontSendNotification);
}

void CalibrationOverlay::say(const juce::String& sentence, juce::Colour colour)
{
    note.setColour(juce::Label::textColourId, colour);
    note.setText(sentence, juce::dontSendNotification);
    if (sentence.isNotEmpty() && isVisible())
        juce::AccessibilityHandler::postAnnouncement(
            sentence, juce::AccessibilityHandler::AnnouncementPriority::medium);
}

void CalibrationOverlay::layOut(juce::Rectangle<int> area)
{
    auto buttons = area.removeFromBottom(theme::buttonHeight);
    startButton.setBounds(buttons.removeFromRight(13 * theme::grid));
    buttons.removeFromRight(theme::grid);
    closingButton.setBounds(buttons.removeFromRight(10 * theme::grid));
    undoButton.setBounds(buttons.removeFromLeft(10 * theme::grid));
    explanation.setBounds(area.removeFromTop(8 * theme::grid));
    area.removeFromTop(theme::grid);
    level.setBounds(area.removeFromTop(3 * theme::grid));
    area.removeFromTop(theme::grid);
    barArea = area.removeFromTop(theme::grid);
    area.removeFromTop(theme::grid + 4);
    note.setBounds(area.withTrimmedBottom(theme::grid));
}

void CalibrationOverlay::paint(juce::Graphics& graphics)
{
    Overlay::paint(graphics);
    const auto bar = barArea.toFloat();
    graphics.setColour(theme::sunken);
    graphics.fillRoundedRectangle(bar, bar.getHeight() / 2);
    const auto part = static_cast<float>(calibration.progress());
    if (part <= 0)
        return;
    graphics.setColour(theme::accent);
    graphics.fillRoundedRectangle(bar.withWidth(juce::jmax(bar.getHeight(), bar.getWidth() * part)),
                                  bar.getHeight() / 2);
}

} // namespace tonewright::plugin
