// bench tone against servers on the loopback: sensible, wordy, lying, broke and slow.

#include "Program.h"
#include "support/FakeServer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <string>
#include <vector>

namespace tonewright::test
{
namespace
{
using nlohmann::json;

FakeAnswer said(const std::string& text)
{
    const json body{
        {"choices", {{{"index", 0}, {"message", {{"content", text}}}, {"finish_reason", "stop"}}}}};
    return {200, body.dump()};
}

/// What a model that understands a few words would mean.
json intentFor(const ReceivedRequest& request)
{
    const auto user = json::parse(request.body)["messages"][1]["content"].get<std::string>();
    const auto words = json::parse(user)["words"].get<std::string>();
    const auto has = [&words](const char* word) { return words.find(word) != std::string::npos; };
    return {{"gain", has("crunch") ? "crunch" : "clean"},
            {"brightness", has("bright") ? 0.6
                           : has("dark") ? -0.6
                                         : 0.0},
            {"amp", "unsaid"},
            {"reverb", nullptr}};
}

class BenchTone : public testing::Test
{
protected:
    BenchTone()
    {
        program.environment = {"OPENAI_BASE_URL=" + server.baseUrl(), "TONEWRIGHT_MODEL=fake"};
        program.write("cases.json", cases);
    }

    static std::vector<std::string> arguments()
    {
        return {"bench", "tone",           "--engine", "openai",  "--runs",
                "1",     "--no-baselines", "--json",   "--cases", "cases.json"};
    }

    Outcome bench() const { return program.run(arguments()); }

    static json engineOf(const Outcome& outcome)
    {
        return json::parse(outcome.output, nullptr, false)["engines"][0];
    }

    static constexpr auto cases = R"({"suite": "direction", "boards": {"n": {}}, "cases": [
        {"id": "bright", "tones": {"a": {"prompt": "bright clean"}, "b": {"prompt": "dark clean"}}, "riffs": ["chords"],
         "checks": [{"measure": "brightness", "of": "a", "minus": "b", "min": 0.3}]}]})";

    FakeServer server;
    Program program;
};

TEST_F(BenchTone, AModelThatMeansTheRightThingScores)
{
    server.answerBy(
        [](const ReceivedRequest& request) {
            return said(
                json{{"name", "x"}, {"startFrom", "defaults"}, {"intent", intentFor(request)}}.dump());
        });
    const auto outcome = bench();
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    const auto engine = engineOf(outcome);
    EXPECT_EQ(engine["cases"][0]["score"], 1.0) << engine.dump(1);
    EXPECT_EQ(engine["asked"], 2);
    EXPECT_TRUE(engine["unanswered"].empty());
    EXPECT_EQ(server.requestCount(), 2u);
    EXPECT_NE(outcome.errors.find("2 prompts"), std::string::npos) << outcome.errors;
}

TEST_F(BenchTone, AModelThatIgnoresTheSchemaScoresTheSame)
{
    server.answerBy(
        [](const ReceivedRequest& request)
        {
            return said("Of course! {Here} you go:\n```json\n{\"tone\": {\"intent\": " +
                        intentFor(request).dump() + ",},}\n```\nHave fun!");
        });
    const auto outcome = bench();
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(engineOf(outcome)["cases"][0]["score"], 1.0);
}

TEST_F(BenchTone, GarbageScoresNothingAndIsCounted)
{
    server.answer({said("rm -rf /")});
    const auto outcome = bench();
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    const auto engine = engineOf(outcome);
    EXPECT_EQ(engine["cases"][0]["score"], 0.0);
    EXPECT_EQ(engine["unanswered"].size(), 1u);
    EXPECT_EQ(engine["unanswered"].front(), 2);
    EXPECT_EQ(program.files(), (std::vector<std::string>{"cases.json"})) << "nothing was written or run";
}

TEST_F(BenchTone, AServerThatCannotAnswerEndsTheRunWithOneSentence)
{
    const json noCredit{
        {"error", {{"message", "You exceeded your current quota."}, {"code", "insufficient_quota"}}}};
    server.answer({{429, noCredit.dump()}});
    const auto outcome = bench();
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_EQ(outcome.output, "");
    EXPECT_NE(outcome.errors.find("Stopped after 1 prompt: The account at 127.0.0.1 has no credit left"),
              std::string::npos)
        << outcome.errors;
    EXPECT_EQ(server.requestCount(), 1u) << "no further cost";
}

TEST_F(BenchTone, CtrlCEndsItWhileItWaitsForAnAnswer)
{
    server.answer({{200, "", {}, FakeAnswer::Manner::hang}});
    std::chrono::steady_clock::time_point pressed;
    const auto outcome = program.runAndSignal(arguments(), SIGINT,
                                              [&]
                                              {
                                                  EXPECT_TRUE(server.waitForRequests(1));
                                                  pressed = std::chrono::steady_clock::now();
                                              });
    constexpr std::chrono::seconds farLessThanTheTimeout{10}; // of 30 s, twice repeated
    EXPECT_LT(std::chrono::steady_clock::now() - pressed, farLessThanTheTimeout);
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_TRUE(outcome.errors.ends_with("Cancelled.\n")) << outcome.errors;
    EXPECT_EQ(outcome.output, "");
    EXPECT_EQ(server.requestCount(), 1u);
}
} // namespace
} // namespace tonewright::test
