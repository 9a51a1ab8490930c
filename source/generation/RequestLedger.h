#pragma once

#include "generation/Cancellation.h"
#include "generation/Clock.h"
#include "generation/GenerationStatistics.h"
#include "generation/PresetGenerator.h"
#include "generation/TimeWindow.h"
#include "messaging/Message.h"
#include "realtime/ThreadSafeQueue.h"

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace tonewright
{

/// A request from its prompt to its terminal message. `content` is its worker's.
struct PendingRequest
{
    GenerationRequest content;
    Cancellation cancellation;
    Clock::Time submitted;
    std::atomic<int> attempts{0}; // also read by whoever cancels

    // The ledger's, under its mutex.
    bool isRunning = false;
    bool hasEnded = false;
};
using PendingPointer = std::shared_ptr<PendingRequest>;

/// Keeps the requests under way and their figures, and sees to it that each sends exactly one terminal
/// message and nothing after it. Thread-safe; holds its lock for microseconds.
class RequestLedger
{
public:
    /// Progress messages give way when this many messages wait for the message thread (a host may not fetch
    /// any while it shows a modal window); what begins or ends a request never does.
    static constexpr std::size_t progressLimit = 768;

    /// [setup] Both must outlive the ledger.
    RequestLedger(ThreadSafeQueue<Message>& outbox, const Clock& clock);

    void add(const PendingPointer& request);      ///< [any]
    PendingPointer find(RequestId id) const;      ///< [any] null when unknown or ended
    std::vector<RequestId> requestIds() const;    ///< [any] those under way
    bool isEmpty() const;                         ///< [any]
    std::size_t waiting() const;                  ///< [any]
    std::size_t running() const;                  ///< [any]
    bool take(const PendingPointer& request);     ///< [worker] false when it has ended meanwhile
    void giveBack(const PendingPointer& request); ///< [worker] it waits for another attempt

    void countAttempt();                                ///< [worker]
    void countRetry(GenerationErrorKind becauseOf);     ///< [worker]
    void countException();                              ///< [worker]
    void countTimeToWorker(Clock::Time::duration time); ///< [worker]

    /// [any] Sends a message of a request, unless its terminal one is out.
    void post(const PendingPointer& request, Message message);

    /// [any] Sends the terminal message, dated now; false when one is out already: checked and sent under
    /// one lock, so that after a cancel nothing follows.
    bool finish(const PendingPointer& request, Message terminal);

    /// [any] Counts and marks only, without the times: one short copy.
    GenerationStatistics queueFigures() const;

    /// [any] All figures but those of others (limit, workers, traffic, log).
    GenerationStatistics statistics() const;

private:
    void send(Message message);
    void countEnd(const PendingRequest& request, const Message& terminal, Clock::Time now);

    ThreadSafeQueue<Message>& outbox;
    const Clock& clock;
    mutable std::mutex mutex;
    std::map<RequestId, PendingPointer> requests;
    GenerationStatistics figures;
    TimeWindow answerTimes;
    TimeWindow workerTimes;
};

} // namespace tonewright
