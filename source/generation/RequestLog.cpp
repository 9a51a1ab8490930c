#include "generation/RequestLog.h"

#include "generation/Log.h"
#include "generation/ThrownException.h"

namespace tonewright
{
namespace
{
void note(const PendingRequest& request, LogLevel level, const std::string& text)
{
    if (const auto log = Log::present())
        log->write(level, request.content.id, text);
}

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}
} // namespace

void noteBegin(const PendingRequest& request, Clock::Time::duration waited, std::size_t stillWaiting)
{
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(waited).count();
    note(request, LogLevel::info,
         "taken up after " + std::to_string(microseconds) + " us, prompt of " +
             number(request.content.prompt.size()) + " bytes, " + number(stillWaiting) + " more waiting");
}

void noteFailedAttempt(const PendingRequest& request, const GenerationError& failure)
{
    // A refusal quotes the model, and through it the prompt.
    const bool quotesWords = failure.kind == GenerationErrorKind::refusal;
    note(request, LogLevel::warning,
         "attempt " + std::to_string(request.attempts) + " failed: " + failure.message +
             (quotesWords ? "" : " [" + failure.detail + "]"));
}

void noteRetry(const PendingRequest& request, std::chrono::milliseconds wait)
{
    note(request, LogLevel::info, "next attempt in " + std::to_string(wait.count()) + " ms");
}

void noteException(const PendingRequest& request)
{
    note(request, LogLevel::error, "exception " + describeCurrentException());
}

void noteEnd(const PendingRequest& request, const std::string& outcome, Clock::Time::duration took,
             const RequestLedger& ledger)
{
    const auto log = Log::present();
    if (!log)
        return;
    const auto queue = ledger.queueFigures();
    log->write(LogLevel::info, request.content.id,
               outcome + " after " + secondsText(took) + ", attempts: " + std::to_string(request.attempts) +
                   ", waiting: " + number(queue.waiting) + " (peak " + number(queue.waitingPeak) +
                   "), running: " + number(queue.running) + " (peak " + number(queue.runningPeak) +
                   "), outbox peak: " + number(queue.outboxPeak));
}

std::string outcomeOf(const Message& terminal)
{
    if (const auto* failed = std::get_if<PresetGenerationFailed>(&terminal))
        return "failed: " + failed->error.message;
    const auto& source = std::get<PresetGenerated>(terminal).preset.source;
    return source.fallback ? "answered by the built-in generator instead" : "answered by " + source.engine;
}

std::string secondsText(Clock::Time::duration time)
{
    const auto tenths = (std::chrono::duration_cast<std::chrono::milliseconds>(time).count() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string summaryOf(const GenerationStatistics& figures)
{
    return number(figures.submitted) + " requests (" + number(figures.answered) + " answered, " +
           number(figures.fallbacks) + " by fallback, " + number(figures.failed) + " failed, " +
           number(figures.cancelled) + " cancelled), attempts: " + number(figures.attempts) +
           ", retries: " + number(figures.retries.total()) + ", queue peak: " + number(figures.waitingPeak) +
           ", running peak: " + number(figures.runningPeak) + ", outbox peak: " + number(figures.outboxPeak) +
           ", sent " + number(figures.traffic.bytesSent) + " bytes, received " +
           number(figures.traffic.bytesReceived) + " bytes";
}

} // namespace tonewright
