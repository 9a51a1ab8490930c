#pragma once

#include "FakeSession.h"
#include "plugin/TonewrightProcessor.h"
#include "plugin/editor/EditorView.h"
#include "plugin/editor/Theme.h"
#include "support/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <memory>

namespace tonewright::test
{

/// The editor with the plugin's own parameters and meters, and a session that does what a test says.
class EditorFixture : public testing::Test
{
protected:
    EditorFixture()
        : view(std::make_unique<plugin::EditorView>(
              plugin::EditorServices{session,
                                     [this](ParameterIndex index) -> juce::RangedAudioParameter&
                                     { return processor.parameter(index); },
                                     processor.inputMeter(), processor.outputMeter(),
                                     [this] { return processor.audioCounters(); }, processor.tunerTap()}))
    {
        view->setSize(plugin::theme::defaultWidth, plugin::theme::defaultHeight);
    }

    /// Makes the host's parameters say what the preset says, as the session would.
    void showPreset(const Preset& preset)
    {
        session.preset = preset;
        for (std::size_t line = 0; line < parameterCount; ++line)
        {
            const auto index = static_cast<ParameterIndex>(line);
            processor.parameter(index).setValueNotifyingHost(
                toNormalised(infoOf(index), preset.parameters[index]));
        }
        session.announcePreset();
    }

    /// Calls `visit` with every component below `root`.
    static void visitAll(juce::Component& root, const std::function<void(juce::Component&)>& visit)
    {
        for (auto* child : root.getChildren())
        {
            visit(*child);
            visitAll(*child, visit);
        }
    }

    /// Every parameter's control.
    std::vector<plugin::ParameterControl*> controls()
    {
        std::vector<plugin::ParameterControl*> found;
        visitAll(*view,
                 [&](juce::Component& component)
                 {
                     if (auto* control = dynamic_cast<plugin::ParameterControl*>(&component))
                         found.push_back(control);
                 });
        return found;
    }

    plugin::ParameterControl& controlOf(ParameterIndex index)
    {
        for (auto* control : controls())
            if (control->index() == index)
                return *control;
        throw std::runtime_error("no control");
    }

    /// The first component of a type below the view, with that title where one is given.
    template <typename Type>
    Type& find(const juce::String& title = {})
    {
        return findBelow<Type>(*view, title);
    }

    template <typename Type>
    static Type& findBelow(juce::Component& root, const juce::String& title)
    {
        Type* found = nullptr;
        visitAll(root,
                 [&](juce::Component& component)
                 {
                     if (auto* match = dynamic_cast<Type*>(&component);
                         match != nullptr && found == nullptr &&
                         (title.isEmpty() || component.getTitle() == title))
                         found = match;
                 });
        if (found == nullptr)
            throw std::runtime_error("no component titled " + title.toStdString());
        return *found;
    }

    /// A press or a move of the left mouse button.
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

    /// The player's own settings and presets stay out of the tests.
    struct Configuration
    {
        Configuration() { setenv("TONEWRIGHT_CONFIG_DIR", folder.path().c_str(), 1); }
        ~Configuration() { unsetenv("TONEWRIGHT_CONFIG_DIR"); }
        TemporaryFolder folder;
    };

    Configuration configuration;
    plugin::TonewrightProcessor processor;
    FakeSession session;
    std::unique_ptr<plugin::EditorView> view;
};

} // namespace tonewright::test
