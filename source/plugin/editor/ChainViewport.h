#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace tonewright::plugin
{

/// The scrolling window onto the chain. Remembers that a wheel is scrolling it, so that no knob that slips
/// under the pointer is turned by the same movement. All [message].
class ChainViewport : public juce::Viewport
{
public:
    bool isBeingScrolled() const
    {
        return juce::Time::getMillisecondCounter() - lastScroll < pauseThatEndsScrolling;
    }

    void mouseWheelMove(const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel) override
    {
        if (useMouseWheelMoveIfNeeded(event, wheel))
            lastScroll = juce::Time::getMillisecondCounter();
    }

private:
    static constexpr juce::uint32 pauseThatEndsScrolling = 350; // milliseconds
    juce::uint32 lastScroll = juce::Time::getMillisecondCounter() - 2 * pauseThatEndsScrolling;
};

} // namespace tonewright::plugin
