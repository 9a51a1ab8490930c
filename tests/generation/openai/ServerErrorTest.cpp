#include "generation/openai/ServerError.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using Kind = GenerationErrorKind;
const std::string sentinel = "tw-SENTINEL-0123456789";
const ServerSettings server{"https://models.example/v1", "some-model", sentinel};

GenerationError errorFor(int status, const std::string& body, std::map<std::string, std::string> headers = {})
{
    return errorFromResponse({status, std::move(headers), body}, *parseBaseUrl(server.baseUrl), server);
}

std::string complaint(const std::string& code, const std::string& message)
{
    return R"({"error":{"message":")" + message + R"(","type":"t","param":null,"code":")" + code + R"("}})";
}

TEST(ServerError, GivesEachStatusItsKindAndOneSentence)
{
    struct Case
    {
        int status;
        std::string body;
        Kind kind;
    };
    for (const auto& [status, body, kind] : {
             Case{301, "", Kind::badRequest},
             Case{400, complaint("invalid_request_error", "no"), Kind::badRequest},
             Case{400, complaint("context_length_exceeded", "maximum context"), Kind::badRequest},
             Case{401, complaint("invalid_api_key", "wrong"), Kind::badKey},
             Case{402, "", Kind::quota},
             Case{403, "<html>no</html>", Kind::badKey},
             Case{404, complaint("model_not_found", "no model"), Kind::badRequest},
             Case{404, "", Kind::badRequest},
             Case{408, "", Kind::serverError},
             Case{409, "", Kind::serverError},
             Case{413, "", Kind::badRequest},
             Case{422, "[]", Kind::badRequest},
             Case{429, complaint("rate_limit_exceeded", "slow"), Kind::rateLimited},
             Case{429, complaint("insufficient_quota", "You exceeded your current quota"), Kind::quota},
             Case{429, R"({"error":{"message":"x","type":"insufficient_quota"}})", Kind::quota},
             Case{500, "", Kind::serverError},
             Case{502, "<html>bad gateway</html>", Kind::serverError},
             Case{503, "{", Kind::serverError},
             Case{529, "", Kind::serverError},
             Case{599, "", Kind::serverError},
             Case{204, "", Kind::badAnswer},
             Case{206, "", Kind::badAnswer},
         })
    {
        const auto error = errorFor(status, body);
        EXPECT_EQ(error.kind, kind) << status << " " << body;
        EXPECT_TRUE(error.message.ends_with('.')) << error.message;
        EXPECT_EQ(error.message.find('\n'), std::string::npos);
        EXPECT_EQ(error.message.find("HTTP"), std::string::npos) << "technical words belong into the detail";
        EXPECT_TRUE(error.detail.starts_with("HTTP " + std::to_string(status))) << error.detail;
    }
}

TEST(ServerError, ReadsComplaintsInEveryShape)
{
    EXPECT_EQ(readComplaint(R"({"error":"plain text"})")->message, "plain text");
    EXPECT_EQ(readComplaint(R"([{"error":{"code":400,"message":"array"}}])")->code, "400");
    EXPECT_EQ(readComplaint(R"({"error":{"code":503,"message":"n"}})")->code, "503");
    EXPECT_EQ(readComplaint(R"({"message":"bare","type":"t"})")->message, "bare");
    EXPECT_EQ(readComplaint(R"({"error":{"message":{"a":1},"code":[1]}})")->message, "");
    for (const char* body :
         {"", "<html>", "{", "[]", "[1]", "null", "\"x\"", R"({"error":null})", R"({"error":5})", "\xff\xfe"})
        EXPECT_FALSE(readComplaint(body)) << body;
}

TEST(ServerError, TakesTheStatusOfAComplaintUnder200FromItsCode)
{
    const HttpResponse response{200, {}, ""};
    const auto url = *parseBaseUrl(server.baseUrl);
    EXPECT_EQ(errorFromComplaint({"m", "", "429"}, response, url, server).kind, Kind::rateLimited);
    EXPECT_EQ(errorFromComplaint({"m", "", "502"}, response, url, server).kind, Kind::serverError);
    EXPECT_EQ(errorFromComplaint({"m", "", "odd"}, response, url, server).kind, Kind::badAnswer);
}

TEST(ServerError, NeverShowsTheKeyWhateverTheServerEchoes)
{
    const std::string echo = "wrong key " + sentinel + " " + std::string(290, 'x') + sentinel;
    for (const auto& error :
         {errorFor(401, complaint(sentinel, echo)),
          errorFor(301, "", {{"location", "https://x/?k=" + sentinel}}),
          errorFor(500, R"({"error":"tw-SENT\u0001INEL-0123456789"})"),
          errorFromFailure({HttpFailure::Kind::broken, echo}, *parseBaseUrl(server.baseUrl), sentinel),
          badAnswer(echo, sentinel)})
    {
        EXPECT_EQ((error.message + error.detail).find("SENTINEL"), std::string::npos) << error.detail;
        EXPECT_LT(error.detail.size(), 1100u);
        EXPECT_EQ(error.detail.find('\n'), std::string::npos);
    }
    EXPECT_EQ(errorFor(404, "", {}).message.find(sentinel), std::string::npos);
}

TEST(ServerError, GivesEachBrokenConnectionItsSentence)
{
    const auto url = *parseBaseUrl(server.baseUrl);
    using Failure = HttpFailure::Kind;
    struct Case
    {
        Failure failure;
        Kind kind;
    };
    for (const auto& [failure, kind] :
         {Case{Failure::cancelled, Kind::cancelled}, Case{Failure::timeout, Kind::timeout},
          Case{Failure::lookUp, Kind::network}, Case{Failure::connect, Kind::network},
          Case{Failure::tls, Kind::network}, Case{Failure::broken, Kind::network},
          Case{Failure::tooLarge, Kind::badAnswer}, Case{Failure::unavailable, Kind::unavailable}})
    {
        const auto error = errorFromFailure({failure, "what libcurl said."}, url, sentinel);
        EXPECT_EQ(error.kind, kind);
        EXPECT_TRUE(error.message.ends_with('.')) << error.message;
    }
    EXPECT_EQ(errorFromFailure({Failure::tls, ""}, url, "").serverSaysRetry, false)
        << "a bad certificate stays bad";
}

TEST(ServerError, UnderstandsEveryKindOfRetryAfter)
{
    const auto now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);
    struct Case
    {
        std::map<std::string, std::string> headers;
        std::optional<milliseconds> wait;
    };
    const std::vector<Case> cases{
        {{}, std::nullopt},
        {{{"retry-after", "1"}}, milliseconds(1000)},
        {{{"retry-after", "0"}}, milliseconds(0)},
        {{{"retry-after", "0.25"}}, milliseconds(250)},
        {{{"retry-after", "-5"}}, std::nullopt},
        {{{"retry-after", "1e9"}}, milliseconds(1'000'000'000)},
        {{{"retry-after", "1e300"}}, milliseconds(1'000'000'000)},
        {{{"retry-after", "nan"}}, std::nullopt},
        {{{"retry-after", "inf"}}, std::nullopt},
        {{{"retry-after", "soon"}}, std::nullopt},
        {{{"retry-after", "1 second"}}, std::nullopt},
        {{{"retry-after", "Sun, 22 Nov 2026 12:00:30 GMT"}}, milliseconds(30'000)},
        {{{"retry-after", "Sun, 22 Nov 2026 11:59:30 GMT"}}, std::nullopt},
        {{{"retry-after", "Sun, 31 Feb 2027 11:59:30 GMT"}}, std::nullopt},
        {{{"retry-after", "Sun, 22 Xxx 2026 12:00:30 GMT"}}, std::nullopt},
        {{{"retry-after-ms", "42"}, {"retry-after", "9"}}, milliseconds(42)},
        {{{"retry-after-ms", "x"}, {"retry-after", "9"}}, milliseconds(9000)},
    };
    for (const auto& [headers, wait] : cases)
        EXPECT_EQ(retryAfterOf({429, headers, ""}, now), wait)
            << (headers.empty() ? "none" : headers.begin()->second);
}

TEST(ServerError, PassesOnTheServersAdvice)
{
    EXPECT_EQ(errorFor(500, "", {{"x-should-retry", "false"}}).serverSaysRetry, false);
    EXPECT_EQ(errorFor(400, "", {{"x-should-retry", "true"}}).serverSaysRetry, true);
    EXPECT_EQ(errorFor(500, "", {{"x-should-retry", "maybe"}}).serverSaysRetry, std::nullopt);
    const auto limited = errorFor(429, "", {{"retry-after", "7"}});
    EXPECT_EQ(limited.retryAfter, milliseconds(7000));
    EXPECT_NE(limited.message.find("7 seconds"), std::string::npos);
}
} // namespace
} // namespace tonewright
