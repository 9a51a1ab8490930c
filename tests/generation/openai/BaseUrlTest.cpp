#include "generation/openai/BaseUrl.h"

#include "generation/openai/ServerSettings.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
TEST(BaseUrl, ReadsTheAddressesPeopleUse)
{
    struct Case
    {
        const char* text;
        const char* tidy;
        const char* origin;
        bool isLoopback;
    };
    for (const auto& [text, tidy, origin, isLoopback] : {
             Case{"https://api.openai.com/v1", "https://api.openai.com/v1", "https://api.openai.com:443",
                  false},
             Case{" HTTPS://API.OpenAI.com/v1/ \n", "https://api.openai.com/v1", "https://api.openai.com:443",
                  false},
             Case{"https://api.openai.com:443/v1", "https://api.openai.com/v1", "https://api.openai.com:443",
                  false},
             Case{"https://host.example:8443/a/b/", "https://host.example:8443/a/b",
                  "https://host.example:8443", false},
             Case{"http://localhost:11434/v1", "http://localhost:11434/v1", "http://localhost:11434", true},
             Case{"http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080", true},
             Case{"http://127.9.8.7/v1", "http://127.9.8.7/v1", "http://127.9.8.7:80", true},
             Case{"http://[::1]:1234/v1", "http://[::1]:1234/v1", "http://[::1]:1234", true},
         })
    {
        const auto url = parseBaseUrl(text);
        ASSERT_TRUE(url) << text;
        EXPECT_EQ(url->text(), tidy);
        EXPECT_EQ(url->origin(), origin);
        EXPECT_EQ(url->isLoopback(), isLoopback) << text;
    }
}

TEST(BaseUrl, RefusesWhatCouldLeakOrMislead)
{
    for (const char* text : {"",
                             "api.openai.com/v1",
                             "https://",
                             "https:///v1",
                             "ftp://host/v1",
                             "file:///etc/passwd",
                             "javascript:x",
                             "https://user:pass@host/v1",
                             "https://key@host/v1",
                             "https://host/v1?key=sk-secretsecret",
                             "https://host/v1#x",
                             "https://host:0/v1",
                             "https://host:65536/v1",
                             "https://host:8a/v1",
                             "https://host:/v1",
                             "https://ho st/v1",
                             "https://host/v 1",
                             "https://host/v1\r\nX: y",
                             "https://h\xC3\xB6st/",
                             "https://host\\evil/v1",
                             "https://host/%2e%2e",
                             "https://a..b/",
                             "https://.host/",
                             "http://example.com/v1",
                             "http://127.0.0.1.evil.example/v1",
                             "http://localhost.evil.example/v1",
                             "http://128.0.0.1/v1",
                             "http://127.0.0/v1",
                             "http://127.0.0.256/v1",
                             "http://0x7f.0.0.1/",
                             "https://[::1/v1"})
    {
        const auto url = parseBaseUrl(text);
        EXPECT_FALSE(url) << text;
        if (!url)
        {
            EXPECT_EQ(url.error().message.find("secret"), std::string::npos);
            EXPECT_EQ(url.error().message.find("pass@"), std::string::npos);
        }
    }
    EXPECT_FALSE(parseBaseUrl("https://host/" + std::string(5000, 'a')));
}

TEST(ServerSettings, AreConfiguredWithAKeyOrForAServerThatNeedsNone)
{
    EXPECT_FALSE((ServerSettings{"https://api.openai.com/v1", "m", ""}).isConfigured());
    EXPECT_TRUE((ServerSettings{"https://api.openai.com/v1", "m", "k"}).isConfigured());
    EXPECT_TRUE((ServerSettings{"http://localhost:1/v1", "m", ""}).isConfigured());
    EXPECT_FALSE((ServerSettings{"http://localhost:1/v1", "", ""}).isConfigured());
    EXPECT_FALSE((ServerSettings{"http://example.com/v1", "m", "k"}).isConfigured());
}
} // namespace
} // namespace tonewright
