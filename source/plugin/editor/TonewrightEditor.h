#pragma once

#include "plugin/editor/EditorView.h"

#include <juce_audio_processors/juce_audio_processors.h>

namespace tonewright::plugin
{

class TonewrightProcessor;

/// The editor's window in a host: its size, kept with the host's project, and its keyboard. All [message].
class TonewrightEditor : public juce::AudioProcessorEditor
{
public:
    explicit TonewrightEditor(TonewrightProcessor& processor);
    ~TonewrightEditor() override;

    void resized() override;
    void paint(juce::Graphics&) override {} // the view covers everything
    bool keyPressed(const juce::KeyPress& key) override;

private:
    TonewrightProcessor& tonewright;
    EditorView view;
    bool isReady = false;
};

} // namespace tonewright::plugin
