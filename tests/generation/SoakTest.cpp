// Many requests against a server of which a fifth of the answers is faulty. TONEWRIGHT_SOAK_REQUESTS sets the
// number (2,000 where it is not set; 10,000 before a release).
#include "generation/OnlineSupport.h"
#include "generation/PresetGenerationManager.h"
#include "generation/openai/OpenAiGenerator.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <thread>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TONEWRIGHT_SANITIZED 1
#else
#define TONEWRIGHT_SANITIZED 0
#endif

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using Manner = test::FakeAnswer::Manner;

std::size_t requestedCount()
{
    const char* text = std::getenv("TONEWRIGHT_SOAK_REQUESTS");
    const auto number = text != nullptr ? std::strtoul(text, nullptr, 10) : 0;
    return number > 0 ? number : (TONEWRIGHT_SANITIZED ? 500 : 2000);
}

std::size_t entriesOf(const char* folder)
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        count += entry.path().empty() ? 0u : 1u;
    return count;
}

/// Resident memory in MiB.
double residentMemory()
{
    std::size_t total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1u << 20);
}

class OfflineStandIn final : public PresetGenerator
{
public:
    Result<Preset, GenerationError> generate(const GenerationRequest& request, const Cancellation&,
                                             const ProgressCallback&) override
    {
        Preset preset;
        preset.prompt = request.prompt;
        preset.source.engine = "offline";
        return preset;
    }
};

/// One answer in five is one of these.
std::vector<test::FakeAnswer> faults()
{
    const auto good = test::chatAnswer(test::goodTone());
    const auto cut = good.body.substr(0, good.body.size() / 2);
    std::vector<test::FakeAnswer> result{
        test::errorAnswer(500, "server_error", "oops"),
        test::errorAnswer(503, "overloaded", "busy"),
        test::errorAnswer(429, "rate_limit_exceeded", "slow", {"retry-after-ms: 1"}),
        test::errorAnswer(429, "insufficient_quota", "You exceeded your current quota"),
        test::errorAnswer(401, "invalid_api_key", "no"),
        test::errorAnswer(404, "model_not_found", "no"),
        {502, "<html>502</html>", {"Content-Type: text/html"}},
        {204, ""},
        {308, "", {"Location: https://elsewhere.example/"}},
        {200, good.body, {}, Manner::reset},
        {200, good.body, {}, Manner::closeInBody},
        {200, good.body, {}, Manner::hang},
        {200, good.body, {}, Manner::hangInBody},
        {200, cut},
        {200, ""},
        {.raw = "220 smtp ready\r\n"},
        test::chatAnswer("I would turn the gain up."),
        test::chatAnswer(R"({"name":"x","stages":{"amp":{"gain":1e308,"model":17}}})"),
        test::chatAnswer(test::goodTone().substr(0, 60), "length"),
        {200, R"({"choices":[]})"},
        {200, R"({"error":{"message":"upstream","code":502}})"},
    };
    return result;
}

TEST(Soak, EveryRequestEndsOnceThoughAFifthOfTheAnswersIsFaultyAndNothingIsLeft) // M2, M11, Q2, Q11
{
    const auto count = requestedCount();
    constexpr int limit = 4;
    const test::IsolatedEnvironment environment;
    const auto begin = std::chrono::steady_clock::now();
    const auto handlesBefore = entriesOf("/proc/self/fd");
    const auto threadsBefore = entriesOf("/proc/self/task");
    std::set<RequestId> ended;
    std::size_t presets = 0, failures = 0;
    double memoryWarm = 0, memoryAtEnd = 0;
    GenerationStatistics figures;
    {
        test::FakeServer server;
        server.forgetRequests();
        std::atomic<unsigned> turn{0};
        server.answerBy(
            [&, bad = faults(), good = test::chatAnswer(test::goodTone())](const test::ReceivedRequest&)
            {
                const auto number = turn++;
                return number % 5 == 2 ? bad[number / 5 % bad.size()] : good;
            });
        ThreadSafeQueue<Message> outbox;
        GenerationOptions options;
        options.jitterSeed = 1;
        options.retry.firstWait = milliseconds(1);
        options.audition = [](Preset&, const ToneExpectation&, const Cancellation&)
        { return AuditionReport{}; };
        options.expect = [](const GenerationRequest&, const Preset&) { return ToneExpectation{}; };
        const auto model = std::make_shared<OpenAiGenerator>();
        model->setServer({server.baseUrl(), "m", "k"});
        PresetGenerationManager manager(outbox, std::make_shared<OfflineStandIn>(), model, options);
        manager.setMaxConcurrentRequests(limit);
        manager.setTimeout(milliseconds(TONEWRIGHT_SANITIZED ? 400 : 100));
        constexpr std::size_t mostAtOnce = 200;
        for (std::size_t submitted = 0; ended.size() < count;)
        {
            for (; submitted < count && submitted < ended.size() + mostAtOnce; ++submitted)
            {
                GenerationRequest request;
                request.prompt = "crunch";
                request.priority =
                    submitted % 3 == 0 ? RequestPriority::background : RequestPriority::interactive;
                manager.generatePresetFromText(std::move(request));
            }
            Message message;
            if (!outbox.tryPop(message))
                std::this_thread::sleep_for(milliseconds(1)); // the queue is polled, as by the timer
            else
            {
                const auto id = test::idOf(message);
                ASSERT_FALSE(ended.contains(id)) << "a message after the terminal one";
                if (!isTerminal(message))
                    continue;
                ended.insert(id);
                ++(std::holds_alternative<PresetGenerated>(message) ? presets : failures);
                if (ended.size() == count / 10)
                    memoryWarm = residentMemory();
            }
            ASSERT_LT(test::millisecondsSince(begin), 280'000 + 100.0 * static_cast<double>(count));
        }
        figures = manager.statistics();
        memoryAtEnd = residentMemory();
        EXPECT_LE(server.peakConcurrency(), static_cast<std::size_t>(limit)) << "counted at the server";
        EXPECT_FALSE(manager.isGeneratingPreset());
        EXPECT_EQ(outbox.approximateSize(), 0u);
    }
    EXPECT_EQ(ended.size(), count);
    EXPECT_EQ(presets, count) << "whatever the server does, the built-in generator answers";
    EXPECT_EQ(figures.submitted, count);
    EXPECT_EQ(figures.answered + figures.fallbacks, count);
    EXPECT_GT(figures.retries.total(), count / 50);
    EXPECT_GT(figures.fallbacks, 0u);
    EXPECT_LE(figures.runningPeak, static_cast<std::size_t>(limit));
    EXPECT_EQ(entriesOf("/proc/self/fd"), handlesBefore);
    EXPECT_EQ(entriesOf("/proc/self/task"), threadsBefore);
    if (!TONEWRIGHT_SANITIZED) // LeakSanitizer counts there
    {
        EXPECT_LT(memoryAtEnd - memoryWarm, 32.0) << "MiB more than after a tenth of the requests";
    }
    std::cout << "[ soak     ] " << count << " requests in " << test::millisecondsSince(begin) / 1000
              << " s: " << figures.answered << " answered, " << figures.fallbacks << " by fallback, "
              << figures.attempts << " attempts, " << figures.retries.total() << " retries, p99 "
              << figures.timeToAnswer.p99.count() / 1000 << " ms, memory " << memoryWarm << " -> "
              << memoryAtEnd << " MiB, " << figures.traffic.bytesSent / 1024 << " KiB sent\n";
}
} // namespace
} // namespace tonewright
