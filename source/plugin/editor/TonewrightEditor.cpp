#include "plugin/editor/TonewrightEditor.h"

#include "plugin/TonewrightProcessor.h"
#include "plugin/editor/Theme.h"

#include <cmath>

namespace tonewright::plugin
{
namespace
{
EditorServices servicesOf(TonewrightProcessor& processor)
{
    return {processor.session(),
            [&processor](ParameterIndex index) -> juce::RangedAudioParameter&
            { return processor.parameter(index); },
            processor.inputMeter(),
            processor.outputMeter(),
            [&processor] { return processor.audioCounters(); },
            processor.tunerTap()};
}
} // namespace

TonewrightEditor::TonewrightEditor(TonewrightProcessor& processorToShow)
    : juce::AudioProcessorEditor(processorToShow), tonewright(processorToShow),
      view(servicesOf(processorToShow))
{
    setLookAndFeel(&view.getLookAndFeel()); // for the corner that resizes
    setOpaque(true);
    setWantsKeyboardFocus(true);
    addAndMakeVisible(view);
    setResizable(true, true);
    setResizeLimits(theme::minimumWidth, theme::minimumHeight, theme::maximumWidth, theme::maximumHeight);
    const auto size = tonewright.editorSize();
    const bool isKnown = size.x > 0 && size.y > 0;
    isReady = true;
    setSize(
        juce::jlimit(theme::minimumWidth, theme::maximumWidth, isKnown ? size.x : theme::defaultWidth),
        juce::jlimit(theme::minimumHeight, theme::maximumHeight, isKnown ? size.y : theme::defaultHeight));
}

TonewrightEditor::~TonewrightEditor()
{
    setLookAndFeel(nullptr);
}

void TonewrightEditor::resized()
{
    // A larger window shows everything larger: where there is room to spare, nobody needs to squint.
    const auto width = static_cast<float>(getWidth());
    const auto height = static_cast<float>(getHeight());
    const float scale =
        juce::jmax(1.0f, juce::jmin(width / theme::defaultWidth, height / theme::defaultHeight));
    view.setTransform(juce::AffineTransform::scale(scale));
    view.setBounds(0, 0, juce::roundToInt(std::ceil(width / scale)),
                   juce::roundToInt(std::ceil(height / scale)));
    if (isReady)
        tonewright.setEditorSize(getWidth(), getHeight());
}

bool TonewrightEditor::keyPressed(const juce::KeyPress& key)
{
    // In a window of its own there is no next component after the editor: Tab enters it at the prompt.
    if (key.isKeyCode(juce::KeyPress::tabKey) && !view.hasKeyboardFocus(true))
    {
        view.promptBar().focusPrompt();
        return true;
    }
    return view.keyPressed(key);
}

} // namespace tonewright::plugin
