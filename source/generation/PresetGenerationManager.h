#pragma once

#include "generation/Clock.h"
#include "generation/GenerationStatistics.h"
#include "generation/GeneratorChain.h"
#include "generation/PresetGenerator.h"
#include "generation/RetryPolicy.h"
#include "messaging/Message.h"
#include "realtime/ThreadSafeQueue.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace tonewright
{

/// What surrounds the generators; the defaults are Tonewright's own.
struct GenerationOptions
{
    RetryOptions retry;
    std::optional<std::uint64_t> jitterSeed; ///< random where none is given
    /// Run on every answer; empty: tonewright::audition. Called by several workers at once.
    GeneratorChain::AuditionFunction audition;
    /// What a request's words promise about the answer's sound, for the audition. Empty:
    /// offline::expectationOf.
    GeneratorChain::ExpectationFunction expect;
    /// What back-offs and the limit of the whole request go by; null: the steady clock.
    std::shared_ptr<Clock> clock;
};

/// Takes prompts, answers at once with an id, and has workers turn them into presets. Every request ends in
/// exactly one terminal message (PresetGenerated or PresetGenerationFailed) in the outbox. Interactive
/// requests go before background ones, first come first served within each. Workers start at the first
/// request and are joined by the destructor. A failed attempt that is worth another one waits for it in the
/// queue, so that the worker is free meanwhile.
///
/// The generator chain: the language model where the request's engine allows it and it is configured, else
/// (or when it fails, and the request was not cancelled) the offline generator, marked as fallback with the
/// reason; then the audition.
class PresetGenerationManager
{
public:
    /// [setup] Starts nothing. `outbox` must outlive the manager. `languageModel` may be null: then there is
    /// only `offline`.
    PresetGenerationManager(ThreadSafeQueue<Message>& outbox, std::shared_ptr<PresetGenerator> offline,
                            std::shared_ptr<PresetGenerator> languageModel, GenerationOptions options = {});

    /// [message] Cancels everything, wakes and joins the workers; < 250 ms whatever they wait for.
    ~PresetGenerationManager();

    PresetGenerationManager(const PresetGenerationManager&) = delete;
    PresetGenerationManager& operator=(const PresetGenerationManager&) = delete;

    /// [any] Queues a request and returns its id at once (< 50 us, but for the very first, which starts the
    /// workers).
    RequestId generatePresetFromText(GenerationRequest request);

    /// [any] Cancels one request wherever it is; false when it is unknown or already ended. After this
    /// returns no PresetGenerated of that id is pushed.
    bool cancel(RequestId id);

    /// [any] Cancels every request.
    void cancelAll();

    void setMaxConcurrentRequests(int count); ///< [any] 1 to 8, default 2; takes effect for the next request
    void setTimeout(std::chrono::milliseconds timeout); ///< [any] for each attempt, default 30 s
    void setRetryCount(int count);                      ///< [any] 0 to 5 further attempts, default 2

    bool isGeneratingPreset() const;            ///< [any] anything queued or running
    std::size_t getGenerationQueueSize() const; ///< [any] waiting for a worker or for another attempt
    std::size_t getActiveRequestCount() const;  ///< [any] with a worker

    /// [any] Figures for diagnostics; 20 us, most of them without a lock.
    GenerationStatistics statistics() const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
