#pragma once

#include "plugin/editor/ParameterLink.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace tonewright::plugin
{

/// The moving part of a number's control: a knob, or a field for places where a knob would be too large.
///
/// Drag up or right; with Shift ten times finer. Wheel. Double click resets a knob and lets a value be typed
/// into a field. With the keyboard: arrows (Shift: fine), page up and down, home, end, Enter to type, Delete
/// to reset. All [message].
class ParameterSlider : public juce::Slider
{
public:
    enum class Shape
    {
        knob,
        field
    };

    /// `link` outlives the slider.
    ParameterSlider(ParameterLink& link, Shape shape, juce::Colour hue, const juce::String& title);

    /// Shows a value without telling the host.
    void show(float value);

    std::function<void()> onMoved; ///< the player moved it
    std::function<void()> onType;  ///< the player wants to type a value

    void paint(juce::Graphics& graphics) override;
    void resized() override {}
    void mouseDown(const juce::MouseEvent& event) override;
    void mouseDrag(const juce::MouseEvent& event) override;
    void mouseUp(const juce::MouseEvent& event) override;
    void mouseDoubleClick(const juce::MouseEvent& event) override;
    void mouseWheelMove(const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel) override;
    bool keyPressed(const juce::KeyPress& key) override;
    void focusGained(FocusChangeType cause) override;
    void focusLost(FocusChangeType cause) override;

private:
    void paintKnob(juce::Graphics& graphics) const;
    void paintField(juce::Graphics& graphics) const;
    /// Where the filled part of the scale begins: at zero where zero lies inside the range, else at the
    /// minimum.
    double origin() const;
    double position() const;
    void moveTo(double position);
    void moveBy(double distance) { moveTo(position() + distance); }
    void reset();
    void showHostMenu();

    ParameterLink& link;
    const Shape shape;
    const juce::Colour hue;
    juce::Point<float> lastPointer;
    double dragPosition = 0;
    bool showsFocus = false;
};

} // namespace tonewright::plugin
