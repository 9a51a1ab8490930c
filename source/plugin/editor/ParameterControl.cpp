#include "plugin/editor/ParameterControl.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
juce::String nameOfParameter(const ParameterInfo& info)
{
    return {info.name.data(), info.name.size()};
}

/// What a screen reader says: "Delay Time". A switch's own name is the stage's already.
juce::String titleOf(const ParameterInfo& info)
{
    const juce::String stage(displayName(info.stage()));
    const auto name = nameOfParameter(info);
    return name.startsWithIgnoreCase(stage) ? name : stage + " " + name;
}

/// Prepares the text of a slider's value: typing into it moves the slider, nonsense is forgotten.
void prepareValueLabel(juce::Label& label, ParameterSlider& slider, const ParameterInfo& info)
{
    label.setFont(theme::smallFont());
    label.setColour(juce::Label::textColourId, theme::text);
    label.setMinimumHorizontalScale(0.8f);
    label.setBorderSize(juce::BorderSize<int>(0));
    label.setEditable(false, true, false);
    label.setWantsKeyboardFocus(false); // Enter on the slider leads here; one stop a parameter is enough
    label.setTitle(titleOf(info) + " value");
    label.setTooltip("Double-click to type a value");
    label.onTextChange = [&label, &slider, &info]
    {
        if (const auto value = valueFromText(info, label.getText().toStdString()))
            slider.setValue(static_cast<double>(*value), juce::sendNotificationSync);
        label.setText(slider.getTextFromValue(slider.getValue()), juce::dontSendNotification);
    };
    label.onEditorHide = [&slider]
    {
        if (slider.isShowing())
            slider.grabKeyboardFocus();
    };
    slider.onType = [&label] { label.showEditor(); };
}
} // namespace

// ---- ParameterControl

ParameterControl::ParameterControl(ParameterIndex index, juce::RangedAudioParameter& parameter)
    : link(index, parameter)
{
    setComponentID(juce::String(info().id.data(), info().id.size()));
}

void ParameterControl::follow()
{
    const auto value = link.newValue();
    if (!value)
        return;
    show(*value);
    if (onShown)
        onShown(*value);
}

void ParameterControl::choose(float value)
{
    link.set(value);
    if (onShown)
        onShown(value);
}

// ---- ValueLabel

juce::TextEditor* ValueLabel::createEditorComponent()
{
    auto* field = juce::Label::createEditorComponent();
    field->setBorder(juce::BorderSize<int>(0));
    field->setIndents(2, 0);
    field->setJustification(getJustificationType());
    field->setTitle(getTitle());
    return field;
}

// ---- KnobControl

KnobControl::KnobControl(ParameterIndex index, juce::RangedAudioParameter& parameter, juce::Colour hue,
                         const juce::String& labelOrEmpty)
    : ParameterControl(index, parameter),
      label(labelOrEmpty.isEmpty() ? nameOfParameter(info()) : labelOrEmpty),
      slider(link, ParameterSlider::Shape::knob, hue, titleOf(info()))
{
    addAndMakeVisible(slider);
    addAndMakeVisible(valueLabel);
    prepareValueLabel(valueLabel, slider, info());
    valueLabel.setJustificationType(juce::Justification::centred);
    slider.onMoved = [this]
    {
        show(static_cast<float>(slider.getValue()));
        if (onShown)
            onShown(static_cast<float>(slider.getValue()));
    };
    follow();
}

void KnobControl::show(float value)
{
    slider.show(value);
    valueLabel.setText(slider.getTextFromValue(static_cast<double>(value)), juce::dontSendNotification);
}

void KnobControl::resized()
{
    auto area = getLocalBounds();
    constexpr int textHeight = 2 * theme::grid;
    // One size wherever there is room, so that names and values of neighbours stand in one line.
    constexpr int usualDiameter = 54;
    const int diameter =
        juce::jmin(area.getWidth() - 8, area.getHeight() - 2 * textHeight - 2, usualDiameter);
    area = area.withSizeKeepingCentre(area.getWidth(), diameter + 2 * textHeight + 2);
    labelArea = area.removeFromTop(textHeight);
    valueLabel.setBounds(area.removeFromBottom(textHeight));
    slider.setBounds(area.withSizeKeepingCentre(diameter, diameter));
}

void KnobControl::paint(juce::Graphics& graphics)
{
    graphics.setFont(theme::smallFont());
    graphics.setColour(theme::secondaryText);
    graphics.drawFittedText(label, labelArea, juce::Justification::centred, 1, 0.75f);
}

// ---- FieldControl

FieldControl::FieldControl(ParameterIndex index, juce::RangedAudioParameter& parameter, juce::Colour hue,
                           const juce::String& labelText)
    : ParameterControl(index, parameter), label(labelText),
      slider(link, ParameterSlider::Shape::field, hue, titleOf(info()))
{
    addAndMakeVisible(slider);
    addAndMakeVisible(valueLabel);
    prepareValueLabel(valueLabel, slider, info());
    valueLabel.setInterceptsMouseClicks(false,
                                        true); // the whole field drags; only the open editor takes clicks
    valueLabel.setJustificationType(juce::Justification::centredRight);
    slider.onMoved = [this]
    {
        show(static_cast<float>(slider.getValue()));
        if (onShown)
            onShown(static_cast<float>(slider.getValue()));
    };
    follow();
}

void FieldControl::show(float value)
{
    slider.show(value);
    valueLabel.setText(slider.getTextFromValue(static_cast<double>(value)), juce::dontSendNotification);
}

void FieldControl::resized()
{
    slider.setBounds(getLocalBounds());
    valueLabel.setBounds(getLocalBounds().reduced(4, 1).withTrimmedLeft(label.isEmpty() ? 0 : 12));
}

void FieldControl::paintOverChildren(juce::Graphics& graphics)
{
    if (valueLabel.isBeingEdited())
        return;
    graphics.setFont(theme::smallFont());
    graphics.setColour(theme::faintText);
    graphics.drawText(label, getLocalBounds().reduced(4, 1), juce::Justification::centredLeft, false);
}

// ---- ChoiceControl

ChoiceControl::ChoiceControl(ParameterIndex index, juce::RangedAudioParameter& parameter)
    : ParameterControl(index, parameter)
{
    addAndMakeVisible(box);
    for (std::size_t choice = 0; choice < info().choices.size(); ++choice)
        box.addItem(juce::String(displayName(info().choices[choice])), static_cast<int>(choice) + 1);
    const juce::String description(info().description.data(), info().description.size());
    box.setTitle(titleOf(info()));
    box.setDescription(description);
    box.setHelpText("Arrow keys choose, Enter opens the list.");
    box.setTooltip(description);
    box.onChange = [this] { choose(static_cast<float>(box.getSelectedItemIndex())); };
    follow();
}

void ChoiceControl::show(float value)
{
    box.setSelectedItemIndex(static_cast<int>(value + 0.5f), juce::dontSendNotification);
}

int ChoiceControl::naturalWidth(LabelPlace place) const
{
    constexpr int arrowAndPadding = 36;
    float longest = 0;
    for (const auto choice : info().choices)
        longest = juce::jmax(longest, theme::font().getStringWidthFloat(juce::String(displayName(choice))));
    if (place == LabelPlace::inside)
        longest += theme::smallFont().getStringWidthFloat(nameOfParameter(info())) + theme::grid;
    return juce::roundToInt(std::ceil(longest * 0.92f)) + arrowAndPadding;
}

void ChoiceControl::setLabelPlace(LabelPlace place)
{
    labelPlace = place;
    const auto prefix = place == LabelPlace::inside ? nameOfParameter(info()) : juce::String();
    box.getProperties().set("prefix", prefix);
    box.lookAndFeelChanged();
    resized();
}

void ChoiceControl::resized()
{
    auto area = getLocalBounds();
    if (labelPlace == LabelPlace::above)
    {
        area.removeFromTop(2 * theme::grid);
        area = area.withSizeKeepingCentre(area.getWidth(), 28);
    }
    box.setBounds(area);
}

void ChoiceControl::paint(juce::Graphics& graphics)
{
    if (labelPlace != LabelPlace::above)
        return;
    graphics.setFont(theme::smallFont());
    graphics.setColour(theme::secondaryText);
    graphics.drawFittedText(nameOfParameter(info()),
                            box.getBounds().translated(0, -2 * theme::grid).withHeight(2 * theme::grid),
                            juce::Justification::centredLeft, 1, 0.75f);
}

// ---- SwitchControl

SwitchControl::SwitchControl(ParameterIndex index, juce::RangedAudioParameter& parameter, juce::Colour hue,
                             const juce::String& label)
    : ParameterControl(index, parameter), button(hue)
{
    addAndMakeVisible(button);
    const juce::String description(info().description.data(), info().description.size());
    button.setButtonText(label);
    button.setTitle(titleOf(info()) + " on");
    button.setDescription(description);
    button.setHelpText("Space switches it.");
    button.setTooltip(description);
    button.onClick = [this] { choose(button.getToggleState() ? 1.0f : 0.0f); };
    follow();
}

void SwitchControl::show(float value)
{
    button.setToggleState(value > 0.5f, juce::dontSendNotification);
}

void SwitchControl::Button::paintButton(juce::Graphics& graphics, bool isHighlighted, bool)
{
    const bool isLit = getToggleState();
    auto area = getLocalBounds().toFloat();
    const auto pill = area.removeFromLeft(26).withSizeKeepingCentre(26, 14);
    graphics.setColour(isLit ? hue : theme::sunken);
    graphics.fillRoundedRectangle(pill, 7);
    graphics.setColour(isLit ? hue : isHighlighted ? theme::secondaryText : theme::faintText);
    graphics.drawRoundedRectangle(pill.reduced(0.75f), 6.25f, 1.5f);
    const auto thumb = juce::Rectangle<float>(8, 8).withCentre(
        {isLit ? pill.getRight() - 7 : pill.getX() + 7, pill.getCentreY()});
    graphics.setColour(isLit ? theme::onAccent : theme::secondaryText);
    graphics.fillEllipse(thumb);

    graphics.setFont(theme::headingFont());
    graphics.setColour(isLit ? theme::text : isHighlighted ? theme::secondaryText : theme::faintText);
    graphics.drawFittedText(getButtonText(), area.withTrimmedLeft(theme::grid).toNearestInt(),
                            juce::Justification::centredLeft, 1, 0.8f);
    if (hasKeyboardFocus(false))
        theme::drawFocusRing(graphics, getLocalBounds().toFloat(), 4.0f);
}

} // namespace tonewright::plugin
