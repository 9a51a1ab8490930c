// What servers and networks do wrong, each case by its number in the project's test plan: T is transport, P
// the protocol. Every one ends in the built-in generator's preset, with one clear sentence, in time.
#include "generation/openai/NameLookUps.h"
#include "generation/openai/OnlineFixture.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace tonewright
{
namespace
{
using nlohmann::json;
using std::chrono::milliseconds;
using test::FakeAnswer;
using Manner = FakeAnswer::Manner;

struct HostileCase
{
    const char* number;
    std::string name;
    FakeAnswer answer;
    std::size_t requests; ///< how often the server is asked
};

class HostileServerTest : public test::OnlineFixture
{
protected:
    void expectFallbacks(const std::vector<HostileCase>& cases)
    {
        for (const auto& [number, name, answer, requests] : cases)
        {
            SCOPED_TRACE(std::string(number) + ": " + name);
            // Each case meets a Tonewright that has learnt nothing from the others.
            model = std::make_shared<OpenAiGenerator>();
            model->setServer({server.baseUrl(), "fake-model", test::sentinel});
            start();
            const auto before = server.requestCount();
            server.answer({answer});
            expectFallback();
            EXPECT_EQ(server.requestCount() - before, requests);
        }
    }

    const std::string good = test::goodTone();
    const std::string goodBody = test::chatAnswer(good).body;
};

FakeAnswer raw(const std::string& bytes)
{
    return {.raw = bytes};
}

FakeAnswer chunked(const std::string& chunks)
{
    return raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
               chunks);
}

std::string repeated(const std::string& text, int count)
{
    std::string result;
    for (int turn = 0; turn < count; ++turn)
        result += text;
    return result;
}

TEST_F(HostileServerTest, BrokenConnectionsAndFramingEndInASentenceAndAFallback)
{
    const auto length = std::to_string(goodBody.size());
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    expectFallbacks({
        {"T6", "reset before the header", {200, goodBody, {}, Manner::reset}, 3},
        {"T6", "reset after the header", {200, goodBody, {}, Manner::resetInBody}, 3},
        {"T7",
         "closed in the body that Content-Length promised",
         {200, goodBody, {}, Manner::closeInBody},
         3},
        {"T8", "closed in a chunk", chunked("ffff\r\n{\"choices\""), 3},
        {"T8", "closed between chunks", chunked("5\r\n{\"cho\r\n"), 3},
        {"T8", "a chunk of no length", chunked("zz\r\n{}\r\n0\r\n\r\n"), 3},
        {"T10", "a body of 100 MB", {200, "", {"Content-Length: 104857600"}, Manner::endless}, 1},
        {"T11",
         "chunks without end",
         {200,
          "1000\r\n" + std::string(0x1000, ' ') + "\r\n",
          {"Transfer-Encoding: chunked"},
          Manner::endless},
         1},
        {"T12", "a header of 10 MB and more", {200, "", {}, Manner::endlessHeader}, 1},
        {"T12", "10,000 headers", raw(head + repeated("X-A: 1\r\n", 10'000) + "\r\n" + goodBody), 1},
        {"T13", "no status line", raw("220 smtp ready\r\n"), 3},
        {"T13", "a status that is no number", raw("HTTP/1.1 abc nonsense\r\n\r\n" + goodBody), 3},
        {"T13", "a status of four digits", raw("HTTP/1.1 2000 OK\r\n\r\n" + goodBody), 3},
        {"T13", "HTTP/0.9: the body alone", raw(goodBody), 3},
        {"T13", "a flood of interim answers", raw(repeated("HTTP/1.1 100 Continue\r\n\r\n", 5'000)), 1},
        {"T13", "nothing but an interim answer", raw("HTTP/1.1 100 Continue\r\n\r\n"), 3},
        {"T17",
         "gzip, unasked",
         {200, std::string("\x1f\x8b\x08", 3) + "bomb", {"Content-Encoding: gzip"}},
         3},
        {"T17",
         "brotli in a stream",
         {200, "data: x\n\n", {"Content-Encoding: br", "Content-Type: text/event-stream"}},
         3},
        {"T18", "Content-Length too short", raw(head + "Content-Length: 20\r\n\r\n" + goodBody), 1},
        {"T18", "Content-Length too long", raw(head + "Content-Length: 99999\r\n\r\n" + goodBody), 3},
        {"T18", "Content-Length negative", raw(head + "Content-Length: -5\r\n\r\n" + goodBody), 3},
    });
}

TEST_F(HostileServerTest, OddButLegalFramingIsUnderstood)
{
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const auto length = std::to_string(goodBody.size());
    std::string bytes;
    for (const char c : goodBody)
        bytes += std::string("1\r\n") + c + "\r\n";
    const std::vector<std::pair<const char*, FakeAnswer>> answers{
        {"T13: interim answers first",
         raw(repeated("HTTP/1.1 100 Continue\r\n\r\n", 20) + head + "\r\n" + goodBody)},
        {"T8: chunks of one byte", chunked(bytes + "0\r\n\r\n")},
        {"T18: Content-Length besides chunks",
         raw(head + "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n" + bytes + "0\r\n\r\n")},
        {"T18: Content-Length beyond 64 bits, which is none",
         raw(head + "Content-Length: 99999999999999999999\r\n\r\n" + goodBody)},
        {"T19: a connection kept alive, then closed all the same",
         raw(head + "Connection: keep-alive\r\nContent-Length: " + length + "\r\n\r\n" + goodBody)},
        {"T19: the same again",
         raw(head + "Connection: keep-alive\r\nContent-Length: " + length + "\r\n\r\n" + goodBody)},
        {"P7: the wrong Content-Type", {200, goodBody, {"Content-Type: text/html"}}},
        {"P7: no Content-Type", raw("HTTP/1.0 200 OK\r\n\r\n" + goodBody)},
        {"P7: an event stream that is JSON", {200, goodBody, {"Content-Type: text/event-stream"}}},
    };
    for (const auto& [name, answer] : answers)
    {
        SCOPED_TRACE(name);
        model->setServer({server.baseUrl(), name, ""});
        server.answer({answer});
        const auto before = server.requestCount();
        EXPECT_EQ(generate().name, "Fake Crunch") << lastDetail;
        EXPECT_LE(server.requestCount() - before, 2u);
    }
}

TEST_F(HostileServerTest, NobodyThereEndsInASentenceAndAFallback)
{
    int freePort = 0;
    {
        const test::FakeServer gone;
        freePort = gone.port();
    }
    const test::FullBacklog nowhere;
    struct Case
    {
        const char* number;
        std::string address;
        const char* words;
    };
    manager->setTimeout(milliseconds(200));
    manager->setRetryCount(1);
    for (const auto& [number, address, words] : {
             Case{"T1", "http://127.0.0.1:" + std::to_string(freePort) + "/v1", "No connection"},
             Case{"T2", nowhere.baseUrl(), "in time"},
             Case{"T3", "https://missing.invalid/v1", "cannot be found"},
             Case{"T4", std::string("https://") + test::hangingHost + "/v1", "in time"},
         })
    {
        SCOPED_TRACE(number);
        model->setServer({address, "m", test::sentinel});
        EXPECT_NE(expectFallback().find(words), std::string::npos);
    }
    test::endHangingLookUps();
}

// T5, T9
TEST_F(HostileServerTest, AServerThatNeverEndsIsLeftAfterTheTimeout)
{
    const auto comment = std::string(": OPENROUTER PROCESSING\n\n");
    const std::vector<std::pair<const char*, FakeAnswer>> answers{
        {"T5: silence", {200, goodBody, {}, Manner::hang}},
        {"T5: silence in the body", {200, goodBody, {}, Manner::hangInBody}},
        {"T9: a byte now and then", {200, goodBody, {}, Manner::drip}},
        {"T9: comments for ever",
         {.headers = {"Content-Type: text/event-stream"},
          .manner = Manner::pieces,
          .pieces = std::vector<std::string>(10'000, comment)}},
        {"P8: a stream that stalls",
         {.headers = {"Content-Type: text/event-stream"},
          .manner = Manner::hangAfter,
          .pause = milliseconds(1),
          .pieces = {test::streamEvents(good)[0], test::streamEvents(good)[1]}}},
    };
    manager->setTimeout(milliseconds(200));
    manager->setRetryCount(1);
    for (const auto& [name, answer] : answers)
    {
        SCOPED_TRACE(name);
        server.answer({answer});
        const auto before = server.requestCount();
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_NE(expectFallback().find("in time"), std::string::npos);
        EXPECT_GE(test::millisecondsSince(begin), 390) << "two attempts";
        EXPECT_LT(test::millisecondsSince(begin), 10'000);
        EXPECT_EQ(server.requestCount() - before, 2u);
    }
}

// T14, K5
TEST_F(HostileServerTest, ARedirectIsReportedAndNotFollowed)
{
    test::FakeServer elsewhere;
    elsewhere.answer({test::chatAnswer(good)});
    for (const int status : {301, 302, 303, 307, 308})
        for (const auto& location :
             {std::string("http://models.example/v1"), elsewhere.baseUrl() + "/chat/completions",
              server.baseUrl() + "/chat/completions", std::string("file:///etc/passwd"),
              std::string("/elsewhere"), std::string()})
        {
            SCOPED_TRACE(std::to_string(status) + " to " + location);
            server.answer({{status, "", {"Location: " + location}}});
            const auto before = server.requestCount();
            EXPECT_NE(expectFallback().find("another address"), std::string::npos);
            EXPECT_EQ(server.requestCount() - before, 1u);
        }
    EXPECT_EQ(elsewhere.requestCount(), 0u);
}

TEST_F(HostileServerTest, EveryStatusEndsInASentenceAndAFallback)
{
    std::vector<HostileCase> cases;
    const auto error = test::errorAnswer(400, "some_code", "Something is odd.").body;
    for (const int status : {400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 204, 206, 418, 451})
        cases.push_back({"P1", std::to_string(status), {status, error}, 1});
    for (const int status : {408, 409, 425, 429, 500, 502, 503, 504, 529, 599})
        cases.push_back({"P1", std::to_string(status), {status, error}, 3});
    cases.push_back(
        {"P1", "quota", test::errorAnswer(429, "insufficient_quota", "You exceeded your current quota"), 1});
    cases.push_back({"P1", "hard limit", test::errorAnswer(429, "billing_hard_limit_reached", "x"), 1});
    cases.push_back(
        {"P1", "the key echoed", test::errorAnswer(401, "x", "Incorrect API key: " + test::sentinel), 1});
    cases.push_back(
        {"P1", "no such model", test::errorAnswer(404, "model_not_found", "The model does not exist"), 1});
    cases.push_back(
        {"P1", "too long",
         test::errorAnswer(400, "context_length_exceeded", "maximum context length; reduce max_tokens"), 1});
    expectFallbacks(cases);
}

TEST_F(HostileServerTest, TheServersWordOnRetriesIsHeardWithinReason)
{
    const auto limited = [](std::vector<std::string> headers)
    { return test::errorAnswer(429, "rate_limit_exceeded", "slow down", std::move(headers)); };
    expectFallbacks({
        {"P2", "0", limited({"Retry-After: 0"}), 3},
        {"P2", "in the past", limited({"Retry-After: -5"}), 3},
        {"P2", "1e9", limited({"Retry-After: 1e9"}), 1},
        {"P2", "a word", limited({"Retry-After: soon"}), 3},
        {"P2", "a date in the past", limited({"Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"}), 3},
        {"P2", "a date in the future", limited({"Retry-After: Wed, 21 Oct 2099 07:28:00 GMT"}), 1},
        {"P2", "milliseconds", limited({"retry-after-ms: 5"}), 3},
        {"P2", "both", limited({"retry-after-ms: 5", "Retry-After: 100000"}), 3},
        {"P2", "x-should-retry: false", test::errorAnswer(500, "x", "no", {"x-should-retry: false"}), 1},
        {"P2", "x-should-retry: true", test::errorAnswer(400, "x", "again", {"x-should-retry: true"}), 3},
    });
}

TEST_F(HostileServerTest, EveryShapeOfAnErrorBodyIsUnderstood)
{
    expectFallbacks({
        {"P3", "an object", {400, R"({"error":{"message":"no","type":"t","param":null,"code":null}})"}, 1},
        {"P3", "a string", {400, R"({"error":"no"})"}, 1},
        {"P3", "an array", {400, R"([{"error":{"code":400,"message":"no","status":"FAILED"}}])"}, 1},
        {"P3", "a numeric code", {400, R"({"error":{"code":400,"message":"no"}})"}, 1},
        {"P3", "a huge code", {400, R"({"error":{"code":1e308,"message":"no"}})"}, 1},
        {"P3", "HTML", {400, "<html><body>no</body></html>", {"Content-Type: text/html"}}, 1},
        {"P3", "empty", {400, ""}, 1},
        {"P3", "1 MB of text", {400, std::string(1'000'000, 'x')}, 1},
        {"P3",
         "1 MB of message",
         {400, R"({"error":{"message":")" + std::string(1'000'000, 'x') + "\"}}"},
         1},
        {"P3", "invalid UTF-8", {400, "{\"error\":\"\xff\xfe\xc0\"}"}, 1},
        {"P3", "control characters", {400, R"({"error":"a\u0000b\u001b[31m\nc"})"}, 1},
        {"P3", "nested", {400, std::string(100'000, '[')}, 1},
        {"P4", "an error under 200", {200, R"({"error":{"message":"upstream","code":502}})"}, 3},
        {"P4", "a rate limit under 200", {200, R"({"error":{"message":"slow","code":429}})"}, 3},
        {"P4", "no credit under 200", {200, R"({"error":{"message":"Insufficient credits","code":402}})"}, 1},
        {"P4", "a string under 200", {200, R"({"error":"bad"})"}, 1},
    });
}

TEST_F(HostileServerTest, AnAnswerThatIsNoneEndsInASentenceAndAFallback)
{
    const auto choice = [](const char* content) {
        return FakeAnswer{200, std::string(R"({"choices":[)") + content + "]}"};
    };
    const auto half = good.substr(0, good.size() / 2);
    expectFallbacks({
        {"P5", "no choices", choice(""), 1},
        {"P5", "choices that are none", {200, R"({"choices":{}})"}, 1},
        {"P5", "no message", choice(R"({"finish_reason":"stop"})"), 1},
        {"P5", "content null", choice(R"({"message":{"content":null},"finish_reason":"stop"})"), 1},
        {"P5", "a refusal", choice(R"({"message":{"content":null,"refusal":"No."},"finish_reason":"stop"})"),
         1},
        {"P5", "a refusal in prose", test::chatAnswer("I cannot help with that."), 2},
        {"P5", "parts without text", choice(R"({"message":{"content":[{"type":"image"}]}})"), 1},
        {"P6", "length", test::chatAnswer(half, "length"), 2},
        {"P6", "content_filter", test::chatAnswer(half, "content_filter"), 1},
        {"P6", "error", test::chatAnswer(half, "error"), 2},
        {"P6", "an unknown reason", test::chatAnswer(half, "sensitive"), 2},
        {"P6", "stop, but cut", test::chatAnswer(good.substr(0, good.size() - 2)), 2},
        {"P6", "reason null", choice(R"({"message":{"content":"{"},"finish_reason":null})"), 2},
        {"J1", "broken JSON", {200, "{\"choices\": ["}, 1},
        {"J1", "empty", {200, ""}, 1},
        {"P7", "HTML under 200", {200, "<html>login</html>", {"Content-Type: text/html"}}, 1},
        {"S1", "no parameters", test::chatAnswer(R"({"name":"x","stages":{}})"), 2},
        {"P9", "a stream of nothing, unasked", {200, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n"}, 1},
        {"P9", "a cut stream, unasked", {200, test::streamEvents(good)[1]}, 1},
    });
}

// P4, P8: the same in a stream. A stream that breaks is asked for once more in one piece.
TEST_F(HostileServerTest, AStreamThatIsNoneEndsInASentenceAndAFallback)
{
    const auto stream = [](std::vector<std::string> events)
    {
        return FakeAnswer{.headers = {"Content-Type: text/event-stream"},
                          .manner = Manner::pieces,
                          .pause = milliseconds(0),
                          .pieces = std::move(events)};
    };
    const auto events = test::streamEvents(good);
    const std::string refusal =
        R"(data: {"choices":[{"delta":{"refusal":"I won't."},"finish_reason":"stop"}]})"
        "\n\n";
    expectFallbacks({
        {"P8", "no finish and no [DONE]", stream({events[0], events[1]}), 2},
        {"P8", "no events", stream({": nothing\n\n"}), 2},
        {"P8", "events that are no JSON", stream({"data: {\"choices\"\n\n"}), 2},
        {"P8", "an event of 2 MB", stream({"data: " + std::string(2 << 20, 'x') + "\n\n"}), 2},
        {"P8", "an error event",
         stream({events[1], "event: error\ndata: {\"error\":{\"code\":502,\"message\":\"gone\"}}\n\n"}), 3},
        {"P8", "an error without a code", stream({events[1], "data: {\"error\":\"gone\"}\n\n"}), 1},
        {"P8", "out of credit", stream({events[1], "data: {\"error\":{\"code\":402,\"message\":\"x\"}}\n\n"}),
         1},
        {"P8", "only [DONE]", stream({"data: [DONE]\n\n"}), 1},
        {"P8", "only the usage", stream({events[events.size() - 2], "data: [DONE]\n\n"}), 1},
        {"P8", "a refusal", stream({events[0], refusal}), 1},
        {"P8", "cut by the filter", stream(test::streamEvents(good.substr(0, 40), 8, "content_filter")), 1},
        {"P8", "prose", stream(test::streamEvents("I would turn the gain up.")), 2},
        {"P8", "cut, says length", stream(test::streamEvents(good.substr(0, 60), 8, "length")), 2},
        {"P8", "the connection breaks in the middle",
         raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n" +
             events[1]),
         3},
        {"T10",
         "an endless stream",
         {200,
          ": x\n\n" + std::string(60'000, ' ') + "\n\n",
          {"Content-Type: text/event-stream"},
          Manner::endless},
         1},
    });
}
} // namespace
} // namespace tonewright
