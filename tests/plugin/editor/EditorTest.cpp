#include "EditorFixture.h"
#include "plugin/editor/TonewrightEditor.h"

#include <limits>
#include <map>
#include <set>

namespace tonewright::test
{
namespace
{
using plugin::ParameterControl;
using plugin::ParameterSlider;

class Editor : public EditorFixture
{
protected:
    static juce::MouseEvent mouseAt(juce::Component& component, juce::Point<float> position,
                                    juce::Point<float> downAt, juce::ModifierKeys modifiers, int clicks = 1)
    {
        const auto now = juce::Time::getCurrentTime();
        return {juce::Desktop::getInstance().getMainMouseSource(),
                position,
                modifiers.withFlags(juce::ModifierKeys::leftButtonModifier),
                juce::MouseInputSource::defaultPressure,
                juce::MouseInputSource::defaultOrientation,
                juce::MouseInputSource::defaultRotation,
                juce::MouseInputSource::defaultTiltX,
                juce::MouseInputSource::defaultTiltY,
                &component,
                &component,
                now,
                downAt,
                now,
                clicks,
                position != downAt};
    }

    ParameterSlider& sliderOf(ParameterIndex index)
    {
        return dynamic_cast<ParameterSlider&>(controlOf(index).focusTarget());
    }

    float hostValue(ParameterIndex index)
    {
        return fromNormalised(infoOf(index), processor.parameter(index).getValue());
    }

    /// Whether a component and all above it are visible, and none of it is cut off by a parent (except by the
    /// chain's own scrolling).
    void expectWhole(juce::Component& component, const juce::String& what)
    {
        EXPECT_GT(component.getWidth(), 0) << what;
        EXPECT_GT(component.getHeight(), 0) << what;
        for (auto* child = &component; child != view.get(); child = child->getParentComponent())
        {
            EXPECT_TRUE(child->isVisible()) << what;
            auto* parent = child->getParentComponent();
            ASSERT_NE(parent, nullptr) << what;
            if (dynamic_cast<plugin::ChainViewport*>(parent->getParentComponent()) != nullptr)
                EXPECT_LE(child->getWidth(), parent->getWidth()) << what;
            else
                EXPECT_TRUE(parent->getLocalBounds().contains(child->getBounds()))
                    << what << ": " << child->getBounds().toString() << " in "
                    << parent->getLocalBounds().toString();
        }
    }

    void expectSoundLayout()
    {
        std::vector<std::pair<juce::String, juce::Rectangle<int>>> places;
        for (auto* control : controls())
        {
            const auto id = control->getComponentID();
            expectWhole(control->focusTarget(), id);
            places.emplace_back(id, view->getLocalArea(control, control->getLocalBounds()));
        }
        for (std::size_t a = 0; a < places.size(); ++a)
            for (std::size_t b = a + 1; b < places.size(); ++b)
                EXPECT_FALSE(places[a].second.intersects(places[b].second))
                    << places[a].first << " overlaps " << places[b].first;
        // Everything that is no part of the chain: siblings at the top must not overlap either.
        std::vector<juce::Component*> parts;
        for (auto* part : view->chainView().getParentComponent()->getChildren())
            parts.push_back(part);
        for (std::size_t a = 0; a < parts.size(); ++a)
        {
            expectWhole(*parts[a], parts[a]->getTitle());
            for (std::size_t b = a + 1; b < parts.size(); ++b)
                EXPECT_FALSE(parts[a]->getBounds().intersects(parts[b]->getBounds()))
                    << parts[a]->getTitle() << " overlaps " << parts[b]->getTitle();
        }
    }
};
} // namespace

// ---- parameters and controls

TEST_F(Editor, givesEveryParameterExactlyOneVisibleControl)
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

TEST_F(Editor, moveOfAControlReachesTheHostAsAGesture)
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

TEST_F(Editor, showsWhatTheHostAutomates)
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

TEST_F(Editor, dragTurnsAKnobInOneGestureAndShiftTurnsItTenTimesFiner)
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

TEST_F(Editor, keysMoveTypeAndResetAKnob)
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

TEST_F(Editor, typedValuesAreReadWithTheirUnits)
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

TEST_F(Editor, doubleClickResetsAKnob)
{
    auto& knob = sliderOf("amp.gain"_p);
    processor.parameter("amp.gain"_p).setValueNotifyingHost(0.9f);
    view->tick(0.03);
    knob.mouseDoubleClick(mouseAt(knob, {20, 20}, {20, 20}, {}, 2));
    EXPECT_FLOAT_EQ(hostValue("amp.gain"_p), infoOf("amp.gain"_p).defaultValue);
}

TEST_F(Editor, namesAndExplainsEveryControlToScreenReaders)
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

// ---- layout

TEST_F(Editor, layoutHoldsAtEverySize)
{
    for (const int width : {plugin::theme::minimumWidth, 1000, plugin::theme::defaultWidth, 1500, 1920,
                            plugin::theme::maximumWidth})
        for (const int height :
             {plugin::theme::minimumHeight, plugin::theme::defaultHeight, 1080, plugin::theme::maximumHeight})
        {
            SCOPED_TRACE(std::to_string(width) + " x " + std::to_string(height));
            view->setSize(width, height);
            expectSoundLayout();
        }
}

TEST_F(Editor, theWholeChainFitsTheDefaultWindow)
{
    for (auto* panel : view->chainView().panels())
    {
        const auto place = view->chainView().getLocalArea(panel, panel->getLocalBounds());
        EXPECT_TRUE(view->chainView().getLocalBounds().contains(place)) << panel->stage();
    }
}

TEST_F(Editor, panelsStandInThePresetsOrder)
{
    auto preset = session.preset;
    std::swap(preset.parameters.order[2], preset.parameters.order[9]);
    showPreset(preset);
    const auto panels = view->chainView().panels();
    ASSERT_EQ(panels.size(), stageCount + 1);
    EXPECT_EQ(panels.front()->stage(), "input");
    for (std::size_t place = 0; place < stageCount; ++place)
        EXPECT_EQ(panels[place + 1]->stage(), nameOf(preset.parameters.order[place]));
    for (std::size_t place = 0; place + 1 < panels.size(); ++place)
    {
        const bool isSameRow = panels[place]->getY() == panels[place + 1]->getY();
        EXPECT_TRUE(isSameRow ? panels[place]->getRight() < panels[place + 1]->getX()
                              : panels[place]->getBottom() < panels[place + 1]->getY());
    }
    expectSoundLayout();
}

TEST_F(Editor, longAndStrangeTextsChangeNoPlace)
{
    const auto placeOf = [this]
    {
        std::vector<juce::Rectangle<int>> places;
        visitAll(*view->chainView().getParentComponent(),
                 [&](juce::Component& component)
                 {
                     if (component.findParentComponentOfClass<juce::TextEditor>() == nullptr)
                         places.push_back(component.getScreenBounds());
                 });
        return places;
    };
    const auto before = placeOf();
    std::string text;
    while (text.size() < 300)
        text += "\xf0\x9f\x8e\xb8 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\n\r\t \xe2\x80\xae reversed ";
    auto preset = session.preset;
    preset.name = preset.prompt = preset.explanation = text;
    preset.tags = {text};
    preset.source.fallback = true;
    preset.source.fallbackReason = text;
    showPreset(preset);
    session.present = {false, text, text, -1, true};
    session.announceStatus();
    EXPECT_EQ(placeOf(), before);
    EXPECT_FALSE(find<juce::Label>("Status").getText().containsAnyOf("\r\n\t"));
}

TEST_F(Editor, textIsReadableOnItsBackground)
{
    const auto luminance = [](juce::Colour colour)
    {
        const auto linear = [](float c)
        { return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f); };
        return 0.2126f * linear(colour.getFloatRed()) + 0.7152f * linear(colour.getFloatGreen()) +
               0.0722f * linear(colour.getFloatBlue());
    };
    const auto contrast = [&](juce::Colour a, juce::Colour b)
    {
        const float lighter = std::max(luminance(a), luminance(b));
        const float darker = std::min(luminance(a), luminance(b));
        return (lighter + 0.05f) / (darker + 0.05f);
    };
    using namespace plugin::theme;
    for (const auto back : {background, panel, sunken})
        for (const auto front : {text, secondaryText, faintText, problem, accent})
            EXPECT_GE(contrast(front, back), 4.5f) << front.toString() << " on " << back.toString();
    EXPECT_GE(contrast(onAccent, accent), 4.5f);
    EXPECT_GE(contrast(secondaryText, raised), 4.5f);
}

// ---- generation, presets, settings

TEST_F(Editor, enterGeneratesAndTheButtonTurnsIntoCancel)
{
    auto& field = find<juce::TextEditor>("Prompt");
    auto& button = find<juce::TextButton>("Generate");
    field.setText("  ", false);
    field.onReturnKey();
    EXPECT_TRUE(session.prompts.empty()) << "an empty prompt goes nowhere";
    field.setText(" dark doom fuzz ", false);
    field.onReturnKey();
    ASSERT_EQ(session.prompts.size(), 1u);
    EXPECT_EQ(session.prompts.front(), "dark doom fuzz");
    EXPECT_EQ(button.getButtonText(), "Cancel");
    EXPECT_TRUE(find<juce::ProgressBar>().isVisible());
    button.onClick();
    EXPECT_EQ(session.cancellations, 1);
    EXPECT_EQ(button.getButtonText(), "Generate");
    EXPECT_FALSE(find<juce::ProgressBar>().isVisible());
    field.onEscapeKey();
    EXPECT_EQ(session.cancellations, 2);
}

TEST_F(Editor, statusLineTellsErrorsFromNews)
{
    auto& status = find<juce::Label>("Status");
    session.present = {false, "The server refused the key.", "HTTP 401", -1, true};
    session.announceStatus();
    EXPECT_EQ(status.getText(), "The server refused the key.");
    EXPECT_TRUE(status.getTooltip().contains("HTTP 401"));
    EXPECT_EQ(status.findColour(juce::Label::textColourId), plugin::theme::problem);
    session.present = {false, "Applied.", "", -1, false};
    session.announceStatus();
    EXPECT_EQ(status.findColour(juce::Label::textColourId), plugin::theme::secondaryText);
}

TEST_F(Editor, explanationSaysWhyAnotherEngineAnswered)
{
    auto preset = session.preset;
    preset.explanation = "Scooped and glassy.";
    preset.source = {"offline", "", 0.72, true, "The server did not answer."};
    showPreset(preset);
    const auto text = find<juce::TextEditor>("Explanation").getText();
    EXPECT_TRUE(text.contains("Scooped and glassy."));
    EXPECT_TRUE(text.contains("The server did not answer."));
    EXPECT_TRUE(find<juce::TextEditor>("Origin").getText().contains("72 %"));
}

TEST_F(Editor, shortcutsUndoRedoAndStep)
{
    const auto press = [this](int code, int modifiers = juce::ModifierKeys::commandModifier)
    { return view->keyPressed(juce::KeyPress(code, juce::ModifierKeys(modifiers), 0)); };
    session.undoSteps = 1;
    EXPECT_TRUE(press('z'));
    EXPECT_EQ(session.redoSteps, 1);
    EXPECT_TRUE(press('z', juce::ModifierKeys::commandModifier | juce::ModifierKeys::shiftModifier));
    EXPECT_EQ(session.undoSteps, 1);
    EXPECT_TRUE(press(juce::KeyPress::downKey));
    EXPECT_TRUE(press(juce::KeyPress::downKey));
    EXPECT_TRUE(press(juce::KeyPress::upKey));
    ASSERT_EQ(session.loaded.size(), 3u);
    EXPECT_EQ(session.loaded[0], session.library[0].name);
    EXPECT_EQ(session.loaded[1], session.library[1].name);
    EXPECT_EQ(session.loaded[2], session.library[0].name);
    EXPECT_FALSE(press('q'));
}

TEST_F(Editor, undoButtonsFollowTheSession)
{
    auto& undo = find<juce::Button>("Undo");
    session.announcePreset();
    EXPECT_FALSE(undo.isEnabled());
    session.undoSteps = 1;
    for (int tick = 0; tick < 16; ++tick)
        view->tick(0.03); // a knob was moved: nobody announces it
    EXPECT_TRUE(undo.isEnabled());
}

TEST_F(Editor, settingsNeverShowTheKeyAndForgetIt)
{
    session.origin = "file";
    view->settingsCard().open();
    auto& key = find<juce::TextEditor>("Key");
    EXPECT_TRUE(key.isEmpty());
    EXPECT_NE(key.getPasswordCharacter(), 0);
    key.setText("sk-secret", false);
    session.settingsProblem = "The address must start with https://.";
    findBelow<juce::TextButton>(view->settingsCard(), "Save").onClick();
    EXPECT_TRUE(view->settingsCard().isVisible());
    EXPECT_EQ(find<juce::Label>("Problem").getText().toStdString(), session.settingsProblem);
    session.settingsProblem.clear();
    key.onReturnKey();
    EXPECT_FALSE(view->settingsCard().isVisible());
    EXPECT_EQ(session.receivedKey, "sk-secret");
    EXPECT_TRUE(key.isEmpty());
    EXPECT_EQ(plugin::keyOriginSentence("").contains("No key"), true);
}

TEST_F(Editor, cardsCloseWithEscapeAndBesideTheCard)
{
    for (auto* card : {&view->settingsCard(), &view->saveCard(), &view->browserCard()})
    {
        card->open();
        EXPECT_TRUE(card->isVisible());
        EXPECT_TRUE(view->getLocalBounds().contains(card->cardBounds()));
        EXPECT_TRUE(card->keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
        EXPECT_FALSE(card->isVisible());
        card->open();
        card->mouseDown(mouseAt(*card, {2, 2}, {2, 2}, {}));
        EXPECT_FALSE(card->isVisible());
    }
}

TEST_F(Editor, importKeepsThePresetUnderAFreeName)
{
    session.preset.name = "Mine";
    session.library.push_back({"Mine", {}, false, {}});
    view->loadFile(juce::File("/tmp/some.tone.json"), true);
    ASSERT_EQ(session.saved.size(), 1u);
    EXPECT_EQ(session.saved.front(), "Mine 2");
    session.present.isError = true;
    view->loadFile(juce::File("/tmp/other.tone.json"), true);
    EXPECT_EQ(session.saved.size(), 1u) << "what could not be loaded is not kept";
}

// ---- meters

TEST_F(Editor, metersHoldPeaksFallAndRememberClips)
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

// ---- the window

TEST_F(Editor, tabReachesEveryControl)
{
    session.undoSteps = session.redoSteps = 1; // what is disabled is passed over
    session.announcePreset();
    const auto traverser = view->chainView().getParentComponent()->createKeyboardFocusTraverser();
    const auto reached = traverser->getAllComponents(view.get());
    for (auto* control : controls())
        EXPECT_EQ(std::count(reached.begin(), reached.end(), &control->focusTarget()), 1)
            << control->getComponentID();
    for (const auto* title :
         {"Prompt", "Generate", "Undo", "Redo", "Settings", "Explanation", "Save preset as"})
        EXPECT_EQ(std::count(reached.begin(), reached.end(), &find<juce::Component>(title)), 1) << title;
    // Along the chain, not across it.
    std::vector<std::string_view> stages;
    for (const auto* component : reached)
        if (const auto* panel = component->findParentComponentOfClass<plugin::StagePanel>())
            if (stages.empty() || stages.back() != panel->stage())
                stages.push_back(panel->stage());
    std::vector<std::string_view> expected;
    for (const auto* panel : view->chainView().panels())
        expected.push_back(panel->stage());
    EXPECT_EQ(stages, expected);
}

TEST_F(Editor, opensAndClosesFiftyTimes)
{
    for (int round = 0; round < 50; ++round)
    {
        const std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
        ASSERT_NE(editor, nullptr);
        EXPECT_GE(editor->getWidth(), plugin::theme::minimumWidth);
    }
}

TEST_F(Editor, remembersItsSize)
{
    {
        const std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
        EXPECT_EQ(editor->getWidth(), plugin::theme::defaultWidth);
        editor->setSize(1300, 800);
    }
    const std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
    EXPECT_EQ(editor->getWidth(), 1300);
    EXPECT_EQ(editor->getHeight(), 800);
}

} // namespace tonewright::test
