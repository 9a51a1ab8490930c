#include "SessionFixture.h"
#include "generation/FileLock.h"
#include "support/FakeServer.h"

#include <chrono>
#include <fstream>
#include <optional>

namespace tonewright::plugin
{
namespace
{
using test::applied;
using test::deliverMessagesUntil;

class SessionSettingsTest : public SessionFixture
{
};

TEST_F(SessionSettingsTest, KeepsSettingsInTheUsersFolderAndTheKeyOutOfEveryState)
{
    const std::string key = "sk-test-0123456789abcdefghijklmnop";
    EXPECT_EQ(applied(session(), Engine::offline, "http://127.0.0.1:9/v1", "some-model", key), "");
    EXPECT_EQ(session().engine(), Engine::offline);
    EXPECT_EQ(session().serverAddress(), "http://127.0.0.1:9/v1");
    EXPECT_EQ(session().modelName(), "some-model");
    EXPECT_EQ(session().keyOrigin(), "session");

    session().generate("funky compressed clean");
    ASSERT_TRUE(generationEnds());
    juce::MemoryBlock state;
    processor->getStateInformation(state);
    const std::string text(static_cast<const char*>(state.getData()), state.getSize());
    EXPECT_EQ(text.find(key), std::string::npos);
    EXPECT_EQ(text.find("127.0.0.1"), std::string::npos);
    EXPECT_EQ(text.find("some-model"), std::string::npos);

    // Another instance, as after a restart.
    TonewrightProcessor later;
    EXPECT_EQ(later.session().engine(), Engine::offline);
    EXPECT_EQ(later.session().serverAddress(), "http://127.0.0.1:9/v1");
    EXPECT_EQ(later.session().modelName(), "some-model");
    EXPECT_EQ(later.session().keyOrigin(), "file");
}

TEST_F(SessionSettingsTest, SettingsHoldAtOnceAndAreSavedWhenAnotherProcessLetsThem)
{
    const std::string key = "sk-test-0123456789abcdefghijklmnop";
    std::optional<FileLock> held(std::move(*FileLock::acquire(folder.path() / "settings.lock")));
    std::optional<std::string> ended;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(session().applySettings(Engine::offline, "http://127.0.0.1:9/v1", "some-model", key,
                                      [&](const std::string& problem) { ended = problem; }),
              "");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1))
        << "a millisecond where nothing else runs";
    EXPECT_EQ(session().engine(), Engine::offline);
    EXPECT_EQ(session().modelName(), "some-model");
    EXPECT_EQ(session().keyOrigin(), "session");
    deliverMessagesUntil([] { return false; }, std::chrono::milliseconds(50));
    EXPECT_FALSE(ended.has_value());
    held.reset();
    EXPECT_TRUE(deliverMessagesUntil([&] { return ended.has_value(); }));
    EXPECT_EQ(ended, "");
    EXPECT_EQ(TonewrightProcessor().session().modelName(), "some-model");

    // A key that is being forgotten is not used any more.
    held.emplace(std::move(*FileLock::acquire(folder.path() / "credentials.lock")));
    ended.reset();
    EXPECT_EQ(session().forgetKey([&](const std::string& problem) { ended = problem; }), "");
    EXPECT_EQ(session().keyOrigin(), "");
    held.reset();
    EXPECT_TRUE(deliverMessagesUntil([&] { return ended.has_value(); }));
    EXPECT_EQ(ended, "");
    EXPECT_EQ(TonewrightProcessor().session().keyOrigin(), "");
}

TEST_F(SessionSettingsTest, SaysWhenSettingsAreInUseButCouldNotBeSaved)
{
    std::ofstream(folder.path() / "settings.json") << "{oops";
    const auto problem = applied(session(), Engine::offline, "http://127.0.0.1:9/v1", "some-model");
    EXPECT_NE(problem.find("settings.json"), std::string::npos) << problem;
    EXPECT_TRUE(session().status().isError) << "the card may be closed by now";
    EXPECT_EQ(session().modelName(), "some-model");
}

TEST_F(SessionSettingsTest, TestsAConnectionWithoutSavingAnything)
{
    test::FakeServer server;
    server.answer({{200, R"({"data":[{"id":"small"},{"id":"large"}]})"}});
    const auto before = session().serverAddress();
    const auto tested = [&](const std::string& address, const std::string& model)
    {
        std::optional<ConnectionTest> result;
        EXPECT_EQ(session().testConnection(address, model, "", [&](const auto& end) { result = end; }), "");
        EXPECT_TRUE(deliverMessagesUntil([&] { return result.has_value(); }));
        return result.value_or(ConnectionTest{});
    };
    EXPECT_TRUE(tested(server.baseUrl(), "large").hasAnswered);
    const auto missing = tested(server.baseUrl(), "huge");
    EXPECT_FALSE(missing.hasAnswered);
    EXPECT_NE(missing.text.find("large, small"), std::string::npos) << missing.text;
    server.answer({test::FakeAnswer{401, R"({"error":{"message":"no"}})"}});
    EXPECT_FALSE(tested(server.baseUrl(), "large").hasAnswered);
    EXPECT_NE(session().testConnection("not an address", "large", "", [](const auto&) { FAIL(); }), "");
    EXPECT_EQ(session().serverAddress(), before);

    server.answer({{.manner = test::FakeAnswer::Manner::hang}});
    EXPECT_EQ(session().testConnection(server.baseUrl(), "large", "", [](const auto&) { FAIL(); }), "");
    processor.reset(); // in the middle of it
}

TEST_F(SessionSettingsTest, RefusesSettingsThatCannotWorkAndKeepsTheOldOnes)
{
    ASSERT_EQ(applied(session(), Engine::offline, "http://localhost:8080/v1", "good"), "");
    EXPECT_NE(applied(session(), Engine::openAi, "not an address"), "");
    EXPECT_NE(applied(session(), Engine::openAi, "http://example.org/v1"), "");
    EXPECT_EQ(session().engine(), Engine::offline);
    EXPECT_EQ(session().serverAddress(), "http://localhost:8080/v1");
    EXPECT_EQ(session().modelName(), "good");
}

} // namespace
} // namespace tonewright::plugin
