#include "generation/PresetGenerationManager.h"

#include "generation/Alternative.h"
#include "generation/GeneratorChain.h"
#include "generation/Log.h"
#include "generation/RequestLedger.h"
#include "generation/RequestLog.h"
#include "generation/RequestQueue.h"
#include "generation/SecretText.h"
#include "generation/Workers.h"
#include "tone/Text.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <random>
#include <string>
#include <utility>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;

constexpr int mostWorkers = 8;

RequestId nextRequestId()
{
    static std::atomic<RequestId> last{0};
    return ++last;
}

GenerationError cancelledError()
{
    return {GenerationErrorKind::cancelled, "Cancelled.", {}};
}

GenerationError internalError(std::string_view detail)
{
    return {GenerationErrorKind::internal,
            "Something went wrong inside Tonewright; please try again, and send the log if it stays so.",
            scrubKeyLookalikes(cleanText(detail, maximumNameLength))};
}
} // namespace

struct PresetGenerationManager::Implementation
{
    Implementation(ThreadSafeQueue<Message>& outbox, std::shared_ptr<PresetGenerator> offlineGenerator,
                   std::shared_ptr<PresetGenerator> model, GenerationOptions options)
        : clock(options.clock ? std::move(options.clock) : std::make_shared<Clock>()),
          chain(std::move(offlineGenerator), std::move(model), std::move(options.audition),
                std::move(options.expect)),
          totalTime(options.retry.total), queue(*clock), ledger(outbox, *clock),
          retryPolicy(options.retry, options.jitterSeed ? *options.jitterSeed : std::random_device{}())
    {
        queue.setLimit(static_cast<std::size_t>(limit));
    }

    RequestId submit(GenerationRequest content);
    void workOn(RequestId id);
    void run(const PendingPointer& request);
    void attempt(const PendingPointer& request);
    std::optional<GenerationError> begin(const PendingPointer& request);
    std::optional<GenerationError> prepare(const PendingRequest& request);
    void askOffline(const PendingPointer& request, const GenerationError* failure);
    bool retryLater(const PendingPointer& request, const GenerationError& error);
    ProgressCallback progressOf(const PendingPointer& request);
    bool cancel(RequestId id);
    void cancelAll();
    void shutDown();
    bool finish(const PendingPointer& request, Message terminal);
    bool fail(const PendingPointer& request, GenerationError error);
    GenerationStatistics statistics() const;

    const std::shared_ptr<Clock> clock;
    const GeneratorChain chain;
    const milliseconds totalTime; // of all attempts of a request
    RequestQueue queue;
    RequestLedger ledger;

    mutable std::mutex mutex; // guards what follows; never held together with the ledger's
    int limit = 2;
    milliseconds timeout{30'000};
    RetryPolicy retryPolicy;
    Workers workers{queue, [this](RequestId id) { workOn(id); }};
};

RequestId PresetGenerationManager::Implementation::submit(GenerationRequest content)
{
    const auto request = std::make_shared<PendingRequest>();
    request->submitted = clock->now();
    request->content = std::move(content);
    auto& prompt = request->content.prompt;
    prompt = scrubKeyLookalikes(cleanText(prompt, maximumTextLength));
    const auto id = request->content.id = nextRequestId();
    const bool isEmpty = prompt.find_first_not_of(" \t\n") == std::string::npos;
    bool hasWorker = false;
    {
        const std::lock_guard lock(mutex);
        hasWorker = isEmpty || workers.startUpTo(static_cast<std::size_t>(limit));
        request->content.timeout = timeout;
    }
    ledger.add(request);
    if (isEmpty)
        fail(request,
             {GenerationErrorKind::emptyPrompt, "Please describe the tone you want in a few words.", {}});
    else if (!hasWorker)
        fail(request, internalError("no thread could be started"));
    else
        queue.push(id, request->content.priority); // from here on it belongs to whichever worker takes it
    return id;
}

void PresetGenerationManager::Implementation::workOn(RequestId id)
{
    if (const auto request = ledger.find(id); request && ledger.take(request))
        run(request);
}

/// One attempt at a request; whatever it throws becomes the request's error.
void PresetGenerationManager::Implementation::run(const PendingPointer& request)
{
    try
    {
        attempt(request);
    }
    catch (const std::exception& exception)
    {
        ledger.countException();
        noteException(*request);
        fail(request, internalError(exception.what()));
    }
    catch (...)
    {
        ledger.countException();
        noteException(*request);
        fail(request, internalError("an exception of no known kind"));
    }
}

void PresetGenerationManager::Implementation::attempt(const PendingPointer& request)
{
    const auto& content = request->content;
    std::optional<GenerationError> obstacle;
    if (request->attempts++ == 0)
        obstacle = begin(request);
    ledger.countAttempt();
    if (!chain.wantsLanguageModel(content))
    {
        askOffline(request, obstacle ? &*obstacle : nullptr);
        return;
    }
    auto preset = chain.askLanguageModel(content, request->cancellation, progressOf(request));
    if (preset)
    {
        finish(request, PresetGenerated{content.id, {}, std::move(*preset), {}});
        return;
    }
    const auto& failure = preset.error();
    // Where the words leave no other answer, the built-in generator has none either.
    if (failure.kind == GenerationErrorKind::cancelled || isNoAlternative(failure))
    {
        fail(request, failure);
        return;
    }
    noteFailedAttempt(*request, failure);
    if (retryLater(request, failure))
        return;
    if (content.mayFallBack)
        askOffline(request, &failure);
    else
        fail(request, failure);
}

/// Returns what keeps the language model from being asked, where there is something to say.
std::optional<GenerationError> PresetGenerationManager::Implementation::begin(const PendingPointer& request)
{
    auto& content = request->content;
    const auto now = clock->now();
    const auto waited = now - request->submitted;
    ledger.countTimeToWorker(waited);
    ledger.post(request, PresetGenerationStarted{content.id, now});
    noteBegin(*request, waited, ledger.waiting());
    auto obstacle = prepare(*request);
    content.deadline = clock->now() + totalTime;
    return obstacle;
}

/// What goes wrong with the key's store must not keep the built-in generator from answering.
std::optional<GenerationError> PresetGenerationManager::Implementation::prepare(const PendingRequest& request)
{
    try
    {
        return chain.prepare(request.content, request.cancellation);
    }
    catch (...)
    {
        ledger.countException();
        noteException(request);
        return internalError("the key could not be looked for");
    }
}

void PresetGenerationManager::Implementation::askOffline(const PendingPointer& request,
                                                         const GenerationError* failure)
{
    const auto& content = request->content;
    auto preset = chain.askOffline(content, request->cancellation, progressOf(request), failure);
    if (preset)
        finish(request,
               PresetGenerated{
                   content.id, {}, std::move(*preset), failure != nullptr ? failure->detail : std::string{}});
    else
        fail(request, preset.error());
}

/// Back to the queue for another attempt, if that is worth it; the worker is free meanwhile.
bool PresetGenerationManager::Implementation::retryLater(const PendingPointer& request,
                                                         const GenerationError& error)
{
    const auto now = clock->now();
    const auto& content = request->content;
    std::optional<milliseconds> wait;
    {
        const std::lock_guard lock(mutex);
        wait = retryPolicy.waitAfter(error, request->attempts,
                                     std::chrono::duration_cast<milliseconds>(content.deadline - now));
    }
    if (!wait)
        return false;
    ledger.countRetry(error.kind);
    ledger.post(request,
                StatusUpdate{content.id, now, "No answer yet; asking again in " + secondsText(*wait), -1});
    noteRetry(*request, *wait);
    // Before the push: from there on it belongs to whichever worker takes it.
    const auto id = content.id;
    ledger.giveBack(request);
    queue.push(id, content.priority, now + *wait);
    if (!ledger.find(id)) // cancelled since, by somebody who did not find it in the queue yet
        queue.remove(id);
    return true;
}

ProgressCallback PresetGenerationManager::Implementation::progressOf(const PendingPointer& request)
{
    return [this, request](const std::string& text, double progress) {
        ledger.post(request, StatusUpdate{request->content.id, clock->now(), text, progress});
    };
}

bool PresetGenerationManager::Implementation::cancel(RequestId id)
{
    const auto request = ledger.find(id);
    if (!request)
        return false;
    // The terminal message goes first: whatever the worker still brings is then too late.
    if (!fail(request, cancelledError()))
        return false;
    queue.remove(id);
    request->cancellation.cancel();
    return true;
}

void PresetGenerationManager::Implementation::cancelAll()
{
    for (const auto id : ledger.requestIds())
        cancel(id);
}

void PresetGenerationManager::Implementation::shutDown()
{
    cancelAll();
    queue.stop();
    const auto log = Log::present(); // held by the workers, if there are any
    workers.join();
    if (log)
        log->write(LogLevel::info, 0, "closing after " + summaryOf(statistics()));
}

/// Sends the terminal message, once.
bool PresetGenerationManager::Implementation::finish(const PendingPointer& request, Message terminal)
{
    const auto outcome = outcomeOf(terminal);
    if (!ledger.finish(request, std::move(terminal)))
        return false;
    noteEnd(*request, outcome, clock->now() - request->submitted, ledger);
    return true;
}

bool PresetGenerationManager::Implementation::fail(const PendingPointer& request, GenerationError error)
{
    return finish(request, PresetGenerationFailed{request->content.id, {}, std::move(error)});
}

GenerationStatistics PresetGenerationManager::Implementation::statistics() const
{
    auto result = ledger.statistics();
    {
        const std::lock_guard lock(mutex);
        result.runningLimit = static_cast<std::size_t>(limit);
        result.workers = workers.count();
    }
    result.traffic = chain.traffic();
    const auto lines = Log::counts();
    result.logLines = lines.written;
    result.logLinesLost = lines.lost;
    return result;
}

PresetGenerationManager::PresetGenerationManager(ThreadSafeQueue<Message>& outbox,
                                                 std::shared_ptr<PresetGenerator> offline,
                                                 std::shared_ptr<PresetGenerator> languageModel,
                                                 GenerationOptions options)
    : implementation(std::make_unique<Implementation>(outbox, std::move(offline), std::move(languageModel),
                                                      std::move(options)))
{
}

PresetGenerationManager::~PresetGenerationManager()
{
    implementation->shutDown();
}

RequestId PresetGenerationManager::generatePresetFromText(GenerationRequest request)
{
    return implementation->submit(std::move(request));
}

bool PresetGenerationManager::cancel(RequestId id)
{
    return implementation->cancel(id);
}

void PresetGenerationManager::cancelAll()
{
    implementation->cancelAll();
}

void PresetGenerationManager::setMaxConcurrentRequests(int count)
{
    const std::lock_guard lock(implementation->mutex);
    implementation->limit = std::clamp(count, 1, mostWorkers);
    implementation->queue.setLimit(static_cast<std::size_t>(implementation->limit));
}

void PresetGenerationManager::setTimeout(milliseconds timeout)
{
    const std::lock_guard lock(implementation->mutex);
    implementation->timeout = std::max(timeout, milliseconds(1));
}

void PresetGenerationManager::setRetryCount(int count)
{
    const std::lock_guard lock(implementation->mutex);
    implementation->retryPolicy.setRetries(count);
}

bool PresetGenerationManager::isGeneratingPreset() const
{
    return !implementation->ledger.isEmpty();
}

std::size_t PresetGenerationManager::getGenerationQueueSize() const
{
    return implementation->ledger.waiting();
}

std::size_t PresetGenerationManager::getActiveRequestCount() const
{
    return implementation->ledger.running();
}

GenerationStatistics PresetGenerationManager::statistics() const
{
    return implementation->statistics();
}

} // namespace tonewright
