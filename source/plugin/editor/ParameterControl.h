#pragma once

#include "plugin/editor/ParameterLink.h"
#include "plugin/editor/ParameterSlider.h"
#include "tone/StageId.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <memory>
#include <optional>

namespace tonewright::plugin
{

/// The one control a parameter has on screen. Names, ranges, choices and tool tips come from the parameter
/// table. All [message].
class ParameterControl : public juce::Component
{
public:
    ParameterControl(ParameterIndex index, juce::RangedAudioParameter& parameter);

    ParameterIndex index() const noexcept { return link.index(); }
    const ParameterInfo& info() const noexcept { return link.info(); }

    /// Shows the host's value if it changed since it was last shown.
    void follow();

    /// The child the keyboard goes to.
    virtual juce::Component& focusTarget() = 0;

    std::function<void(float)> onShown; ///< a new value shows, whoever set it

protected:
    virtual void show(float value) = 0;
    /// The player chose a value: the host hears of it.
    void choose(float value);

    ParameterLink link;
};

/// A value as text; typing into it happens in the same place and size.
class ValueLabel : public juce::Label
{
protected:
    juce::TextEditor* createEditorComponent() override;
};

/// A number: its name, a knob, and the value as text, which a double click lets the player type.
class KnobControl : public ParameterControl
{
public:
    /// `label` where the table's name would be too long for the place ("Low" in the equaliser's column).
    KnobControl(ParameterIndex index, juce::RangedAudioParameter& parameter, juce::Colour hue,
                const juce::String& label = {});

    static constexpr int naturalWidth = 60;
    void resized() override;
    void paint(juce::Graphics& graphics) override;
    juce::Component& focusTarget() override { return slider; }

protected:
    void show(float value) override;

private:
    juce::String label;
    ParameterSlider slider;
    ValueLabel valueLabel;
    juce::Rectangle<int> labelArea;
};

/// A number in one line: name and value; drag it sideways or type.
class FieldControl : public ParameterControl
{
public:
    FieldControl(ParameterIndex index, juce::RangedAudioParameter& parameter, juce::Colour hue,
                 const juce::String& label);

    static constexpr int naturalHeight = 20;
    void resized() override;
    void paintOverChildren(juce::Graphics& graphics) override;
    juce::Component& focusTarget() override { return slider; }

protected:
    void show(float value) override;

private:
    juce::String label;
    ParameterSlider slider;
    ValueLabel valueLabel;
};

/// One of several words.
class ChoiceControl : public ParameterControl
{
public:
    enum class LabelPlace
    {
        none,
        inside,
        above
    };

    ChoiceControl(ParameterIndex index, juce::RangedAudioParameter& parameter);

    /// The width at which every choice is readable.
    int naturalWidth(LabelPlace place) const;
    void setLabelPlace(LabelPlace place);
    void resized() override;
    void paint(juce::Graphics& graphics) override;
    juce::Component& focusTarget() override { return box; }

protected:
    void show(float value) override;

private:
    juce::ComboBox box;
    LabelPlace labelPlace = LabelPlace::none;
};

/// Off or on: a small switch with a name.
class SwitchControl : public ParameterControl
{
public:
    SwitchControl(ParameterIndex index, juce::RangedAudioParameter& parameter, juce::Colour hue,
                  const juce::String& label);

    bool isOn() const { return button.getToggleState(); }
    void resized() override { button.setBounds(getLocalBounds()); }
    juce::Component& focusTarget() override { return button; }

protected:
    void show(float value) override;

private:
    class Button : public juce::ToggleButton
    {
    public:
        explicit Button(juce::Colour hueToDraw) : hue(hueToDraw) {}
        void paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown) override;

    private:
        const juce::Colour hue;
    };

    Button button;
};

} // namespace tonewright::plugin
