// What the message thread and the player wait for: handing in a prompt, seeing its answer, cancelling, and
// the end of the plugin, in every phase of a request. Each line's counters are milliseconds or microseconds
// as named: p50, p99 and the worst of all rounds.
#include "generation/PresetGenerationManager.h"
#include "generation/RequestPhases.h"
#include "generation/openai/OpenAiGenerator.h"
#include "messaging/MessageDispatcher.h"
#include "support/TemporaryFolder.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <random>
#include <thread>

namespace
{
using namespace tonewright;
using std::chrono::steady_clock;

double microsecondsSince(steady_clock::time_point start)
{
    return std::chrono::duration<double, std::micro>(steady_clock::now() - start).count();
}

/// What the calling thread itself has used: tells its own work from what others took away from it.
double threadMicroseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// Settings and logs in a folder of their own, no proxy.
struct Isolation
{
    Isolation()
    {
        ::setenv("TONEWRIGHT_CONFIG_DIR", folder.path().c_str(), 1);
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"})
            ::unsetenv(name);
    }
    test::TemporaryFolder folder;
};

/// Durations of all rounds.
class Durations
{
public:
    void add(double duration) { all.push_back(duration); }

    void report(benchmark::State& state, const std::string& prefix)
    {
        std::sort(all.begin(), all.end());
        const auto at = [this](double share) {
            return all[std::min(all.size() - 1,
                                static_cast<std::size_t>(share * static_cast<double>(all.size())))];
        };
        state.counters[prefix + "p50"] = at(0.50);
        state.counters[prefix + "p99"] = at(0.99);
        state.counters[prefix + "max"] = all.back();
    }

private:
    std::vector<double> all;
};

class Immediate final : public PresetGenerator
{
public:
    Result<Preset, GenerationError> generate(const GenerationRequest&, const Cancellation&,
                                             const ProgressCallback&) override
    {
        return Preset{};
    }
};

GenerationOptions withoutAudition()
{
    GenerationOptions options;
    options.audition = [](Preset&, const ToneExpectation&, const Cancellation&) { return AuditionReport{}; };
    options.expect = [](const GenerationRequest&, const Preset&) { return ToneExpectation{}; };
    return options;
}

GenerationRequest requestFor(Engine engine)
{
    GenerationRequest request;
    request.prompt = "warm jazz clean with a bit of plate, not too bright";
    request.engine = engine;
    request.current = Preset{}; // as the plugin does, for edits
    return request;
}

/// generatePresetFromText() on the message thread, while two workers answer as fast as they can. The target
/// is 50 us (p99).
void BM_submitMicroseconds(benchmark::State& state)
{
    const Isolation isolation;
    ThreadSafeQueue<Message> outbox;
    PresetGenerationManager manager(outbox, std::make_shared<Immediate>(), nullptr, withoutAudition());
    manager.generatePresetFromText(requestFor(Engine::offline)); // starts the workers
    Durations durations, work;
    for (auto _ : state)
    {
        auto request = requestFor(Engine::offline);
        const auto workBefore = threadMicroseconds();
        const auto begin = steady_clock::now();
        manager.generatePresetFromText(std::move(request));
        const auto took = microsecondsSince(begin);
        work.add(threadMicroseconds() - workBefore);
        durations.add(took);
        state.SetIterationTime(took / 1e6);
        for (Message message; outbox.tryPop(message);)
        {
        }
        // A player is slower than this by far; without a pause the figure would be that of a full queue.
        while (manager.getGenerationQueueSize() > 4)
            std::this_thread::yield();
    }
    durations.report(state, "");
    work.report(state, "work ");
}
BENCHMARK(BM_submitMicroseconds)->UseManualTime()->Iterations(20'000);

/// From a worker's push to the handler, at the plugin's 60 Hz. The target is 17 ms (p99).
void BM_answerToHandlerMilliseconds(benchmark::State& state)
{
    struct Handler final : MessageHandler
    {
        void handle(const StatusUpdate&) override {}
        void handle(const PresetGenerationStarted&) override {}
        void handle(const PresetGenerated& message) override
        {
            const auto took = microsecondsSince(message.time) / 1000;
            durations.add(took);
            ++answers;
        }
        void handle(const PresetGenerationFailed&) override {}
        void handle(const ParameterChanged&) override {}
        Durations durations;
        int answers = 0;
    };
    const Isolation isolation;
    constexpr std::chrono::microseconds tick{16'667};
    ThreadSafeQueue<Message> outbox;
    Handler handler;
    MessageDispatcher dispatcher(outbox, handler);
    PresetGenerationManager manager(outbox, std::make_shared<Immediate>(), nullptr, withoutAudition());
    std::mt19937 random(1);
    std::uniform_int_distribution<int> phase(0, static_cast<int>(tick.count()));
    for (auto _ : state)
    {
        const auto start = steady_clock::now();
        for (int ticks = 1; handler.answers < 400; ++ticks)
        {
            // Somewhere between two ticks a prompt is handed in.
            std::this_thread::sleep_until(start + (ticks - 1) * tick +
                                          std::chrono::microseconds(phase(random)));
            manager.generatePresetFromText(requestFor(Engine::offline));
            std::this_thread::sleep_until(start + ticks * tick);
            dispatcher.dispatch();
        }
    }
    handler.durations.report(state, "");
}
BENCHMARK(BM_answerToHandlerMilliseconds)->Iterations(1)->UseRealTime();

const std::string answerBody = "{\"choices\":[" + std::string(2000, ' ');

/// One request that stands in a phase, and one that waits behind it.
struct Standing
{
    Standing(const test::RequestPhase& phase, ThreadSafeQueue<Message>& outbox)
    {
        const auto model = std::make_shared<OpenAiGenerator>();
        model->setServer({phase.baseUrl, "m", "k"});
        manager = std::make_unique<PresetGenerationManager>(outbox, std::make_shared<Immediate>(), model,
                                                            withoutAudition());
        manager->setMaxConcurrentRequests(1);
        ids = {manager->generatePresetFromText(requestFor(Engine::openAi)),
               manager->generatePresetFromText(requestFor(Engine::openAi))};
        phase.waitUntilThere();
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // well inside
    }
    std::vector<RequestId> ids;
    std::unique_ptr<PresetGenerationManager> manager;
};

void waitForTerminal(ThreadSafeQueue<Message>& outbox, RequestId id)
{
    for (Message message;;)
        if (outbox.tryPop(message) && isTerminal(message) &&
            std::visit([](const auto& content) { return content.id; }, message) == id)
            return;
}

constexpr int rounds = 40;

/// cancel() of a request in a phase to its terminal message, of one that is queued behind it, and until the
/// worker is free again. The target is 50 ms.
void BM_cancelMilliseconds(benchmark::State& state)
{
    const Isolation isolation;
    test::RequestPhases phases(answerBody);
    const auto& phase = phases.all().at(static_cast<std::size_t>(state.range(0)));
    state.SetLabel(phase.name);
    Durations message, worker;
    for (auto _ : state)
        for (int round = 0; round < rounds; ++round)
        {
            ThreadSafeQueue<Message> outbox;
            const Standing standing(phase, outbox);
            auto& manager = *standing.manager;
            const auto begin = steady_clock::now();
            for (const auto id : standing.ids)
            {
                manager.cancel(id);
                waitForTerminal(outbox, id);
            }
            message.add(microsecondsSince(begin) / 1000);
            waitForTerminal(outbox, manager.generatePresetFromText(requestFor(Engine::offline)));
            worker.add(microsecondsSince(begin) / 1000);
        }
    message.report(state, "message ");
    worker.report(state, "worker ");
}
BENCHMARK(BM_cancelMilliseconds)->DenseRange(0, 6)->Iterations(1)->UseRealTime();

/// The manager's destructor while a request stands in a phase. The target is 250 ms.
void BM_destroyMilliseconds(benchmark::State& state)
{
    const Isolation isolation;
    test::RequestPhases phases(answerBody);
    const auto& phase = phases.all().at(static_cast<std::size_t>(state.range(0)));
    state.SetLabel(phase.name);
    Durations durations;
    for (auto _ : state)
        for (int round = 0; round < rounds; ++round)
        {
            ThreadSafeQueue<Message> outbox;
            Standing standing(phase, outbox);
            const auto begin = steady_clock::now();
            standing.manager.reset();
            durations.add(microsecondsSince(begin) / 1000);
        }
    durations.report(state, "");
}
BENCHMARK(BM_destroyMilliseconds)->DenseRange(0, 6)->Iterations(1)->UseRealTime();

} // namespace
