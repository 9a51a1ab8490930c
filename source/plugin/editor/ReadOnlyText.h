#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace tonewright::plugin
{

/// What something shows, as screen readers are told it; it cannot be set. [message]
class ReadOnlyText : public juce::AccessibilityTextValueInterface
{
public:
    explicit ReadOnlyText(std::function<juce::String()> textToRead) : text(std::move(textToRead)) {}
    bool isReadOnly() const override { return true; }
    juce::String getCurrentValueAsString() const override { return text(); }
    void setValueAsString(const juce::String&) override {}

private:
    std::function<juce::String()> text;
};

} // namespace tonewright::plugin
