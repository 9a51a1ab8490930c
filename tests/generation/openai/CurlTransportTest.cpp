#include "generation/OnlineSupport.h"
#include "generation/openai/CurlLibrary.h"
#include "generation/openai/HttpTransport.h"
#include "generation/openai/NameLookUps.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <thread>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Kind = HttpFailure::Kind;
using Manner = test::FakeAnswer::Manner;

class CurlTransportTest : public testing::Test
{
protected:
    HttpRequest request(const std::string& path = "/chat/completions")
    {
        HttpRequest result;
        result.url = server.baseUrl() + path;
        result.body = "{}";
        result.timeout = std::chrono::seconds(10);
        return result;
    }

    Kind failureOf(const HttpRequest& httpRequest)
    {
        const auto response = transport->send(httpRequest, never);
        if (response)
            throw std::runtime_error("it did not fail");
        return response.error().kind;
    }

    /// Milliseconds from a cancel, made once `isUnderWay`, until the request returned.
    double cancelLatency(const HttpRequest& httpRequest, const std::function<void()>& isUnderWay)
    {
        Cancellation cancellation;
        steady_clock::time_point returned;
        std::thread worker(
            [&]
            {
                const auto response = transport->send(httpRequest, cancellation);
                returned = steady_clock::now();
                EXPECT_FALSE(response);
                if (!response)
                {
                    EXPECT_EQ(response.error().kind, Kind::cancelled) << response.error().detail;
                }
            });
        isUnderWay();
        const auto start = steady_clock::now();
        cancellation.cancel();
        const double callTook = test::millisecondsSince(start);
        worker.join();
        EXPECT_LT(callTook, 250) << "cancel() must not block its caller";
        const double latency = std::chrono::duration<double, std::milli>(returned - start).count();
        RecordProperty("cancelMilliseconds", std::to_string(latency));
        return latency;
    }

    // Milliseconds; typically below 2. Far above that, so that a loaded machine is no failure, and far below
    // the 4.5 to 10 seconds of a client whose cancel waits for DNS or a handshake.
    static constexpr double longestCancel = 2500;

    test::IsolatedEnvironment environment;
    test::FakeServer server;
    Cancellation never;
    std::unique_ptr<HttpTransport> transport = makeCurlTransport();
};

TEST_F(CurlTransportTest, CarriesARequestAndItsAnswer)
{
    server.answer({{201, "hello", {"X-Request-Id: abc", "Content-Type: text/plain"}}});
    auto asked = request();
    asked.headers = {"X-One: 1", "Expect:"};
    const auto response = transport->send(asked, never);
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, "hello");
    ASSERT_NE(response->header("x-request-id"), nullptr);
    EXPECT_EQ(*response->header("x-request-id"), "abc");
    EXPECT_EQ(response->header("x-none"), nullptr);
    const auto received = server.requests().at(0);
    EXPECT_EQ(received.method, "POST");
    EXPECT_EQ(received.path, "/v1/chat/completions");
    EXPECT_EQ(received.body, "{}");
    EXPECT_EQ(received.headers.at("x-one"), "1");
    asked.body.clear();
    ASSERT_TRUE(transport->send(asked, never));
    EXPECT_EQ(server.requests().at(1).method, "GET");
}

TEST_F(CurlTransportTest, TellsTheFailuresApart)
{
    const std::string body(2000, 'x');
    struct Case
    {
        test::FakeAnswer answer;
        Kind kind;
    };
    for (const auto& [answer, kind] : {
             Case{{200, body, {}, Manner::reset}, Kind::broken},
             Case{{200, body, {}, Manner::closeInBody}, Kind::broken},
             Case{{200, body, {}, Manner::endless}, Kind::tooLarge},
             Case{{200, body, {}, Manner::endlessHeader}, Kind::tooLarge},
             Case{{200, std::string(maximumBodySize + 1, 'x')}, Kind::tooLarge},
             Case{{200, body, {"Content-Encoding: gzip"}}, Kind::broken},
             Case{{.raw = "SSH-2.0-OpenSSH_9\r\n"}, Kind::broken},
             Case{{.raw = "HTTP/1.1 abc nonsense\r\n\r\n"}, Kind::broken},
         })
    {
        server.answer({answer});
        EXPECT_EQ(failureOf(request()), kind) << answer.raw << static_cast<int>(answer.manner);
    }
}

TEST_F(CurlTransportTest, GivesUpInTime)
{
    for (const auto manner : {Manner::hang, Manner::hangInBody, Manner::drip})
    {
        server.answer({{200, std::string(100'000, 'x'), {}, manner}});
        auto impatient = request();
        impatient.timeout = milliseconds(200);
        const auto start = steady_clock::now();
        EXPECT_EQ(failureOf(impatient), Kind::timeout);
        EXPECT_GE(test::millisecondsSince(start), 190);
        EXPECT_LT(test::millisecondsSince(start), 5000);
    }
    const test::FullBacklog nowhere;
    auto impatient = request();
    impatient.url = nowhere.baseUrl();
    impatient.connectTimeout = milliseconds(200);
    EXPECT_EQ(failureOf(impatient), Kind::timeout);
}

TEST_F(CurlTransportTest, ReportsARefusedConnection)
{
    int freePort = 0;
    {
        const test::FakeServer gone;
        freePort = gone.port();
    }
    auto asked = request();
    asked.url = "http://127.0.0.1:" + std::to_string(freePort) + "/v1";
    EXPECT_EQ(failureOf(asked), Kind::connect);
}

TEST_F(CurlTransportTest, SendsNothingOverAConnectionThatIsNotSecure)
{
    server.answer({test::FakeAnswer{.raw = "this is no TLS"}});
    auto asked = request();
    asked.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/v1";
    asked.timeout = milliseconds(500);
    asked.headers = {"Authorization: Bearer secret"};
    EXPECT_NE(failureOf(asked), Kind::unavailable);
    for (const auto& received : server.requests())
        EXPECT_TRUE(received.headers.empty());
}

TEST_F(CurlTransportTest, FollowsNoRedirect)
{
    test::FakeServer elsewhere;
    server.answer({{307, "", {"Location: " + elsewhere.baseUrl() + "/steal"}}});
    const auto response = transport->send(request(), never);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 307);
    EXPECT_EQ(elsewhere.requestCount(), 0u);
}

TEST_F(CurlTransportTest, ReachesNothingButHttpsAndLoopback)
{
    for (const char* url : {"http://example.com/v1", "file:///etc/passwd", "gopher://127.0.0.1/"})
    {
        auto asked = request();
        asked.url = url;
        EXPECT_EQ(failureOf(asked), Kind::unavailable) << url;
    }
}

TEST_F(CurlTransportTest, AsksNoProxyForLoopback)
{
    ::setenv("http_proxy", "http://127.0.0.1:1", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    server.answer({{200, "direct"}});
    const auto response = transport->send(request(), never);
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "direct");
}

TEST_F(CurlTransportTest, CancelsAtOnceWhileTheServerThinksOrStallsOrDrips)
{
    for (const auto manner : {Manner::hang, Manner::hangInBody, Manner::drip})
    {
        server.answer({{200, std::string(100'000, 'x'), {}, manner}});
        const auto before = server.requestCount();
        EXPECT_LT(cancelLatency(request(), [&] { ASSERT_TRUE(server.waitForRequests(before + 1)); }),
                  longestCancel);
    }
}

TEST_F(CurlTransportTest, CancelsAtOnceWhileConnecting)
{
    const test::FullBacklog nowhere;
    auto asked = request();
    asked.url = nowhere.baseUrl();
    const auto briefly = [] { std::this_thread::sleep_for(milliseconds(50)); }; // any moment must do
    EXPECT_LT(cancelLatency(asked, briefly), longestCancel);
}

TEST_F(CurlTransportTest, CancelsAtOnceDuringTheTlsHandshake)
{
    server.answer({test::FakeAnswer{.manner = Manner::hang}});
    auto asked = request();
    asked.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/v1";
    const auto briefly = [] { std::this_thread::sleep_for(milliseconds(50)); }; // any moment must do
    EXPECT_LT(cancelLatency(asked, briefly), longestCancel);
}

// T4
TEST_F(CurlTransportTest, CancelsAtOnceDuringAHangingNameLookUp)
{
    auto asked = request();
    asked.url = std::string("https://") + test::hangingHost + "/v1";
    const double latency = cancelLatency(asked, [] { EXPECT_TRUE(test::waitForHangingLookUp()); });
    EXPECT_LT(latency, longestCancel);
    test::endHangingLookUps();
}

TEST_F(CurlTransportTest, DoesNotEvenStartWhenAlreadyCancelled)
{
    Cancellation cancellation;
    cancellation.cancel();
    server.answer({{200, ""}});
    const auto response = transport->send(request(), cancellation);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Kind::cancelled);
    EXPECT_EQ(server.requestCount(), 0u);
}

TEST_F(CurlTransportTest, SaysWhatToInstallWhereLibcurlIsMissing)
{
    constexpr std::array names{"libnosuchcurl.so.4", "libalsomissing.so"};
    const auto library = CurlLibrary::load(names);
    ASSERT_FALSE(library);
    const auto without = makeCurlTransport(library);
    const auto response = without->send(request(), never);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Kind::unavailable);
    EXPECT_NE(response.error().detail.find("libcurl4"), std::string::npos);
}
} // namespace
} // namespace tonewright
