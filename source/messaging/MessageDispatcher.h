#pragma once

#include "messaging/Message.h"
#include "realtime/ThreadSafeQueue.h"

#include <cstddef>

namespace tonewright
{

/// Receives messages on the message thread; one function a kind.
class MessageHandler
{
public:
    virtual ~MessageHandler() = default;
    virtual void handle(const StatusUpdate& message) = 0;            ///< [message]
    virtual void handle(const PresetGenerationStarted& message) = 0; ///< [message]
    virtual void handle(const PresetGenerated& message) = 0;         ///< [message]
    virtual void handle(const PresetGenerationFailed& message) = 0;  ///< [message]
    virtual void handle(const ParameterChanged& message) = 0;        ///< [message]
};

/// Drains the queue that workers fill, a bounded batch at a time. Its owner calls dispatch() from a 60 Hz
/// timer of the message thread (plugin) or from its wait loop (command line).
class MessageDispatcher
{
public:
    /// Most messages handled in one call, so that a flood cannot freeze the screen; the rest waits for the
    /// next tick.
    static constexpr std::size_t batchSize = 256;

    /// [setup] Queue and handler must outlive the dispatcher.
    MessageDispatcher(ThreadSafeQueue<Message>& queue, MessageHandler& handler)
        : incoming(queue), receiver(handler)
    {
    }

    /// [message] Hands over what waits, at most batchSize messages; returns how many. Allocates only what
    /// handlers do.
    std::size_t dispatch();

private:
    ThreadSafeQueue<Message>& incoming;
    MessageHandler& receiver;
};

} // namespace tonewright
