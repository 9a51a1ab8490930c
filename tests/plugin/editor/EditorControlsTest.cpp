#include "EditorFixture.h"

#include <limits>
#include <map>
#include <set>

namespace tonewright::test
{
namespace
{
using plugin::ParameterControl;
using plugin::ParameterSlider;

class EditorControls : public EditorFixture
{
protected:
    ParameterSlider& sliderOf(ParameterIndex index)
    {
        return dynamic_cast<ParameterSlider&>(controlOf(index).focusTarget());
    }

    float hostValue(ParameterIndex index)
    {
        return fromNormalised(infoOf(index), processor.parameter(index).getValue());
    }
};
} // namespace

TEST_F(EditorControls, givesEveryParameterExactlyOneVisibleControl)
{
    std::map<ParameterIndex, int> count;
    for (auto* control : controls())
    {
        ++count[control->index()];
        expectWhole(control->focusTarget(), control->getComponentID());
    }
    EXPECT_EQ(count.size(), parameterCount);
    for (std::size_t line = 0; line < parameterCount; ++line)
        EXPECT_EQ(count[static_cast<ParameterIndex>(line)], 1) << parameterTable[line].id;
}

TEST_F(EditorControls, moveOfAControlReachesTheHostAsAGesture)
{
    struct Listener : juce::AudioProcessorParameter::Listener
    {
        int begun = 0;
        int ended = 0;
        void parameterValueChanged(int, float) override {}
        void parameterGestureChanged(int, bool isStarting) override { ++(isStarting ? begun : ended); }
    };
    for (auto* control : controls())
    {
        const auto& info = control->info();
        Listener listener;
        processor.parameter(control->index()).addListener(&listener);
        const float wanted = hostValue(control->index()) == info.maximum ? info.minimum : info.maximum;
        auto& target = control->focusTarget();
        if (auto* slider = dynamic_cast<ParameterSlider*>(&target))
            slider->setValue(static_cast<double>(wanted), juce::sendNotificationSync);
        else if (auto* box = dynamic_cast<juce::ComboBox*>(&target))
            box->setSelectedItemIndex(static_cast<int>(wanted), juce::sendNotificationSync);
        else if (auto* button = dynamic_cast<juce::ToggleButton*>(&target))
            button->setToggleState(wanted > 0.5f, juce::sendNotificationSync);
        else
            ADD_FAILURE() << info.id << " has an unknown kind of control";
        EXPECT_FLOAT_EQ(hostValue(control->index()), wanted) << info.id;
        EXPECT_EQ(listener.begun, 1) << info.id;
        EXPECT_EQ(listener.ended, 1) << info.id;
        processor.parameter(control->index()).removeListener(&listener);
    }
}

TEST_F(EditorControls, showsWhatTheHostAutomates)
{
    for (std::size_t line = 0; line < parameterCount; ++line)
    {
        const auto index = static_cast<ParameterIndex>(line);
        const auto& info = infoOf(index);
        const float wanted = hostValue(index) == info.maximum ? info.minimum : info.maximum;
        processor.parameter(index).setValueNotifyingHost(toNormalised(info, wanted));
        view->tick(0.03);
        auto& target = controlOf(index).focusTarget();
        float shown = std::numeric_limits<float>::quiet_NaN();
        if (auto* slider = dynamic_cast<ParameterSlider*>(&target))
            shown = static_cast<float>(slider->getValue());
        else if (auto* box = dynamic_cast<juce::ComboBox*>(&target))
            shown = static_cast<float>(box->getSelectedItemIndex());
        else if (auto* button = dynamic_cast<juce::ToggleButton*>(&target))
            shown = button->getToggleState() ? 1.0f : 0.0f;
        EXPECT_FLOAT_EQ(shown, wanted) << info.id;
        EXPECT_FLOAT_EQ(hostValue(index), wanted) << info.id << ": showing a value must not send it back";
    }
}

TEST_F(EditorControls, dragTurnsAKnobInOneGestureAndShiftTurnsItTenTimesFiner)
{
    auto& knob = sliderOf("amp.gain"_p);
    const auto travelOf = [&](juce::ModifierKeys modifiers)
    {
        processor.parameter("amp.gain"_p).setValueNotifyingHost(0.5f);
        view->tick(0.03);
        knob.mouseDown(mouseAt(knob, {20, 20}, {20, 20}, modifiers));
        knob.mouseDrag(mouseAt(knob, {20, -4}, {20, 20}, modifiers)); // 24 px up: a tenth of the whole travel
        knob.mouseUp(mouseAt(knob, {20, -4}, {20, 20}, modifiers));
        return processor.parameter("amp.gain"_p).getValue() - 0.5f;
    };
    EXPECT_NEAR(travelOf({}), 0.1f, 1e-4f);
    EXPECT_NEAR(travelOf(juce::ModifierKeys::shiftModifier), 0.01f, 1e-4f);
}

TEST_F(EditorControls, keysMoveTypeAndResetAKnob)
{
    auto& knob = sliderOf("delay.time"_p);
    const auto& info = infoOf("delay.time"_p);
    const auto position = [&] { return processor.parameter("delay.time"_p).getValue(); };
    const float start = position();
    EXPECT_TRUE(knob.keyPressed(juce::KeyPress(juce::KeyPress::upKey)));
    EXPECT_NEAR(position(), start + 0.01f, 1e-4f);
    EXPECT_TRUE(
        knob.keyPressed(juce::KeyPress(juce::KeyPress::downKey, juce::ModifierKeys::shiftModifier, 0)));
    EXPECT_NEAR(position(), start + 0.009f, 1e-4f);
    EXPECT_TRUE(knob.keyPressed(juce::KeyPress(juce::KeyPress::pageUpKey)));
    EXPECT_NEAR(position(), start + 0.109f, 1e-4f);
    EXPECT_TRUE(knob.keyPressed(juce::KeyPress(juce::KeyPress::endKey)));
    EXPECT_FLOAT_EQ(position(), 1.0f);
    EXPECT_TRUE(knob.keyPressed(juce::KeyPress(juce::KeyPress::homeKey)));
    EXPECT_FLOAT_EQ(position(), 0.0f);
    EXPECT_TRUE(knob.keyPressed(juce::KeyPress(juce::KeyPress::deleteKey)));
    EXPECT_FLOAT_EQ(hostValue("delay.time"_p), info.defaultValue);
    EXPECT_FALSE(knob.keyPressed(juce::KeyPress('z', juce::ModifierKeys::commandModifier, 0)));
}

TEST_F(EditorControls, typedValuesAreReadWithTheirUnits)
{
    juce::Label* label = nullptr;
    visitAll(controlOf("delay.time"_p),
             [&](juce::Component& component)
             {
                 if (auto* match = dynamic_cast<juce::Label*>(&component))
                     label = match;
             });
    ASSERT_NE(label, nullptr);
    const auto type = [&](const char* text)
    {
        label->setText(text, juce::sendNotificationSync);
        return hostValue("delay.time"_p);
    };
    EXPECT_NEAR(type("350 ms"), 350.0f, 0.01f);
    EXPECT_NEAR(type("1.2 s"), 1200.0f, 0.1f);
    EXPECT_NEAR(type("99999"), infoOf("delay.time"_p).maximum, 0.1f);
    EXPECT_NEAR(type("rubbish"), infoOf("delay.time"_p).maximum, 0.1f);
    EXPECT_EQ(label->getText().toStdString(), textOf(infoOf("delay.time"_p), hostValue("delay.time"_p)));
}

TEST_F(EditorControls, doubleClickResetsAKnob)
{
    auto& knob = sliderOf("amp.gain"_p);
    processor.parameter("amp.gain"_p).setValueNotifyingHost(0.9f);
    view->tick(0.03);
    knob.mouseDoubleClick(mouseAt(knob, {20, 20}, {20, 20}, {}, 2));
    EXPECT_FLOAT_EQ(hostValue("amp.gain"_p), infoOf("amp.gain"_p).defaultValue);
}

TEST_F(EditorControls, namesAndExplainsEveryControlToScreenReaders)
{
    std::set<juce::String> titles;
    for (auto* control : controls())
    {
        auto& target = control->focusTarget();
        EXPECT_TRUE(titles.insert(target.getTitle()).second)
            << "two controls are called " << target.getTitle();
        EXPECT_TRUE(target.getTitle().isNotEmpty()) << control->getComponentID();
        EXPECT_TRUE(target.getDescription().isNotEmpty()) << control->getComponentID();
        EXPECT_TRUE(target.getWantsKeyboardFocus()) << control->getComponentID();
        auto* tip = dynamic_cast<juce::TooltipClient*>(&target);
        ASSERT_NE(tip, nullptr);
        EXPECT_TRUE(tip->getTooltip().isNotEmpty()) << control->getComponentID();
    }
    visitAll(*view,
             [](juce::Component& component)
             {
                 if (dynamic_cast<juce::Button*>(&component) != nullptr && component.isVisible() &&
                     component.findParentComponentOfClass<juce::ScrollBar>() == nullptr)
                 {
                     EXPECT_TRUE(component.getTitle().isNotEmpty()) << component.getName();
                 }
             });
}

TEST_F(EditorControls, metersHoldPeaksFallAndRememberClips)
{
    plugin::LevelMeter meter;
    plugin::MeterView meterView(meter, "In");
    meterView.setSize(300, 14);
    const float half = 0.5f;
    meter.add(0, &half, 1);
    meterView.tick(0.03);
    EXPECT_NEAR(meterView.heldDecibels(), -6.02f, 0.01f);
    for (double time = 0; time < 1.4; time += 0.1)
        meterView.tick(0.1);
    EXPECT_NEAR(meterView.heldDecibels(), -6.02f, 0.01f);
    for (double time = 0; time < 6; time += 0.1)
        meterView.tick(0.1);
    EXPECT_LT(meterView.heldDecibels(), -60.0f);
    EXPECT_FALSE(meterView.hasClipped());
    const float over = 1.2f;
    meter.add(1, &over, 1);
    meterView.tick(0.03);
    meterView.tick(10);
    EXPECT_TRUE(meterView.hasClipped());
    meterView.mouseDown(mouseAt(meterView, {2, 2}, {2, 2}, {}));
    EXPECT_FALSE(meterView.hasClipped());
}

} // namespace tonewright::test
