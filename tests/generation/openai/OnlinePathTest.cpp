#include "generation/openai/CurlLibrary.h"
#include "generation/openai/OnlineFixture.h"
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
using test::sentinel;
using Manner = test::FakeAnswer::Manner;

class OnlinePathTest : public test::OnlineFixture
{
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

TEST_F(OnlinePathTest, WhatAModelMeansIsHeardEvenWhereItsSettingsSayOtherwise)
{
    options.audition = {};
    options.expect = {};
    start();
    // Its own equaliser makes dark what it means to be bright.
    server.answer({test::chatAnswer(
        R"({"intent":{"gain":"clean","brightness":0.7},"stages":{"equaliser":{"enabled":true,"high_mid_gain":-4,"high_gain":-6}}})")});
    const auto preset = generate("something for the second verse");
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_GT(preset.parameters["equaliser.high_gain"_p], -6);
    EXPECT_NE(preset.explanation.find("After listening, moved Equaliser"), std::string::npos)
        << preset.explanation;
}

TEST_F(OnlinePathTest, AnEditSaysWhatChangedAndTellsTheModelHowTheToneMeasures)
{
    server.answer({test::chatAnswer(R"({"startFrom":"current","stages":{"amp":{"gain":3}}})")});
    GenerationRequest request;
    request.prompt = "less gain";
    request.current.emplace();
    const auto terminal = messages.terminalOf(manager->generatePresetFromText(request));
    ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerated>(*terminal));
    EXPECT_EQ(std::get<PresetGenerated>(*terminal).preset.explanation, "Changed Amp gain from 4.0 to 3.0.");
    const auto sent = json::parse(server.requests().at(0).body);
    const auto user = json::parse(sent["messages"][1]["content"].get<std::string>());
    EXPECT_GT(user["heard"]["brightness ERB"], 5);
    EXPECT_LT(user["heard"]["loudness LUFS"], 0);
}

TEST_F(OnlinePathTest, AnAlternativeThatSaysTheSameAgainIsSetApart)
{
    server.answer({test::chatAnswer(test::goodTone())});
    GenerationRequest request;
    request.prompt = "crunch";
    request.others = {generate("crunch")};
    request.variation = 1;
    const auto terminal = messages.terminalOf(manager->generatePresetFromText(request));
    ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerated>(*terminal));
    const auto& preset = std::get<PresetGenerated>(*terminal).preset;
    EXPECT_EQ(preset.source.variation, 1);
    EXPECT_NE(preset.parameters, request.others[0].parameters);
    EXPECT_NE(preset.source.difference, "");
    const auto sent = json::parse(server.requests().at(1).body);
    EXPECT_GT(sent["temperature"], json::parse(server.requests().at(0).body)["temperature"]);
    EXPECT_EQ(json::parse(sent["messages"][1]["content"].get<std::string>())["already"].size(), 1u);
}

TEST_F(OnlinePathTest, WhereNothingStandsInTheFailureItselfIsTold)
{
    server.answer({test::errorAnswer(401, "invalid_api_key", "no")});
    GenerationRequest request;
    request.prompt = "crunch";
    request.mayFallBack = false;
    const auto terminal = messages.terminalOf(manager->generatePresetFromText(request));
    ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerationFailed>(*terminal));
    EXPECT_EQ(std::get<PresetGenerationFailed>(*terminal).error.kind, GenerationErrorKind::badKey);
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

TEST_F(OnlinePathTest, AServerThatIgnoresOneWayOfAskingIsAskedTheNextWayFromThenOn)
{
    server.answer({test::chatAnswer("A tweed amp, gain at noon."), test::chatAnswer(test::goodTone())});
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_EQ(generate().name, "Fake Crunch");
    const auto isStrict = [&](std::size_t index)
    {
        const auto format = json::parse(server.requests().at(index).body)["response_format"];
        EXPECT_EQ(format["type"], "json_schema");
        return format["json_schema"].contains("strict");
    };
    EXPECT_TRUE(isStrict(0));
    EXPECT_FALSE(isStrict(1));
    EXPECT_FALSE(isStrict(2));
}

TEST_F(OnlinePathTest, AnUnusableAnswerDoesNotCostAServerItsSchema)
{
    const auto isStrict = [&](std::size_t index)
    {
        return json::parse(server.requests().at(index).body)["response_format"]["json_schema"].contains(
            "strict");
    };
    // It keeps to the schema, and leaves everything open: to some words there is nothing to say.
    server.answer({test::chatAnswer(R"({"name":"Nothing","stages":{}})")});
    EXPECT_TRUE(generate().source.fallback);
    ASSERT_EQ(server.requestCount(), 2u);
    EXPECT_TRUE(isStrict(1));
    // It says no in prose, twice: the looser question was of no help either.
    server.answer({test::chatAnswer("I would rather not.")});
    EXPECT_TRUE(generate().source.fallback);
    ASSERT_EQ(server.requestCount(), 4u);
    EXPECT_FALSE(isStrict(3));
    server.answer({test::chatAnswer(test::goodTone())});
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_TRUE(isStrict(4));
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
