#include "generation/GenerationSettings.h"
#include "generation/OnlineSupport.h"
#include "generation/PresetGenerationManager.h"
#include "generation/openai/CurlLibrary.h"
#include "generation/openai/HttpTransport.h"
#include "generation/openai/OpenAiGenerator.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <thread>

namespace tonewright
{
namespace
{
using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Manner = test::FakeAnswer::Manner;

const std::string sentinel = "tw-SENTINEL-0123456789";

/// Stands in for the built-in generator.
class PlainGenerator final : public PresetGenerator
{
public:
    Result<Preset, GenerationError> generate(const GenerationRequest& request, const Cancellation&,
                                             const ProgressCallback&) override
    {
        Preset preset;
        preset.name = "plain";
        preset.prompt = request.prompt;
        preset.source.engine = "offline";
        return preset;
    }
};

/// The whole way from a prompt to a message, over a real socket.
class OnlinePathTest : public testing::Test
{
protected:
    OnlinePathTest()
    {
        options.jitterSeed = 1;
        options.retry.firstWait = milliseconds(1);
        options.audition = [](Preset&, const Cancellation&) { return AuditionReport{}; };
        options.isEdit = [](const GenerationRequest&) { return false; };
        model->setServer({server.baseUrl(), "fake-model", sentinel});
        start();
    }

    void start()
    {
        manager = std::make_unique<PresetGenerationManager>(outbox, std::make_shared<PlainGenerator>(), model,
                                                            options);
        manager->setTimeout(milliseconds(5000));
    }

    RequestId submit(const std::string& prompt = "classic rock crunch")
    {
        GenerationRequest request;
        request.prompt = prompt;
        return manager->generatePresetFromText(request);
    }

    Preset generate(const std::string& prompt = "classic rock crunch")
    {
        const auto id = submit(prompt);
        const auto terminal = messages.terminalOf(id);
        if (!terminal || !std::holds_alternative<PresetGenerated>(*terminal))
            throw std::runtime_error("no preset came");
        EXPECT_EQ(messages.terminalCount(id), 1u);
        lastDetail = std::get<PresetGenerated>(*terminal).detail;
        return std::get<PresetGenerated>(*terminal).preset;
    }

    test::IsolatedEnvironment environment;
    test::FakeServer server;
    ThreadSafeQueue<Message> outbox;
    test::MessageCollector messages{outbox};
    GenerationOptions options;
    std::shared_ptr<OpenAiGenerator> model = std::make_shared<OpenAiGenerator>();
    std::string lastDetail;
    std::unique_ptr<PresetGenerationManager> manager; // the last: goes first
};

TEST_F(OnlinePathTest, AGoodAnswerBecomesThePreset)
{
    server.answer({test::chatAnswer(test::goodTone())});
    const auto preset = generate();
    EXPECT_EQ(preset.name, "Fake Crunch");
    EXPECT_EQ(preset.prompt, "classic rock crunch");
    EXPECT_EQ(preset.source.engine, "openai");
    EXPECT_EQ(preset.source.model, "fake-model");
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_DOUBLE_EQ(preset.source.confidence, 1.0);
    EXPECT_FLOAT_EQ(preset.parameters["amp.gain"_p], 6.5f);
    EXPECT_NE(preset.explanation, "");
    EXPECT_EQ(preset.explanation.find("Mid-forward crunch"), std::string::npos)
        << "made from the values, not from what the model claims";
    const auto sent = json::parse(server.requests().at(0).body);
    EXPECT_NE(sent["messages"][1]["content"].get<std::string>().find("classic rock crunch"),
              std::string::npos);
    EXPECT_EQ(server.requestCount(), 1u);
}

TEST_F(OnlinePathTest, EveryBadAnswerEndsInOneSentenceAndAFallbackPreset)
{
    const auto good = test::goodTone();
    const auto goodBody = test::chatAnswer(good).body;
    struct Case
    {
        std::string name;
        test::FakeAnswer answer;
        std::size_t requests; ///< how often the server was asked
    };
    const std::vector<Case> cases{
        {"wrong key", test::errorAnswer(401, "invalid_api_key", "Incorrect API key provided: " + sentinel),
         1},
        {"forbidden", test::errorAnswer(403, "country", "not here"), 1},
        {"no money", test::errorAnswer(429, "insufficient_quota", "You exceeded your current quota"), 1},
        {"payment required", test::errorAnswer(402, "credits", "Insufficient credits"), 1},
        {"no such model", test::errorAnswer(404, "model_not_found", "The model does not exist"), 1},
        {"wrong address", {404, "<html>not found</html>", {"Content-Type: text/html"}}, 1},
        {"rate limit", test::errorAnswer(429, "rate_limit_exceeded", "slow down"), 3},
        {"rate limit for ever",
         test::errorAnswer(429, "rate_limit_exceeded", "slow", {"Retry-After: 100000"}), 1},
        {"do not retry", test::errorAnswer(500, "x", "no", {"x-should-retry: false"}), 1},
        {"server error", test::errorAnswer(500, "server_error", "oops"), 3},
        {"bad gateway in HTML", {502, "<html>502</html>", {"Content-Type: text/html"}}, 3},
        {"unavailable", {503, ""}, 3},
        {"redirect", {308, "", {"Location: https://elsewhere.example/"}}, 1},
        {"broken JSON", {200, "{\"choices\": ["}, 1},
        {"HTML under 200", {200, "<html>login</html>"}, 1},
        {"empty body", {200, ""}, 1},
        {"no content", {204, ""}, 1},
        {"no choices", {200, R"({"choices":[]})"}, 1},
        {"content null", {200, R"({"choices":[{"message":{"content":null},"finish_reason":"stop"}]})"}, 1},
        {"refusal",
         {200, R"({"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]})"},
         1},
        {"content filter", test::chatAnswer(good.substr(0, 40), "content_filter"), 1},
        {"error under 200", {200, R"({"error":{"message":"upstream","code":502}})"}, 3},
        {"prose", test::chatAnswer("I'd turn the gain up a bit."), 2},
        {"cut, says length", test::chatAnswer(good.substr(0, good.size() / 2), "length"), 2},
        {"cut, says stop", test::chatAnswer(good.substr(0, good.size() - 2)), 2},
        {"no parameters", test::chatAnswer(R"({"name":"x","stages":{}})"), 2},
        {"event stream",
         {200, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n", {"Content-Type: text/event-stream"}},
         1},
        {"reset", {200, goodBody, {}, Manner::reset}, 3},
        {"cut connection", {200, goodBody, {}, Manner::closeInBody}, 3},
        {"no HTTP", {.raw = "220 smtp ready\r\n"}, 3},
        {"endless body", {200, "", {}, Manner::endless}, 1},
        {"endless header", {200, "", {}, Manner::endlessHeader}, 1},
        {"compressed", {200, goodBody, {"Content-Encoding: gzip"}}, 3},
    };
    for (const auto& [name, answer, requests] : cases)
    {
        SCOPED_TRACE(name);
        const auto before = server.requestCount();
        server.answer({answer});
        const auto start = steady_clock::now();
        const auto preset = generate();
        EXPECT_LT(test::millisecondsSince(start), 15'000);
        EXPECT_EQ(server.requestCount() - before, requests);
        EXPECT_EQ(preset.name, "plain");
        EXPECT_TRUE(preset.source.fallback);
        const auto& reason = preset.source.fallbackReason;
        EXPECT_TRUE(reason.ends_with('.')) << reason;
        EXPECT_LT(reason.size(), 200u) << reason;
        EXPECT_EQ(reason.find_first_of("\n{<"), std::string::npos) << reason;
        EXPECT_EQ((reason + lastDetail).find("SENTINEL"), std::string::npos) << lastDetail;
        EXPECT_NE(lastDetail, "");
    }
}

TEST_F(OnlinePathTest, AHangingServerEndsInASentenceAfterTheTimeout)
{
    manager->setTimeout(milliseconds(200));
    manager->setRetryCount(1);
    for (const auto manner : {Manner::hang, Manner::hangInBody, Manner::drip})
    {
        const auto before = server.requestCount();
        server.answer({{200, test::chatAnswer(test::goodTone()).body, {}, manner}});
        const auto start = steady_clock::now();
        const auto preset = generate();
        EXPECT_GE(test::millisecondsSince(start), 390) << "two attempts";
        EXPECT_LT(test::millisecondsSince(start), 10'000);
        EXPECT_TRUE(preset.source.fallback);
        EXPECT_NE(preset.source.fallbackReason.find("in time"), std::string::npos);
        EXPECT_EQ(server.requestCount() - before, 2u);
    }
}

TEST_F(OnlinePathTest, ASlowAnswerIsWaitedFor)
{
    auto slow = test::chatAnswer(test::goodTone());
    slow.manner = Manner::drip;
    slow.pause = milliseconds(1);
    server.answer({slow});
    EXPECT_EQ(generate().name, "Fake Crunch");
}

TEST_F(OnlinePathTest, ARateLimitIsWaitedOutAsTheServerAsks)
{
    server.answer({test::errorAnswer(429, "rate_limit_exceeded", "slow", {"retry-after-ms: 120"}),
                   test::errorAnswer(503, "overloaded", "busy"), test::chatAnswer(test::goodTone())});
    const auto start = steady_clock::now();
    const auto preset = generate();
    EXPECT_GE(test::millisecondsSince(start), 120);
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_EQ(server.requestCount(), 3u);
}

TEST_F(OnlinePathTest, ValuesOutOfRangeAreClampedAndUnknownOnesIgnored)
{
    const json tone = {{"name", "../../etc/passwd\n\x1b[31m"},
                       {"stages",
                        {{"amp", {{"enabled", true}, {"gain", 1e9}, {"bass", -40}, {"model", "Death Star"}}},
                         {"delay", {{"enabled", true}, {"feedback", 150}, {"time", 0}}},
                         {"output", {{"level", 60}}},
                         {"shell", {{"run", "rm -rf /"}}}}}};
    server.answer({test::chatAnswer(tone.dump())});
    const auto preset = generate();
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_FLOAT_EQ(preset.parameters["amp.gain"_p], 10);
    EXPECT_FLOAT_EQ(preset.parameters["amp.bass"_p], 0);
    EXPECT_FLOAT_EQ(preset.parameters["delay.feedback"_p], 95);
    EXPECT_FLOAT_EQ(preset.parameters["delay.time"_p], 20);
    EXPECT_FLOAT_EQ(preset.parameters["output.level"_p], 24);
    EXPECT_TRUE(preset.unknownParameters.empty());
    EXPECT_LT(preset.source.confidence, 1.0);
    EXPECT_EQ(preset.name.find_first_of("\n\x1b"), std::string::npos);
    auto legal = preset.parameters;
    legal.makeLegal();
    EXPECT_EQ(preset.parameters, legal);
}

TEST_F(OnlinePathTest, AServerThatIgnoresTheSchemaIsUnderstoodAnyway)
{
    server.answer(
        {test::chatAnswer("Sure, here is your tone:\n```json\n" + test::goodTone() + "\n```\nHave fun!")});
    const auto preset = generate();
    EXPECT_EQ(preset.name, "Fake Crunch");
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_EQ(server.requestCount(), 1u);
}

TEST_F(OnlinePathTest, AnUnusableAnswerIsSentBackOnceWithTheReason)
{
    server.answer(
        {test::chatAnswer(R"({"name":"Nothing","stages":{}})"), test::chatAnswer(test::goodTone())});
    EXPECT_EQ(generate().name, "Fake Crunch");
    const auto second = json::parse(server.requests().at(1).body)["messages"];
    ASSERT_EQ(second.size(), 4u);
    EXPECT_EQ(second[2]["role"], "assistant");
    EXPECT_NE(second[3]["content"].get<std::string>().find("set no parameter"), std::string::npos);
}

TEST_F(OnlinePathTest, ACutAnswerIsAskedForAgainWithMoreRoom)
{
    server.answer(
        {test::chatAnswer(test::goodTone().substr(0, 50), "length"), test::chatAnswer(test::goodTone())});
    EXPECT_EQ(generate().name, "Fake Crunch");
    const auto limit = [&](std::size_t index)
    { return json::parse(server.requests().at(index).body)["max_tokens"].get<int>(); };
    EXPECT_GT(limit(1), limit(0));
}

TEST_F(OnlinePathTest, TheKeyIsNowhereButInTheRequestToItsServer)
{
    const auto echo = "You sent Bearer " + sentinel + ", also tw-sentinel-0123456789.";
    auto tone = json::parse(test::goodTone());
    tone["name"] = "Key " + sentinel;
    tone["idea"] = echo;
    test::FakeServer elsewhere;
    const std::vector<test::FakeAnswer> answers{
        test::chatAnswer(tone.dump()),
        test::errorAnswer(401, sentinel, echo),
        test::errorAnswer(500, "x", echo, {"x-request-id: " + sentinel}),
        test::chatAnswer(echo),
        {200, json{{"choices", {{{"message", {{"content", nullptr}, {"refusal", echo}}}}}}}.dump()},
        {302, echo, {"Location: " + elsewhere.baseUrl() + "?key=" + sentinel}},
    };
    std::string everything;
    for (const auto& answer : answers)
    {
        server.answer({answer});
        everything += presetFileText(generate("crunch with " + sentinel)) + lastDetail;
    }
    for (const auto& message : messages.all())
        if (const auto* status = std::get_if<StatusUpdate>(&message))
            everything += status->text;
    manager.reset(); // the log is complete once nobody holds it
    const auto written = environment.allFileText();
    EXPECT_NE(written.find("HTTP 401"), std::string::npos) << "the log is there";
    everything += written;
    const auto start = everything.find("SENTINEL");
    // The built-in generator keeps the prompt as the player wrote it; nobody told it what the key is.
    std::string withoutPrompts = everything;
    for (auto at = withoutPrompts.find("crunch with " + sentinel); at != std::string::npos;
         at = withoutPrompts.find("crunch with " + sentinel))
        withoutPrompts.erase(at, ("crunch with " + sentinel).size());
    EXPECT_EQ(withoutPrompts.find("SENTINEL"), std::string::npos)
        << everything.substr(start > 100 ? start - 100 : 0, 200);
    EXPECT_EQ(withoutPrompts.find("sentinel"), std::string::npos);
    EXPECT_EQ(elsewhere.requestCount(), 0u);
}

TEST_F(OnlinePathTest, IsNotAskedWithoutAKeyAndSaysSoWhenForced)
{
    model->setServer({"https://api.openai.com/v1", "gpt-4o-mini", ""});
    EXPECT_FALSE(generate().source.fallback) << "automatic: the built-in generator is the plain answer";
    GenerationRequest request;
    request.prompt = "x";
    request.engine = Engine::openAi;
    const auto terminal = messages.terminalOf(manager->generatePresetFromText(request));
    ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerated>(*terminal));
    const auto& source = std::get<PresetGenerated>(*terminal).preset.source;
    EXPECT_TRUE(source.fallback);
    EXPECT_TRUE(source.fallbackReason.starts_with("No key")) << source.fallbackReason;
}

TEST_F(OnlinePathTest, FallsBackWhereLibcurlIsMissing)
{
    static const Result<CurlLibrary> none = Error{"The online generator needs libcurl."};
    model = std::make_shared<OpenAiGenerator>(makeCurlTransport(none));
    model->setServer({server.baseUrl(), "m", ""});
    start();
    EXPECT_EQ(generate().source.fallbackReason, "The online generator needs libcurl.");
}

TEST_F(OnlinePathTest, CancelAndDestructorAreQuickInEveryPhase)
{
    const auto body = test::chatAnswer(test::goodTone()).body;
    test::FullBacklog nowhere;
    struct Case
    {
        const char* phase;
        test::FakeAnswer answer;
        bool isConnecting;
    };
    for (const auto& [phase, answer, isConnecting] : {
             Case{"waiting for the first byte", {200, body, {}, Manner::hang}, false},
             Case{"in the body", {200, body, {}, Manner::hangInBody}, false},
             Case{"dripping", {200, body, {}, Manner::drip}, false},
             Case{"backing off", test::errorAnswer(429, "x", "y", {"Retry-After: 30"}), false},
             Case{"connecting", {200, body}, true},
         })
        for (const bool destroy : {false, true})
        {
            SCOPED_TRACE(phase);
            model->setServer({isConnecting ? nowhere.baseUrl() : server.baseUrl(), "m", ""});
            server.answer({answer});
            const auto before = server.requestCount();
            const auto id = submit();
            const auto queued = submit();
            ASSERT_TRUE(isConnecting || server.waitForRequests(before + 1));
            const auto begin = steady_clock::now();
            if (destroy)
                manager.reset();
            else
                manager->cancelAll();
            EXPECT_LT(test::millisecondsSince(begin), 2500);
            for (const auto each : {id, queued})
            {
                const auto terminal = messages.terminalOf(each);
                ASSERT_TRUE(terminal);
                ASSERT_TRUE(std::holds_alternative<PresetGenerationFailed>(*terminal));
                EXPECT_EQ(std::get<PresetGenerationFailed>(*terminal).error.kind,
                          GenerationErrorKind::cancelled);
                EXPECT_EQ(messages.terminalCount(each), 1u);
            }
            if (destroy)
                start();
        }
}

TEST_F(OnlinePathTest, TheServerNeverSeesMoreThanTheLimitAtOnce)
{
    server.answer({test::chatAnswer(test::goodTone())});
    std::vector<RequestId> ids;
    for (int count = 0; count < 60; ++count)
        ids.push_back(submit());
    for (const auto id : ids)
    {
        const auto terminal = messages.terminalOf(id);
        ASSERT_TRUE(terminal);
        EXPECT_TRUE(std::holds_alternative<PresetGenerated>(*terminal));
    }
    EXPECT_EQ(server.requestCount(), 60u);
    EXPECT_LE(server.peakConcurrency(), 2u);
}

TEST_F(OnlinePathTest, AFaultyServerLosesNoRequest)
{
    std::atomic<unsigned> turn{0};
    server.answerBy(
        [&](const test::ReceivedRequest&) -> test::FakeAnswer
        {
            const auto good = test::chatAnswer(test::goodTone());
            switch (turn++ % 10)
            {
            case 0:
                return test::errorAnswer(500, "x", "y");
            case 1:
                return {200, good.body, {}, Manner::reset};
            case 2:
                return {200, good.body, {}, Manner::closeInBody};
            case 3:
                return test::chatAnswer("lies");
            default:
                return good;
            }
        });
    manager->setMaxConcurrentRequests(4);
    std::vector<RequestId> ids;
    for (int count = 0; count < 200; ++count)
        ids.push_back(submit());
    for (const auto id : ids)
    {
        const auto terminal = messages.terminalOf(id, std::chrono::seconds(60));
        ASSERT_TRUE(terminal);
        EXPECT_TRUE(std::holds_alternative<PresetGenerated>(*terminal));
        EXPECT_EQ(messages.terminalCount(id), 1u);
    }
    EXPECT_FALSE(manager->isGeneratingPreset());
}
} // namespace
} // namespace tonewright
