#pragma once

#include "generation/OnlineSupport.h"
#include "generation/PresetGenerationManager.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace tonewright::test
{

using Answer = Result<Preset, GenerationError>;

/// A generator that does what a test says.
class ScriptedGenerator final : public PresetGenerator
{
public:
    using Script = std::function<Answer(const GenerationRequest&, const Cancellation&)>;

    explicit ScriptedGenerator(Script theScript) : script(std::move(theScript)) {}

    bool isConfigured() const override { return configured; }

    Answer generate(const GenerationRequest& request, const Cancellation& cancellation,
                    const ProgressCallback& progress) override
    {
        ++calls;
        const int now = ++active;
        for (int seen = peak; seen < now && !peak.compare_exchange_weak(seen, now);)
        {
        }
        progress("working", 0.5);
        struct Leave
        {
            std::atomic<int>& count;
            ~Leave() { --count; }
        } leave{active};
        return script(request, cancellation);
    }

    std::atomic<bool> configured{true};
    std::atomic<int> calls{0}, active{0}, peak{0};

private:
    Script script;
};

/// A gate that a test opens.
class Gate
{
public:
    void open()
    {
        const std::lock_guard lock(mutex);
        isOpen = true;
        changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(mutex);
        ++waiting;
        changed.notify_all();
        changed.wait(lock, [this] { return isOpen; });
    }
    void waitForVisitors(int count)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return waiting >= count; });
    }

private:
    std::mutex mutex;
    std::condition_variable changed;
    bool isOpen = false;
    int waiting = 0;
};

inline Preset named(const std::string& name, const GenerationRequest& request)
{
    Preset preset;
    preset.name = name;
    preset.prompt = request.prompt;
    return preset;
}

inline GenerationError errorOf(GenerationErrorKind kind)
{
    return {kind, "It failed.", "a detail"};
}

inline Answer waitUntilCancelled(const GenerationRequest&, const Cancellation& cancellation)
{
    cancellation.waitFor(std::chrono::hours(1));
    return errorOf(GenerationErrorKind::cancelled);
}

class ManagerFixture : public testing::Test
{
protected:
    ManagerFixture()
    {
        options.jitterSeed = 1;
        options.retry.firstWait = std::chrono::milliseconds(1);
        options.audition = [this](Preset& preset, const ToneExpectation& expectation, const Cancellation&)
        {
            ++auditions;
            AuditionReport report;
            report.isSound = auditionHears;
            if (expectation.isEdit)
                report.notes = {"Amp treble from 5.0 to 6.0"};
            else
                preset.parameters["output.level"_p] = -3;
            return report;
        };
        options.expect = [](const GenerationRequest& request, const Preset&)
        {
            ToneExpectation expectation;
            expectation.isEdit = request.prompt.starts_with("edit");
            return expectation;
        };
    }

    std::shared_ptr<ScriptedGenerator> scripted(ScriptedGenerator::Script script)
    {
        return std::make_shared<ScriptedGenerator>(std::move(script));
    }

    PresetGenerationManager& start(std::shared_ptr<PresetGenerator> languageModel = nullptr)
    {
        manager =
            std::make_unique<PresetGenerationManager>(outbox, offline, std::move(languageModel), options);
        return *manager;
    }

    RequestId submit(const std::string& prompt, Engine engine = Engine::automatic,
                     RequestPriority priority = RequestPriority::interactive)
    {
        GenerationRequest request;
        request.prompt = prompt;
        request.engine = engine;
        request.priority = priority;
        return manager->generatePresetFromText(request);
    }

    PresetGenerated generated(RequestId id)
    {
        const auto terminal = messages.terminalOf(id);
        if (!terminal || !std::holds_alternative<PresetGenerated>(*terminal))
            throw std::runtime_error("no preset came");
        return std::get<PresetGenerated>(*terminal);
    }

    GenerationError failure(RequestId id)
    {
        const auto terminal = messages.terminalOf(id);
        if (!terminal || !std::holds_alternative<PresetGenerationFailed>(*terminal))
            throw std::runtime_error("no failure came");
        return std::get<PresetGenerationFailed>(*terminal).error;
    }

    /// Whether a condition comes true within a generous while.
    static bool becomes(const std::function<bool()>& condition)
    {
        for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
             std::chrono::steady_clock::now() < end;)
        {
            if (condition())
                return true;
            std::this_thread::yield();
        }
        return false;
    }

    IsolatedEnvironment environment;
    ThreadSafeQueue<Message> outbox;
    MessageCollector messages{outbox};
    GenerationOptions options;
    std::atomic<int> auditions{0};
    std::atomic<bool> auditionHears{true};
    std::shared_ptr<ScriptedGenerator> offline =
        scripted([](const auto& request, const auto&) { return named("offline", request); });
    std::unique_ptr<PresetGenerationManager> manager; // the last: goes first
};

} // namespace tonewright::test
