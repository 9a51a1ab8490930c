#include "plugin/editor/ParameterSlider.h"

#include "plugin/editor/ChainViewport.h"
#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
// Pixels of travel for the whole range: a comfortable movement of the wrist, and ten of them for the finest
// work.
constexpr double travel = 240;
constexpr double fineness = 0.1;

// A knob turns through 270 degrees, open at the bottom.
constexpr float startAngle = juce::MathConstants<float>::pi * 1.25f;
constexpr float endAngle = juce::MathConstants<float>::pi * 2.75f;

juce::NormalisableRange<double> rangeOf(const ParameterInfo& info)
{
    return {static_cast<double>(info.minimum), static_cast<double>(info.maximum),
            [&info](double, double, double place)
            { return static_cast<double>(fromNormalised(info, static_cast<float>(place))); },
            [&info](double, double, double value)
            { return static_cast<double>(toNormalised(info, static_cast<float>(value))); },
            [&info](double, double, double value)
            { return static_cast<double>(legalValue(info, static_cast<float>(value))); }};
}
} // namespace

ParameterSlider::ParameterSlider(ParameterLink& linkToHost, Shape shapeToDraw, juce::Colour hueToDraw,
                                 const juce::String& title)
    : juce::Slider(RotaryHorizontalVerticalDrag, NoTextBox), link(linkToHost), shape(shapeToDraw),
      hue(hueToDraw)
{
    const auto& info = link.info();
    textFromValueFunction = [&info](double value)
    { return juce::String(textOf(info, static_cast<float>(value))); };
    valueFromTextFunction = [&info](const juce::String& text)
    { return static_cast<double>(valueFromText(info, text.toStdString()).value_or(info.defaultValue)); };
    setNormalisableRange(rangeOf(info));
    setValue(static_cast<double>(link.value()), juce::dontSendNotification);
    onValueChange = [this]
    {
        link.set(static_cast<float>(getValue()));
        if (onMoved)
            onMoved();
    };
    setTitle(title);
    setDescription(juce::String(info.description.data(), info.description.size()));
    setHelpText("Arrow keys move it, with Shift finely. Enter types a value, Delete resets it.");
    setTooltip(juce::String(info.description.data(), info.description.size()));
    setWantsKeyboardFocus(true);
    setRepaintsOnMouseActivity(true);
}

void ParameterSlider::show(float value)
{
    setValue(static_cast<double>(value), juce::dontSendNotification);
}

double ParameterSlider::origin() const
{
    const auto& info = link.info();
    const bool hasZeroInside = info.taper == Taper::linear && info.minimum < 0 && info.maximum > 0;
    return hasZeroInside ? static_cast<double>(toNormalised(info, 0)) : 0.0;
}

double ParameterSlider::position() const
{
    return static_cast<double>(toNormalised(link.info(), static_cast<float>(getValue())));
}

void ParameterSlider::moveTo(double place)
{
    setValue(static_cast<double>(fromNormalised(link.info(), static_cast<float>(place))),
             juce::sendNotificationSync);
}

void ParameterSlider::reset()
{
    setValue(static_cast<double>(link.info().defaultValue), juce::sendNotificationSync);
}

void ParameterSlider::mouseDown(const juce::MouseEvent& event)
{
    if (event.mods.isPopupMenu())
    {
        showHostMenu();
        return;
    }
    lastPointer = event.position;
    dragPosition = position();
    link.beginGesture();
}

void ParameterSlider::mouseDrag(const juce::MouseEvent& event)
{
    if (event.mods.isPopupMenu())
        return;
    const auto moved = event.position - lastPointer;
    lastPointer = event.position;
    const double distance = static_cast<double>(shape == Shape::knob ? moved.x - moved.y : moved.x) / travel;
    // The wish is kept unclipped by the parameter's own resolution, so that slow movements are not lost.
    dragPosition =
        juce::jlimit(0.0, 1.0, dragPosition + distance * (event.mods.isShiftDown() ? fineness : 1.0));
    moveTo(dragPosition);
}

void ParameterSlider::mouseUp(const juce::MouseEvent&)
{
    link.endGesture();
}

void ParameterSlider::mouseDoubleClick(const juce::MouseEvent&)
{
    if (shape == Shape::knob)
        reset();
    else if (onType)
        onType();
}

void ParameterSlider::mouseWheelMove(const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel)
{
    // A wheel that is scrolling the chain goes on doing so when a knob slips under the pointer.
    const auto* viewport = findParentComponentOfClass<ChainViewport>();
    if (viewport != nullptr && viewport->isBeingScrolled())
    {
        juce::Component::mouseWheelMove(event, wheel);
        return;
    }
    const auto turn = std::abs(wheel.deltaY) > std::abs(wheel.deltaX) ? wheel.deltaY : -wheel.deltaX;
    if (event.mods.isAnyMouseButtonDown() || turn == 0.0f)
        return;
    const double distance = static_cast<double>(wheel.isReversed ? -turn : turn) * 0.15;
    moveBy(event.mods.isShiftDown() ? distance * fineness : distance);
}

bool ParameterSlider::keyPressed(const juce::KeyPress& key)
{
    if (key.getModifiers().isCommandDown() || key.getModifiers().isAltDown())
        return false;
    const double step = key.getModifiers().isShiftDown() ? 0.01 * fineness : 0.01;
    const auto code = key.getKeyCode();
    if (code == juce::KeyPress::upKey || code == juce::KeyPress::rightKey)
        moveBy(step);
    else if (code == juce::KeyPress::downKey || code == juce::KeyPress::leftKey)
        moveBy(-step);
    else if (code == juce::KeyPress::pageUpKey)
        moveBy(10 * step);
    else if (code == juce::KeyPress::pageDownKey)
        moveBy(-10 * step);
    else if (code == juce::KeyPress::homeKey)
        moveTo(0);
    else if (code == juce::KeyPress::endKey)
        moveTo(1);
    else if (code == juce::KeyPress::deleteKey || code == juce::KeyPress::backspaceKey)
        reset();
    else if (code == juce::KeyPress::returnKey && onType)
        onType();
    else
        return false;
    showsFocus = true;
    repaint();
    return true;
}

void ParameterSlider::focusGained(FocusChangeType cause)
{
    showsFocus = cause != focusChangedByMouseClick;
    repaint();
}

void ParameterSlider::focusLost(FocusChangeType)
{
    repaint();
}

void ParameterSlider::showHostMenu()
{
    const auto* editor = findParentComponentOfClass<juce::AudioProcessorEditor>();
    if (editor == nullptr || editor->getHostContext() == nullptr)
        return;
    if (const auto menu = editor->getHostContext()->getContextMenuForParameter(&link.hostParameter()))
        menu->showNativeMenu(editor->getMouseXYRelative());
}

void ParameterSlider::paint(juce::Graphics& graphics)
{
    if (shape == Shape::knob)
        paintKnob(graphics);
    else
        paintField(graphics);
}

void ParameterSlider::paintKnob(juce::Graphics& graphics) const
{
    const auto area = getLocalBounds().toFloat();
    const float diameter = juce::jmin(area.getWidth(), area.getHeight());
    const auto centre = area.getCentre();
    const float thickness = juce::jmax(3.0f, diameter * 0.07f);
    const float radius = diameter * 0.5f - thickness * 0.5f - 1.0f;
    const auto angleAt = [](double place)
    { return startAngle + static_cast<float>(place) * (endAngle - startAngle); };
    const auto arc = [&](double from, double to, juce::Colour colour)
    {
        juce::Path path;
        path.addCentredArc(centre.x, centre.y, radius, radius, 0, angleAt(from), angleAt(to), true);
        graphics.setColour(colour);
        graphics.strokePath(path, {thickness, juce::PathStrokeType::curved, juce::PathStrokeType::rounded});
    };
    const double place = position();
    arc(0, 1, theme::outline);
    if (std::abs(place - origin()) > 0.002)
        arc(juce::jmin(origin(), place), juce::jmax(origin(), place), hue);

    const float body = radius - thickness * 1.2f;
    const auto disc = juce::Rectangle<float>(2 * body, 2 * body).withCentre(centre);
    const auto top =
        isMouseOverOrDragging() ? theme::outline.brighter(0.25f) : theme::outline.brighter(0.05f);
    graphics.setGradientFill(
        {top, centre.x, disc.getY(), theme::raised.darker(0.25f), centre.x, disc.getBottom(), false});
    graphics.fillEllipse(disc);

    const auto pointer = [&](float distance)
    { return centre.getPointOnCircumference(distance, angleAt(place)); };
    juce::Path line;
    line.startNewSubPath(pointer(body * 0.42f));
    line.lineTo(pointer(body * 0.86f));
    graphics.setColour(theme::text);
    graphics.strokePath(line, {juce::jmax(2.0f, diameter * 0.05f), juce::PathStrokeType::curved,
                               juce::PathStrokeType::rounded});
    if (hasKeyboardFocus(false) && showsFocus)
        theme::drawFocusRing(graphics, juce::Rectangle<float>(diameter, diameter).withCentre(centre),
                             diameter * 0.5f);
}

void ParameterSlider::paintField(juce::Graphics& graphics) const
{
    const auto area = getLocalBounds().toFloat();
    graphics.setColour(isMouseOverOrDragging() ? theme::raised : theme::sunken);
    graphics.fillRoundedRectangle(area, 3.0f);
    graphics.setColour(hue.withAlpha(0.8f));
    graphics.fillRoundedRectangle(
        area.withTop(area.getBottom() - 2.0f).withWidth(static_cast<float>(position()) * area.getWidth()),
        1.0f);
    if (hasKeyboardFocus(false) && showsFocus)
        theme::drawFocusRing(graphics, area, 3.0f);
}

} // namespace tonewright::plugin
