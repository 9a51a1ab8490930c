#include "generation/openai/ApiClient.h"

#include "generation/OnlineSupport.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tonewright
{
namespace
{
using nlohmann::json;
using Kind = GenerationErrorKind;

class ApiClientTest : public testing::Test
{
protected:
    Result<ChatAnswer, GenerationError> ask(AnswerFormat format = AnswerFormat::strictSchema)
    {
        ChatQuestion question;
        question.messages = {{"system", "Be a JSON amp."}, {"user", "crunch"}};
        question.format = format;
        return client.complete(settings, question, never);
    }

    json body(std::size_t index) const { return json::parse(server.requests().at(index).body); }

    /// "strict", "loose", "object" or "text".
    std::string formatOf(std::size_t index) const
    {
        const auto sent = body(index);
        if (!sent.contains("response_format"))
            return "text";
        const auto& format = sent["response_format"];
        if (format["type"] == "json_object")
            return "object";
        return format["json_schema"].contains("strict") ? "strict" : "loose";
    }

    test::IsolatedEnvironment environment;
    test::FakeServer server;
    ServerSettings settings{server.baseUrl(), "some-model", "tw-SENTINEL-0123456789"};
    ApiClient client{makeCurlTransport()};
    Cancellation never;
};

TEST_F(ApiClientTest, SendsTheLeastThatCanSurprise)
{
    server.answer({test::chatAnswer("hello")});
    const auto answer = ask();
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->content, "hello");
    EXPECT_EQ(answer->format, AnswerFormat::strictSchema);
    const auto received = server.requests().at(0);
    EXPECT_EQ(received.path, "/v1/chat/completions");
    EXPECT_EQ(received.headers.at("authorization"), "Bearer tw-SENTINEL-0123456789");
    EXPECT_EQ(received.headers.at("content-type"), "application/json");
    const auto sent = body(0);
    std::set<std::string> members;
    for (const auto& [name, value] : sent.items())
        members.insert(name);
    EXPECT_EQ(members, (std::set<std::string>{"model", "messages", "response_format", "max_tokens"}));
    EXPECT_EQ(sent["model"], "some-model");
    EXPECT_EQ(sent["response_format"]["json_schema"]["strict"], true);
    EXPECT_EQ(sent["messages"][0]["role"], "system");
}

TEST_F(ApiClientTest, SendsNoAuthorizationWithoutAKey)
{
    settings.key.clear();
    server.answer({test::chatAnswer("hello")});
    ASSERT_TRUE(ask());
    EXPECT_FALSE(server.requests().at(0).headers.contains("authorization"));
}

TEST_F(ApiClientTest, GoesDownTheFormatsAndRemembersWhereItCameToRest)
{
    server.answerBy(
        [](const test::ReceivedRequest& request)
        {
            return request.body.find("response_format") == std::string::npos
                       ? test::chatAnswer("fine")
                       : test::errorAnswer(400, "unsupported", "response_format is not supported here");
        });
    const auto answer = ask();
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->format, AnswerFormat::text);
    ASSERT_EQ(server.requestCount(), 4u);
    EXPECT_EQ(formatOf(0) + " " + formatOf(1) + " " + formatOf(2) + " " + formatOf(3),
              "strict loose object text");
    ASSERT_TRUE(ask());
    ASSERT_EQ(server.requestCount(), 5u) << "remembered";
    EXPECT_EQ(formatOf(4), "text");
    settings.model = "another-model";
    ASSERT_TRUE(ask());
    EXPECT_EQ(formatOf(5), "strict") << "remembered for that model alone";
}

TEST_F(ApiClientTest, SkipsJsonObjectWhereTheServerSaysSo)
{
    server.answer({{400, R"({"error":"'response_format.type' must be 'json_schema' or 'text'"})"},
                   {400, R"({"error":"'response_format.type' must be 'json_schema' or 'text'"})"},
                   test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    EXPECT_EQ(formatOf(1) + " " + formatOf(2), "loose text");
}

TEST_F(ApiClientTest, TakesAFailedSchemaConversionForWhatItIs)
{
    server.answer({test::errorAnswer(500, "500", "JSON schema conversion failed: Unrecognized schema"),
                   test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    EXPECT_EQ(formatOf(1), "loose");
}

TEST_F(ApiClientTest, RenamesThenDropsTheTokenLimit)
{
    server.answer(
        {test::errorAnswer(400, "unsupported_parameter",
                           "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
         {422, R"({"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"]}]})"},
         test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    EXPECT_TRUE(body(0).contains("max_tokens"));
    EXPECT_TRUE(body(1).contains("max_completion_tokens"));
    EXPECT_FALSE(body(1).contains("max_tokens"));
    EXPECT_FALSE(body(2).contains("max_completion_tokens"));
    EXPECT_FALSE(body(2).contains("max_tokens"));
    EXPECT_EQ(formatOf(2), "strict");
}

TEST_F(ApiClientTest, SendsATemperatureOnlyWhereTheModelTakesIt)
{
    ChatQuestion question;
    question.messages = {{"user", "crunch"}};
    question.temperature = 0.3;
    server.answer(
        {{400,
          R"({"error":{"message":"Unsupported value: 'temperature' does not support 0.3 with this model.",
                             "type":"invalid_request_error","param":"temperature","code":"unsupported_value"}})"},
         test::chatAnswer("fine")});
    ASSERT_TRUE(client.complete(settings, question, never));
    ASSERT_TRUE(client.complete(settings, question, never));
    EXPECT_EQ(body(0)["temperature"], 0.3);
    EXPECT_FALSE(body(1).contains("temperature"));
    EXPECT_EQ(formatOf(1), "strict") << "and nothing else was given up";
    EXPECT_FALSE(body(2).contains("temperature")) << "remembered";
    for (const char* model : {"gpt-5-mini", "openai/o3", "o4-mini"})
    {
        auto other = settings;
        other.model = model;
        ASSERT_TRUE(client.complete(other, question, never));
        EXPECT_FALSE(body(server.requestCount() - 1).contains("temperature")) << model;
    }
}

TEST_F(ApiClientTest, FoldsTheSystemTextIntoTheUsersWhereTheRoleIsUnknown)
{
    server.answer({test::errorAnswer(400, "x", "role 'system' is not allowed for this model"),
                   test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    ASSERT_EQ(body(1)["messages"].size(), 1u);
    EXPECT_EQ(body(1)["messages"][0]["role"], "user");
    EXPECT_EQ(body(1)["messages"][0]["content"], "Be a JSON amp.\n\ncrunch");
}

TEST_F(ApiClientTest, StopsAskingWhenNothingIsLeftToChange)
{
    server.answer(
        {test::errorAnswer(400, "x", "response_format max_tokens role system schema: no to everything")});
    const auto answer = ask();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, Kind::badRequest);
    EXPECT_LE(server.requestCount(), 7u);
}

TEST_F(ApiClientTest, DoesNotBendTheRequestForOtherErrors)
{
    for (const auto& answer :
         {test::errorAnswer(401, "invalid_api_key", "schema"), test::errorAnswer(429, "x", "response_format"),
          test::errorAnswer(500, "server_error", "oops"),
          test::errorAnswer(400, "context_length_exceeded", "maximum context length; reduce max_tokens")})
    {
        const auto before = server.requestCount();
        server.answer({answer});
        EXPECT_FALSE(ask());
        EXPECT_EQ(server.requestCount(), before + 1) << answer.body;
    }
}

TEST_F(ApiClientTest, AsksNothingAfterTheDeadline)
{
    ChatQuestion question;
    question.deadline = std::chrono::steady_clock::now();
    const auto answer = client.complete(settings, question, never);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, Kind::timeout);
    EXPECT_EQ(server.requestCount(), 0u);
}

TEST_F(ApiClientTest, CutsAnExchangeAtTheDeadline)
{
    server.answer({test::FakeAnswer{.manner = test::FakeAnswer::Manner::hang}});
    ChatQuestion question;
    const auto start = std::chrono::steady_clock::now();
    question.deadline = start + std::chrono::milliseconds(150);
    const auto answer = client.complete(settings, question, never);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, Kind::timeout);
    EXPECT_LT(test::millisecondsSince(start), 5000);
}

TEST_F(ApiClientTest, TakesASchemaRejectedUnder200ForWhatItIs)
{
    server.answer(
        {{200, R"({"error":{"code":400,"message":"response_format is not supported by this provider"}})"},
         test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    EXPECT_EQ(formatOf(1), "loose");
}

TEST_F(ApiClientTest, BelievesTheParameterThatAServerNames)
{
    server.answer({{400, R"({"error":{"message":"schema: 'max_tokens' is no role of the system stream",
                             "param":"response_format","code":null}})"},
                   test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    EXPECT_EQ(formatOf(1), "loose");
    EXPECT_TRUE(body(1).contains("max_tokens"));
    EXPECT_EQ(body(1)["messages"].size(), 2u);
}

TEST_F(ApiClientTest, PrunesTheSchemaForAServerThatOnlySaysInvalidArgument)
{
    server.answer({{400, R"([{"error":{"code":400,"message":"Request contains an invalid argument.",
                              "status":"INVALID_ARGUMENT"}}])"},
                   test::chatAnswer("fine")});
    ASSERT_TRUE(ask());
    EXPECT_EQ(formatOf(1), "loose");
}

TEST_F(ApiClientTest, ChecksAServerWithoutGeneratingAnything)
{
    server.answer({{200, R"({"object":"list","data":[{"id":"b"},{"id":"a"}]})"},
                   test::errorAnswer(401, "invalid_api_key", "no"),
                   {200, "<html>welcome</html>"},
                   {200, R"({"error":{"code":402,"message":"no credit"}})"},
                   {404, ""}});
    const auto first = client.check(settings, std::chrono::seconds(5), never);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->ids, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(server.requests().at(0).method, "GET");
    EXPECT_EQ(server.requests().at(0).path, "/v1/models");
    for (const auto kind : {Kind::badKey, Kind::badRequest, Kind::quota, Kind::badRequest})
    {
        const auto next = client.check(settings, std::chrono::seconds(5), never);
        ASSERT_FALSE(next);
        EXPECT_EQ(next.error().kind, kind);
    }
}

TEST_F(ApiClientTest, TakesTheLongListOfARouter)
{
    std::string list = R"({"data":[{"id":"m","description":")" + std::string(3u << 20, 'x') + R"("}]})";
    server.answer({{200, list}, {200, std::string(9u << 20, ' ')}});
    const auto models = client.check(settings, std::chrono::seconds(20), never);
    ASSERT_TRUE(models) << models.error().detail;
    EXPECT_EQ(models->ids.size(), 1u);
    EXPECT_FALSE(client.check(settings, std::chrono::seconds(20), never));
}
} // namespace
} // namespace tonewright
