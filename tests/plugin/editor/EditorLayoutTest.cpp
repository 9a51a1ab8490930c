#include "EditorFixture.h"
#include "plugin/editor/TonewrightEditor.h"

#include <algorithm>
#include <cmath>

namespace tonewright::test
{
namespace
{
class EditorLayout : public EditorFixture
{
protected:
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

TEST_F(EditorLayout, layoutHoldsAtEverySize)
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

TEST_F(EditorLayout, theWholeChainFitsTheDefaultWindow)
{
    for (auto* panel : view->chainView().panels())
    {
        const auto place = view->chainView().getLocalArea(panel, panel->getLocalBounds());
        EXPECT_TRUE(view->chainView().getLocalBounds().contains(place)) << panel->stage();
    }
}

TEST_F(EditorLayout, panelsStandInThePresetsOrder)
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

TEST_F(EditorLayout, longAndStrangeTextsChangeNoPlace)
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

TEST_F(EditorLayout, textIsReadableOnItsBackground)
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

TEST_F(EditorLayout, tabReachesEveryControl)
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

TEST_F(EditorLayout, opensAndClosesFiftyTimes)
{
    for (int round = 0; round < 50; ++round)
    {
        const std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
        ASSERT_NE(editor, nullptr);
        EXPECT_GE(editor->getWidth(), plugin::theme::minimumWidth);
    }
}

TEST_F(EditorLayout, remembersItsSize)
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
