#include "plugin/MessageCalls.h"

#include <juce_events/juce_events.h>

#include <mutex>
#include <utility>

namespace tonewright::plugin
{

struct MessageCalls::Receiver final : juce::Timer, juce::AsyncUpdater
{
    Receiver(Call tick, Call news) : onTick(std::move(tick)), onNews(std::move(news)) {}

    void timerCallback() override { call(onTick); }
    void handleAsyncUpdate() override { call(onNews); }

    void call(const Call& wanted)
    {
        const std::lock_guard lock(mutex);
        if (wanted)
            wanted();
    }

    std::mutex mutex;
    Call onTick;
    Call onNews;
};

MessageCalls::MessageCalls(Call onTick, Call onNews)
    : receiver(std::make_shared<Receiver>(std::move(onTick), std::move(onNews)))
{
}

MessageCalls::~MessageCalls()
{
    receiver->stopTimer();
    receiver->cancelPendingUpdate();
    {
        const std::lock_guard lock(receiver->mutex);
        receiver->onTick = {};
        receiver->onNews = {};
    }
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
