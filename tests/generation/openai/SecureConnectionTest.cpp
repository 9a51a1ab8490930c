// T15 and T16: certificates and proxies.
#include "generation/openai/NameLookUps.h"
#include "generation/openai/OnlineFixture.h"
#include "generation/openai/TlsServer.h"
#include "support/ConnectProxy.h"

#include <thread>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using test::Certificate;
using test::FakeAnswer;
using Manner = FakeAnswer::Manner;

class SecureConnectionTest : public test::OnlineFixture
{
protected:
    SecureConnectionTest() { authority.write(authorityFile); }

    ~SecureConnectionTest() override
    {
        manager.reset(); // before the variables its workers read
        ::unsetenv("SSL_CERT_FILE");
        ::unsetenv("https_proxy");
    }

    void trustAuthority() const { ::setenv("SSL_CERT_FILE", authorityFile.c_str(), 1); }
    static void useProxy(const std::string& url) { ::setenv("https_proxy", url.c_str(), 1); }

    void askAt(const std::string& address) { model->setServer({address, "m", test::sentinel}); }

    const std::string body = test::chatAnswer(test::goodTone()).body;
    test::TlsAuthority authority;
    const std::filesystem::path authorityFile = environment.folder() / "authority.pem";
};

// T15; the good one shows that the others fail for their own reason.
TEST_F(SecureConnectionTest, OnlyAGoodCertificateIsSpokenTo)
{
    struct Case
    {
        const char* what;
        Certificate certificate;
        bool isAuthorityTrusted;
        bool isGood;
    };
    for (const auto& [what, certificate, isAuthorityTrusted, isGood] : {
             Case{"good", Certificate::good, true, true},
             Case{"of an authority nobody knows", Certificate::good, false, false},
             Case{"expired", Certificate::expired, true, false},
             Case{"not yet valid", Certificate::notYet, true, false},
             Case{"for another host", Certificate::otherHost, true, false},
             Case{"self-signed", Certificate::selfSigned, true, false},
             Case{"signed by somebody of the same name", Certificate::otherSigner, true, false},
         })
    {
        SCOPED_TRACE(what);
        const test::TlsServer secure(authority, certificate, body);
        askAt("https://localhost:" + std::to_string(secure.port()) + "/v1");
        ::unsetenv("SSL_CERT_FILE");
        if (isAuthorityTrusted)
            trustAuthority();
        if (isGood)
        {
            EXPECT_EQ(generate().name, "Fake Crunch") << lastDetail;
        }
        else
        {
            EXPECT_NE(expectFallback().find("not be secure"), std::string::npos) << lastDetail;
        }
        EXPECT_EQ(secure.requestCount(), isGood ? 1 : 0) << "nothing was sent";
    }
}

// T15: the other end speaks no TLS, or breaks it off.
TEST_F(SecureConnectionTest, AHandshakeThatFailsSendsNothing)
{
    manager->setTimeout(milliseconds(500));
    manager->setRetryCount(0);
    askAt("https://127.0.0.1:" + std::to_string(server.port()) + "/v1");
    for (const auto& answer : {FakeAnswer{.raw = "HTTP/1.1 200 OK\r\n\r\n" + body},
                               FakeAnswer{.raw = "\x15\x03\x01\x00\x02\x02\x28"},
                               FakeAnswer{.manner = Manner::reset}, FakeAnswer{.manner = Manner::hang}})
    {
        server.answer({answer});
        expectFallback();
    }
    for (const auto& received : server.requests())
        EXPECT_TRUE(received.headers.empty());
}

// T16; K2: the key goes through the tunnel, never to the proxy.
TEST_F(SecureConnectionTest, AProxyLeadsToTheServerWithoutLearningTheKey)
{
    trustAuthority();
    const test::TlsServer secure(authority, Certificate::good, body);
    const test::ConnectProxy proxy(secure.port());
    useProxy(proxy.url());
    askAt("https://models.example/v1");
    EXPECT_EQ(generate().name, "Fake Crunch") << lastDetail;
    EXPECT_EQ(secure.requestCount(), 1);
    ASSERT_EQ(proxy.heads().size(), 1u);
    EXPECT_TRUE(proxy.heads()[0].starts_with("CONNECT models.example:443 ")) << proxy.heads()[0];
    EXPECT_EQ(proxy.heads()[0].find("SENTINEL"), std::string::npos);
    EXPECT_EQ(proxy.heads()[0].find("uthorization"), std::string::npos);
}

// T16
TEST_F(SecureConnectionTest, AProxyInTheWayEndsInASentenceAndAFallback)
{
    const auto refused = [](int status) { return FakeAnswer{status, "<html>no</html>"}; };
    struct Case
    {
        const char* what;
        FakeAnswer answer;
        std::size_t requests;
        const char* words;
    };
    useProxy("http://127.0.0.1:" + std::to_string(server.port()));
    askAt("https://models.example/v1");
    for (const auto& [what, answer, requests, words] : {
             Case{"407", refused(407), 1, "proxy"},
             Case{"403", refused(403), 1, "proxy"},
             Case{"404", refused(404), 1, "proxy"},
             Case{"502", refused(502), 3, "proxy"},
             Case{"503", refused(503), 3, "proxy"},
             Case{"302", {302, "", {"Location: https://login.example/"}}, 1, "proxy"},
             Case{"no HTTP", {.raw = "hello\r\n"}, 3, "broke off"},
             Case{"closed at once", {.manner = Manner::reset}, 3, "broke off"},
             Case{"a header without end", {.manner = Manner::endlessHeader}, 1, "too large"},
         })
    {
        SCOPED_TRACE(what);
        server.answer({answer});
        const auto before = server.requestCount();
        EXPECT_NE(expectFallback().find(words), std::string::npos) << lastDetail;
        EXPECT_EQ(server.requestCount() - before, requests);
    }
    for (const auto& received : server.requests())
    {
        EXPECT_EQ(received.method, "CONNECT");
        EXPECT_FALSE(received.headers.contains("authorization"));
    }
}

// T16
TEST_F(SecureConnectionTest, AProxyThatIsNotThereOrSilentIsLeftInTime)
{
    manager->setTimeout(milliseconds(300));
    manager->setRetryCount(0);
    askAt("https://models.example/v1");
    useProxy("http://proxy.invalid:3128");
    EXPECT_NE(expectFallback().find("proxy"), std::string::npos) << lastDetail;
    useProxy("http://127.0.0.1:1");
    EXPECT_NE(expectFallback().find("No connection"), std::string::npos) << lastDetail;
    useProxy("http://127.0.0.1:" + std::to_string(server.port()));
    server.answer({FakeAnswer{.manner = Manner::hang}});
    EXPECT_NE(expectFallback().find("in time"), std::string::npos) << lastDetail;
    const auto id = submit();
    ASSERT_TRUE(server.waitForRequests(2));
    manager->cancel(id);
    const auto begin = std::chrono::steady_clock::now();
    manager.reset();
    EXPECT_LT(test::millisecondsSince(begin), 2500);
}
} // namespace
} // namespace tonewright
