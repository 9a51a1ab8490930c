#include "plugin/MessageCalls.h"

#include <juce_events/juce_events.h>

#include <mutex>
#include <utility>

namespace tonewright::plugin
{

struct MessageCalls::Receiver final : juce::Timer, juce::AsyncUpdater
{
    Receiver(Call tick, Call news) : onTick(std::move(tick)), onNews(std::move(news)) {}

    void timerCallback() override { call(true); }
    void handleAsyncUpdate() override
    {
        isNewsDue = true;
        call(false);
    }

    /// [message] A host that runs its loop inside a call (a dialog of its own) comes here again: the tick is
    /// left out, news waits for the outer call's end.
    void call(bool isTick)
    {
        if (isCalling)
            return;
        const juce::ScopedValueSetter<bool> calling(isCalling, true, false);
        if (isTick)
            run(onTick);
        while (std::exchange(isNewsDue, false))
            run(onNews);
    }

    void run(const Call& wanted)
    {
        const std::lock_guard lock(mutex);
        if (wanted)
            wanted();
    }

    std::mutex mutex; // of the calls, against their owner's end
    Call onTick;
    Call onNews;
    bool isCalling = false; // [message]
    bool isNewsDue = false; // [message]
};

MessageCalls::MessageCalls(Call onTick, Call onNews)
    : receiver(std::make_shared<Receiver>(std::move(onTick), std::move(onNews)))
{
}

MessageCalls::~MessageCalls()
{
    {
        const std::lock_guard lock(receiver->mutex);
        receiver->onTick = {};
        receiver->onNews = {};
    }
    receiver->stopTimer();
    receiver->cancelPendingUpdate();
    // The message thread may hold a pointer to it; after this message it holds none. Where no message is
    // delivered any more, the queue that is thrown away takes it along.
    juce::MessageManager::callAsync([kept = std::move(receiver)] {});
}

void MessageCalls::startTicking(int timesPerSecond)
{
    receiver->startTimerHz(timesPerSecond);
}

void MessageCalls::stopTicking()
{
    receiver->stopTimer();
}

bool MessageCalls::isTicking() const noexcept
{
    return receiver->isTimerRunning();
}

void MessageCalls::bringNews()
{
    receiver->triggerAsyncUpdate();
}

} // namespace tonewright::plugin
