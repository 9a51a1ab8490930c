#include "generation/RequestLedger.h"

#include <algorithm>
#include <utility>

namespace tonewright
{

RequestLedger::RequestLedger(ThreadSafeQueue<Message>& messages, const Clock& timeSource)
    : outbox(messages), clock(timeSource)
{
}

void RequestLedger::add(const PendingPointer& request)
{
    const std::lock_guard lock(mutex);
    requests.emplace(request->content.id, request);
    ++figures.submitted;
    figures.waitingPeak = std::max(figures.waitingPeak, ++figures.waiting);
}

PendingPointer RequestLedger::find(RequestId id) const
{
    const std::lock_guard lock(mutex);
    const auto found = requests.find(id);
    return found != requests.end() ? found->second : nullptr;
}

std::vector<RequestId> RequestLedger::requestIds() const
{
    const std::lock_guard lock(mutex);
    std::vector<RequestId> ids;
    ids.reserve(requests.size());
    for (const auto& [id, request] : requests)
        ids.push_back(id);
    return ids;
}

bool RequestLedger::isEmpty() const
{
    const std::lock_guard lock(mutex);
    return requests.empty();
}

std::size_t RequestLedger::waiting() const
{
    const std::lock_guard lock(mutex);
    return figures.waiting;
}

std::size_t RequestLedger::running() const
{
    const std::lock_guard lock(mutex);
    return figures.running;
}

bool RequestLedger::take(const PendingPointer& request)
{
    const std::lock_guard lock(mutex);
    if (request->hasEnded)
        return false;
    request->isRunning = true;
    --figures.waiting;
    figures.runningPeak = std::max(figures.runningPeak, ++figures.running);
    return true;
}

void RequestLedger::giveBack(const PendingPointer& request)
{
    const std::lock_guard lock(mutex);
    if (request->hasEnded)
        return;
    request->isRunning = false;
    --figures.running;
    figures.waitingPeak = std::max(figures.waitingPeak, ++figures.waiting);
}

void RequestLedger::countAttempt()
{
    const std::lock_guard lock(mutex);
    ++figures.attempts;
}

void RequestLedger::countRetry(GenerationErrorKind becauseOf)
{
    const std::lock_guard lock(mutex);
    auto& retries = figures.retries;
    switch (becauseOf)
    {
    case GenerationErrorKind::rateLimited:
        ++retries.rateLimited;
        return;
    case GenerationErrorKind::serverError:
        ++retries.serverError;
        return;
    case GenerationErrorKind::network:
        ++retries.network;
        return;
    case GenerationErrorKind::timeout:
        ++retries.timeout;
        return;
    default:
        ++retries.other;
    }
}

void RequestLedger::countException()
{
    const std::lock_guard lock(mutex);
    ++figures.exceptions;
}

void RequestLedger::countTimeToWorker(Clock::Time::duration time)
{
    const std::lock_guard lock(mutex);
    workerTimes.add(time);
}

void RequestLedger::post(const PendingPointer& request, Message message)
{
    const std::lock_guard lock(mutex);
    if (request->hasEnded)
        return;
    if (std::holds_alternative<StatusUpdate>(message) && outbox.approximateSize() >= progressLimit)
        ++figures.progressDropped;
    else
        send(std::move(message));
}

bool RequestLedger::finish(const PendingPointer& request, Message terminal)
{
    const auto now = clock.now();
    std::visit([now](auto& content) { content.time = now; }, terminal);
    const std::lock_guard lock(mutex);
    if (request->hasEnded)
        return false;
    request->hasEnded = true;
    --(request->isRunning ? figures.running : figures.waiting);
    countEnd(*request, terminal, now);
    requests.erase(request->content.id);
    send(std::move(terminal));
    return true;
}

void RequestLedger::send(Message message)
{
    outbox.push(std::move(message));
    figures.outboxPeak = std::max(figures.outboxPeak, outbox.approximateSize());
}

void RequestLedger::countEnd(const PendingRequest& request, const Message& terminal, Clock::Time now)
{
    if (const auto* generated = std::get_if<PresetGenerated>(&terminal))
    {
        ++(generated->preset.source.fallback ? figures.fallbacks : figures.answered);
        answerTimes.add(now - request.submitted);
    }
    else if (const auto* failed = std::get_if<PresetGenerationFailed>(&terminal))
        ++(failed->error.kind == GenerationErrorKind::cancelled ? figures.cancelled : figures.failed);
}

GenerationStatistics RequestLedger::queueFigures() const
{
    const std::lock_guard lock(mutex);
    return figures;
}

GenerationStatistics RequestLedger::statistics() const
{
    std::unique_lock lock(mutex);
    auto result = figures;
    const auto answers = answerTimes;
    const auto waits = workerTimes;
    lock.unlock(); // sorting needs no lock
    result.timeToAnswer = answers.summary();
    result.timeToWorker = waits.summary();
    result.outboxWaiting = outbox.approximateSize();
    result.outboxOverflows = outbox.overflowCount();
    return result;
}

} // namespace tonewright
