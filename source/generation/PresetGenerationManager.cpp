#include "generation/PresetGenerationManager.h"

#include "generation/GeneratorChain.h"
#include "generation/Log.h"
#include "generation/RequestQueue.h"
#include "generation/SecretText.h"
#include "tone/Text.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;

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

std::string secondsText(milliseconds time)
{
    const auto tenths = (time.count() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

/// The host's signals are the host's: none is delivered to a worker or to the threads libcurl starts from
/// one, and a broken connection cannot raise SIGPIPE there. Faults stay.
void blockSignals() noexcept
{
    sigset_t signals;
    sigfillset(&signals);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP})
        sigdelset(&signals, fault);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}
} // namespace

struct PresetGenerationManager::Implementation
{
    /// A request from its prompt to its terminal message. The generation members are its worker's; `hasEnded`
    /// and `isRunning` are guarded by the manager's mutex.
    struct Request
    {
        GenerationRequest content;
        Cancellation cancellation;
        steady_clock::time_point submitted = steady_clock::now();
        std::atomic<int> attempts{0}; // also read by whoever cancels
        bool isRunning = false;
        bool hasEnded = false;
    };
    using RequestPointer = std::shared_ptr<Request>;

    Implementation(ThreadSafeQueue<Message>& outboxQueue, std::shared_ptr<PresetGenerator> offlineGenerator,
                   std::shared_ptr<PresetGenerator> model, GenerationOptions generationOptions)
        : outbox(outboxQueue),
          chain(std::move(offlineGenerator), std::move(model), std::move(generationOptions.audition),
                std::move(generationOptions.isEdit)),
          totalTime(generationOptions.retry.total),
          retryPolicy(generationOptions.retry,
                      generationOptions.jitterSeed ? *generationOptions.jitterSeed : std::random_device{}())
    {
        queue.setLimit(static_cast<std::size_t>(limit));
    }

    RequestId submit(GenerationRequest request);
    void startWorkers();
    void work() noexcept;
    void run(const RequestPointer& request);
    void attempt(const RequestPointer& request);
    void askOffline(const RequestPointer& request, const GenerationError* failure);
    bool retryLater(const RequestPointer& request, const GenerationError& error);
    ProgressCallback progressOf(const RequestPointer& request);
    bool cancel(RequestId id);
    void cancelAll();

    RequestPointer find(RequestId id) const;
    void post(const RequestPointer& request, Message message);
    bool finish(const RequestPointer& request, Message terminal);
    bool fail(const RequestPointer& request, GenerationError error);
    void note(const RequestPointer& request, LogLevel level, const std::string& text);

    ThreadSafeQueue<Message>& outbox;
    const GeneratorChain chain;
    const milliseconds totalTime; // of all attempts of a request
    RequestQueue queue;

    mutable std::mutex mutex;                     // guards what follows
    std::map<RequestId, RequestPointer> requests; // without a terminal message yet
    std::size_t running = 0;
    int limit = 2;
    milliseconds timeout{30'000};
    RetryPolicy retryPolicy;
    std::vector<std::thread> workers;
};

RequestId PresetGenerationManager::Implementation::submit(GenerationRequest content)
{
    auto request = std::make_shared<Request>();
    request->content = std::move(content);
    auto& prompt = request->content.prompt;
    prompt = scrubKeyLookalikes(cleanText(prompt, maximumTextLength));
    const auto id = request->content.id = nextRequestId();
    const bool isEmpty = prompt.find_first_not_of(" \t\n") == std::string::npos;
    {
        const std::lock_guard lock(mutex);
        requests.emplace(id, request);
        request->content.timeout = timeout;
        if (!isEmpty)
            startWorkers();
        if (!isEmpty && !workers.empty())
        {
            queue.push(id, request->content.priority);
            return id;
        }
    }
    fail(request, isEmpty ? GenerationError{GenerationErrorKind::emptyPrompt,
                                            "Please describe the tone you want in a few words.",
                                            {}}
                          : internalError("no thread could be started"));
    return id;
}

/// Under the mutex. A system without another thread to give gets along with those there are.
void PresetGenerationManager::Implementation::startWorkers()
{
    try
    {
        while (workers.size() < static_cast<std::size_t>(limit))
            workers.emplace_back([this] { work(); });
    }
    catch (const std::system_error&)
    {
        return;
    }
}

void PresetGenerationManager::Implementation::work() noexcept
{
    blockSignals();
    const ScopedThreadRole role(ThreadRole::worker);
    ::pthread_setname_np(::pthread_self(), "tw-generation");
    try
    {
        const auto log = Log::acquire(); // kept open while there are workers
        while (const auto id = queue.take())
        {
            if (const auto request = find(*id))
                run(request);
            queue.release();
        }
    }
    catch (...)
    {
        return; // out of memory even for an error message; the host must live on
    }
}

/// One attempt at a request; whatever it throws becomes the request's error.
void PresetGenerationManager::Implementation::run(const RequestPointer& request)
{
    {
        const std::lock_guard lock(mutex);
        if (request->hasEnded)
            return;
        request->isRunning = true;
        ++running;
    }
    try
    {
        attempt(request);
    }
    catch (const std::exception& exception)
    {
        note(request, LogLevel::error, std::string("exception: ") + exception.what());
        fail(request, internalError(exception.what()));
    }
    catch (...)
    {
        note(request, LogLevel::error, "exception of no known kind");
        fail(request, internalError("an exception of no known kind"));
    }
}

void PresetGenerationManager::Implementation::attempt(const RequestPointer& request)
{
    auto& content = request->content;
    const auto now = steady_clock::now();
    if (request->attempts++ == 0)
    {
        content.deadline = now + totalTime;
        post(request, PresetGenerationStarted{content.id, now});
        note(
            request, LogLevel::info,
            "taken up after " +
                std::to_string(
                    std::chrono::duration_cast<std::chrono::microseconds>(now - request->submitted).count()) +
                " us, prompt of " + std::to_string(content.prompt.size()) + " bytes");
    }
    if (!chain.wantsLanguageModel(content))
    {
        askOffline(request, nullptr);
        return;
    }
    auto preset = chain.askLanguageModel(content, request->cancellation, progressOf(request));
    if (preset)
    {
        finish(request, PresetGenerated{content.id, {}, std::move(*preset), {}});
        return;
    }
    const auto& failure = preset.error();
    if (failure.kind == GenerationErrorKind::cancelled)
    {
        fail(request, failure);
        return;
    }
    // A refusal quotes the model, and through it the prompt; neither belongs into a log.
    note(request, LogLevel::warning,
         "attempt " + std::to_string(request->attempts) + " failed: " + failure.message +
             (failure.kind == GenerationErrorKind::refusal ? "" : " [" + failure.detail + "]"));
    if (!retryLater(request, failure))
        askOffline(request, &failure);
}

void PresetGenerationManager::Implementation::askOffline(const RequestPointer& request,
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
bool PresetGenerationManager::Implementation::retryLater(const RequestPointer& request,
                                                         const GenerationError& error)
{
    const auto now = steady_clock::now();
    const auto& content = request->content;
    std::optional<milliseconds> wait;
    {
        const std::lock_guard lock(mutex);
        wait = retryPolicy.waitAfter(error, request->attempts,
                                     std::chrono::duration_cast<milliseconds>(content.deadline - now));
    }
    if (!wait)
        return false;
    post(request, StatusUpdate{content.id, now, "No answer yet; asking again in " + secondsText(*wait), -1});
    note(request, LogLevel::info, "next attempt in " + std::to_string(wait->count()) + " ms");
    const std::lock_guard lock(mutex);
    if (request->hasEnded)
        return true; // somebody cancelled it since
    // Before the push: from there on it belongs to whichever worker takes it.
    request->isRunning = false;
    --running;
    queue.push(content.id, content.priority, now + *wait);
    return true;
}

ProgressCallback PresetGenerationManager::Implementation::progressOf(const RequestPointer& request)
{
    return [this, request](const std::string& text, double progress) {
        post(request, StatusUpdate{request->content.id, steady_clock::now(), text, progress});
    };
}

bool PresetGenerationManager::Implementation::cancel(RequestId id)
{
    const auto request = find(id);
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
    std::vector<RequestId> ids;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [id, request] : requests)
            ids.push_back(id);
    }
    for (const auto id : ids)
        cancel(id);
}

PresetGenerationManager::Implementation::RequestPointer
PresetGenerationManager::Implementation::find(RequestId id) const
{
    const std::lock_guard lock(mutex);
    const auto found = requests.find(id);
    return found != requests.end() ? found->second : nullptr;
}

/// Sends a message unless the terminal one is out already.
void PresetGenerationManager::Implementation::post(const RequestPointer& request, Message message)
{
    const std::lock_guard lock(mutex);
    if (!request->hasEnded)
        outbox.push(std::move(message));
}

/// Sends the terminal message, once: checked and sent under one lock, so that after a cancel nothing follows.
bool PresetGenerationManager::Implementation::finish(const RequestPointer& request, Message terminal)
{
    const auto now = steady_clock::now();
    std::visit([now](auto& content) { content.time = now; }, terminal);
    const auto* failed = std::get_if<PresetGenerationFailed>(&terminal);
    const auto* generated = std::get_if<PresetGenerated>(&terminal);
    const auto how = generated == nullptr                ? "failed: " + failed->error.message
                     : generated->preset.source.fallback ? "answered by the built-in generator instead"
                                                         : "answered by " + generated->preset.source.engine;
    {
        const std::lock_guard lock(mutex);
        if (request->hasEnded)
            return false;
        request->hasEnded = true;
        if (request->isRunning)
            --running;
        requests.erase(request->content.id);
        outbox.push(std::move(terminal));
    }
    note(request, LogLevel::info,
         how + " after " + secondsText(std::chrono::duration_cast<milliseconds>(now - request->submitted)) +
             ", attempts: " + std::to_string(request->attempts));
    return true;
}

bool PresetGenerationManager::Implementation::fail(const RequestPointer& request, GenerationError error)
{
    return finish(request, PresetGenerationFailed{request->content.id, {}, std::move(error)});
}

void PresetGenerationManager::Implementation::note(const RequestPointer& request, LogLevel level,
                                                   const std::string& text)
{
    if (const auto log = Log::present())
        log->write(level, request->content.id, text);
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
    cancelAll();
    implementation->queue.stop();
    for (auto& worker : implementation->workers)
        worker.join();
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
    const std::lock_guard lock(implementation->mutex);
    return !implementation->requests.empty();
}

std::size_t PresetGenerationManager::getGenerationQueueSize() const
{
    const std::lock_guard lock(implementation->mutex);
    return implementation->requests.size() - implementation->running;
}

std::size_t PresetGenerationManager::getActiveRequestCount() const
{
    const std::lock_guard lock(implementation->mutex);
    return implementation->running;
}

} // namespace tonewright
