#pragma once

#include <chrono>
#include <functional>

namespace tonewright::test
{

/// Lets JUCE deliver messages and timers on this thread (the message thread of the tests) until `condition`
/// holds; false when it still does not after `limit`.
bool deliverMessagesUntil(const std::function<bool()>& condition,
                          std::chrono::milliseconds limit = std::chrono::seconds(20));

/// Lets JUCE deliver one message, if one waits; false when none does.
bool deliverOneMessage();

/// Lets JUCE deliver what waits, and what that makes, until nothing waits; false when more still comes after
/// `limit`.
bool deliverWaitingMessages(std::chrono::milliseconds limit = std::chrono::seconds(5));

/// Without a window manager (Xvfb) some names JUCE uses are unknown to the X server, which ends the program
/// unless it says otherwise; JUCE says so in its own applications only. Call it before a window is opened.
void surviveMissingWindowManager();

} // namespace tonewright::test
