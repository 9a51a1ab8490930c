#pragma once

#include <functional>
#include <memory>

namespace tonewright::plugin
{

/// The calls a part of the plugin gets from JUCE's message thread: a tick some times a second, and news asked
/// for by any thread.
///
/// An LV2 host may destroy the plugin on a thread of its own while the plugin's message thread is on its way
/// into such a call. JUCE's Timer and AsyncUpdater would then call a virtual function of an object half
/// destroyed. So they live in a part that the message thread destroys while it runs; the owner unhooks itself
/// from it.
class MessageCalls
{
public:
    using Call = std::function<void()>;

    /// [setup] Both are called on the message thread, one at a time; neither may destroy this object.
    MessageCalls(Call onTick, Call onNews);
    /// [setup] Waits for a call under way; none comes afterwards.
    ~MessageCalls();
    MessageCalls(const MessageCalls&) = delete;
    MessageCalls& operator=(const MessageCalls&) = delete;

    /// [message] Ticks from now on. Takes a lock that is held for a moment by the timers of the plugin.
    void startTicking(int timesPerSecond);
    /// [message]
    void stopTicking();
    /// [message]
    bool isTicking() const noexcept;
    /// [any] One call of onNews follows, however often it was asked for meanwhile. Posts a
    /// message, which takes a lock and allocates.
    void bringNews();

private:
    struct Receiver;
    std::shared_ptr<Receiver> receiver;
};

} // namespace tonewright::plugin
