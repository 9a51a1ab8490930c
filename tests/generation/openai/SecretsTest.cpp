// The ways a key has leaked from others, K1 to K8 of the project's test plan.
#include "generation/GenerationSettings.h"
#include "generation/KeyStore.h"
#include "generation/openai/BaseUrl.h"
#include "generation/openai/OnlineFixture.h"
#include "tone/PresetLibrary.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace tonewright
{
namespace
{
using nlohmann::json;
using test::sentinel;

class SecretsTest : public test::OnlineFixture
{
};

/// The key as servers echo it.
std::vector<std::string> echoes()
{
    return {sentinel,
            "tw-sentinel-0123456789",
            "tw%2DSENTINEL%2D0123456789",
            "Bearer " + sentinel,
            "dHctU0VOVElORUwtMDEyMzQ1Njc4OQ==", // base64
            "tw-SENT\\u0049NEL-0123456789"};
}

// K1, K2, K3
TEST_F(SecretsTest, NoEchoOfTheKeyReachesPresetLogMessageOrStatus)
{
    std::string everything;
    for (const auto& echo : echoes())
    {
        auto tone = json::parse(test::goodTone());
        tone["name"] = echo;
        tone["idea"] = echo;
        const auto quoted = "{\"error\":{\"message\":\"you sent " + echo + "\",\"type\":\"" + echo +
                            "\",\"code\":\"" + echo + "\"}}";
        const std::vector<test::FakeAnswer> answers{
            test::chatAnswer(tone.dump()),
            test::streamAnswer(tone.dump()),
            {400, quoted},
            {500, quoted, {"x-request-id: " + echo, "x-should-retry: false"}},
            {200, quoted},
            {200, "data: " + quoted + "\n\n", {"Content-Type: text/event-stream"}},
            {502, "<html>" + echo, {"x-should-retry: false"}},
            {302, "", {"Location: https://evil.example/?key=" + echo}},
            test::chatAnswer(echo),
            {.raw = "HTTP/1.1 " + echo + "\r\n\r\n"},
        };
        for (const auto& answer : answers)
        {
            server.answer({answer});
            everything += presetFileText(generate()) + lastDetail;
        }
    }
    for (const auto& message : messages.all())
        if (const auto* status = std::get_if<StatusUpdate>(&message))
            everything += status->text;
    manager.reset(); // the log is complete once nobody holds it
    everything += environment.allFileText();
    EXPECT_NE(everything.find("HTTP 400"), std::string::npos) << "the log is there";
    for (const auto& echo : echoes())
    {
        if (echo.find('\\') != std::string::npos)
            continue; // the key only where JSON is read
        const auto at = everything.find(echo);
        EXPECT_EQ(at, std::string::npos) << everything.substr(at < 60 ? 0 : at - 60, 160);
    }
    for (const auto& request : server.requests())
    {
        EXPECT_EQ(request.headers.at("authorization"), "Bearer " + sentinel);
        EXPECT_EQ((request.path + request.body).find("SENTINEL"), std::string::npos);
    }
}

// K4, K5
TEST_F(SecretsTest, AnAddressThatWouldLeakTheKeyIsRefusedWithoutBeingRepeated)
{
    for (const auto& address :
         {"https://models.example/v1?key=" + sentinel, "https://user:" + sentinel + "@models.example/v1",
          "https://models.example/v1#" + sentinel, std::string("http://models.example/v1"),
          std::string("ftp://models.example/v1"), std::string("http://localhost.evil.example/v1"),
          std::string("http://127.0.0.1.evil.example/v1")})
    {
        const auto url = parseBaseUrl(address);
        ASSERT_FALSE(url) << address;
        EXPECT_EQ(url.error().message.find("SENTINEL"), std::string::npos);
        model->setServer({address, "m", sentinel});
        GenerationRequest request;
        request.prompt = "crunch";
        request.engine = Engine::openAi;
        const auto terminal = messages.terminalOf(manager->generatePresetFromText(request));
        ASSERT_TRUE(terminal && std::holds_alternative<PresetGenerated>(*terminal));
        const auto& reason = std::get<PresetGenerated>(*terminal).preset.source.fallbackReason;
        EXPECT_TRUE(reason.ends_with('.')) << reason;
        EXPECT_EQ(reason.find("SENTINEL"), std::string::npos);
    }
    EXPECT_EQ(server.requestCount(), 0u);
}

// K6
TEST_F(SecretsTest, AKeyGoesToNoServerButItsOwn)
{
    const auto bound = parseBaseUrl(server.baseUrl())->origin();
    ASSERT_TRUE(KeyStore::keep(bound, sentinel));
    test::FakeServer evil;
    evil.answer({test::chatAnswer(test::goodTone())});
    server.answer({test::chatAnswer(test::goodTone())});
    GenerationSettings settings;
    for (const auto* at : {&evil, &server})
    {
        settings.baseUrl = at->baseUrl();
        model->setServer(resolveServer(settings).server);
        EXPECT_EQ(generate().name, "Fake Crunch");
    }
    EXPECT_FALSE(evil.requests().at(0).headers.contains("authorization"));
    EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Bearer " + sentinel);
}

// K7
TEST_F(SecretsTest, TheKeyIsNotOnTheCommandLineNorInTheEnvironment)
{
    server.answer({test::chatAnswer(test::goodTone())});
    generate();
    for (const char* name : {"/proc/self/cmdline", "/proc/self/environ"})
    {
        std::ostringstream text;
        text << std::ifstream(name).rdbuf();
        EXPECT_EQ(text.str().find("SENTINEL"), std::string::npos) << name;
    }
    for (char** variable = environ; *variable != nullptr; ++variable)
        EXPECT_EQ(std::string(*variable).find("SENTINEL"), std::string::npos);
}

// K8
TEST_F(SecretsTest, APastedKeyCannotSmuggleAHeader)
{
    for (const char* typed :
         {"tw key", "tw\nX-Evil: 1", "tw\r\nHost: evil", "tw\tkey", "tw\xE2\x80\x8Bkey", "", " \n", "tw\x7F"})
    {
        const auto key = cleanKey(typed);
        ASSERT_FALSE(key) << typed;
        EXPECT_TRUE(key.error().message.ends_with('.'));
    }
    EXPECT_EQ(*cleanKey("  " + sentinel + "\r\n"), sentinel);
}
} // namespace
} // namespace tonewright
