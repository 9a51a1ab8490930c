#pragma once

#include <chrono>
#include <functional>

namespace tonewright::test
{

/// Lets JUCE deliver messages and timers on this thread (the message thread of the tests) until `condition`
/// holds; false when it still does not after `limit`.
bool deliverMessagesUntil(const std::function<bool()>& condition,
                          std::chrono::milliseconds limit = std::chrono::seconds(20));

} // namespace tonewright::test
