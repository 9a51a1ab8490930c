#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tonewright
{

/// What went over the network, counted without the headers that libcurl adds.
struct Traffic
{
    std::uint64_t exchanges = 0;     ///< requests sent to a server, checks included
    std::uint64_t bytesSent = 0;     ///< bodies of requests
    std::uint64_t bytesReceived = 0; ///< bodies of whole responses
};

/// Further attempts, by the kind of failure that called for them.
struct RetryCounts
{
    std::uint64_t rateLimited = 0; ///< 429
    std::uint64_t serverError = 0; ///< 408, 409, 425, 5xx
    std::uint64_t network = 0;     ///< no connection, or a broken one
    std::uint64_t timeout = 0;
    std::uint64_t other = 0; ///< because the server said so (x-should-retry)

    std::uint64_t total() const { return rateLimited + serverError + network + timeout + other; }
};

/// A kind of duration over the last TimeWindow::capacity occurrences; zeros where there was none.
struct TimeSummary
{
    std::uint64_t count = 0; ///< ever, not only those in the window
    std::chrono::microseconds last{0};
    std::chrono::microseconds median{0};
    std::chrono::microseconds p99{0};
    std::chrono::microseconds longest{0};
};

/// What happened to requests, where they wait and how long it takes: a snapshot of one
/// PresetGenerationManager since it was made, consistent in itself. Plain values; holds no text, so nothing
/// of a prompt, a key or an answer.
struct GenerationStatistics
{
    // What became of requests. submitted == answered + fallbacks + failed + cancelled + waiting + running.
    std::uint64_t submitted = 0;
    std::uint64_t answered = 0;  ///< by the generator that was to answer
    std::uint64_t fallbacks = 0; ///< by the built-in generator in the language model's place
    std::uint64_t failed = 0;    ///< ended in an error, an empty prompt included
    std::uint64_t cancelled = 0;

    std::uint64_t attempts = 0;   ///< times a generator was asked on behalf of a request
    RetryCounts retries;          ///< those attempts that followed a failed one
    std::uint64_t exceptions = 0; ///< thrown by a generator and caught by its worker

    TimeSummary timeToAnswer; ///< from the prompt to its preset
    TimeSummary timeToWorker; ///< from the prompt to the worker that took it up

    // Where requests are.
    std::size_t waiting = 0;     ///< for a worker or for another attempt
    std::size_t waitingPeak = 0; ///< the queue's high-water mark
    std::size_t running = 0;     ///< with a worker
    std::size_t runningPeak = 0;
    std::size_t runningLimit = 0; ///< setMaxConcurrentRequests()
    std::size_t workers = 0;      ///< threads started, 0 before the first request

    // Messages on their way to the message thread.
    std::size_t outboxWaiting = 0;
    std::size_t outboxPeak = 0;        ///< the outbox's high-water mark, as seen by those who push
    std::uint64_t outboxOverflows = 0; ///< times the outbox had to take memory from the heap
    std::uint64_t progressDropped = 0; ///< progress messages left out because nobody fetched the earlier ones

    Traffic traffic;

    // The process's log, of all managers together.
    std::uint64_t logLines = 0;
    std::uint64_t logLinesLost = 0; ///< overwritten before they were written
};

} // namespace tonewright
