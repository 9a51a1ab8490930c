#include "generation/openai/ServerCheck.h"

#include "generation/OnlineSupport.h"
#include "generation/openai/NameLookUps.h"

#include <gtest/gtest.h>

#include <thread>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Manner = test::FakeAnswer::Manner;
using Ids = std::vector<std::string>;

class ServerCheckTest : public testing::Test
{
protected:
    ServerCheck::ServerQuestion ask(const std::string& address = {})
    {
        return [settings = ServerSettings{address.empty() ? server.baseUrl() : address, "m", "tw-key"}]
        { return settings; };
    }

    ServerCheck::AnswerHandler keep()
    {
        return [this](const ServerCheck::Answer& answer)
        {
            EXPECT_EQ(std::this_thread::get_id(), messageThread);
            answers.push_back(answer);
        };
    }

    /// What the timer of the message thread does, until the answer is there.
    void dispatchUntilDone(ServerCheck& check)
    {
        for (const auto end = steady_clock::now() + std::chrono::seconds(20);
             check.isUnderWay() && steady_clock::now() < end;)
        {
            check.dispatch();
            std::this_thread::sleep_for(milliseconds(1)); // between two ticks
        }
    }

    const ScopedThreadRole role{ThreadRole::message};
    const std::thread::id messageThread = std::this_thread::get_id();
    test::IsolatedEnvironment environment;
    test::FakeServer server;
    std::vector<ServerCheck::Answer> answers;
};

TEST_F(ServerCheckTest, BringsTheModelsToTheMessageThread)
{
    server.answer({{200, R"({"data":[{"id":"b"},{"id":"a"}]})"}});
    ServerCheck check;
    EXPECT_FALSE(check.isUnderWay());
    check.start(ask(), keep());
    EXPECT_TRUE(check.isUnderWay());
    dispatchUntilDone(check);
    ASSERT_EQ(answers.size(), 1u);
    ASSERT_TRUE(answers[0]) << answers[0].error().detail;
    EXPECT_EQ(answers[0]->ids, (Ids{"a", "b"}));
    EXPECT_EQ(server.requests().at(0).path, "/v1/models");
    EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Bearer tw-key");
    check.dispatch();
    EXPECT_EQ(answers.size(), 1u);
}

TEST_F(ServerCheckTest, BringsTheSentenceOfAFailure)
{
    server.answer({test::errorAnswer(401, "invalid_api_key", "no")});
    ServerCheck check;
    check.start(ask(), keep());
    dispatchUntilDone(check);
    server.answer({{200, "<html>", {"Content-Type: text/html"}}});
    check.start(ask(), keep());
    dispatchUntilDone(check);
    check.start(ask("no address"), keep());
    dispatchUntilDone(check);
    check.start([]() -> ServerSettings { throw std::runtime_error("the key store is gone"); }, keep());
    dispatchUntilDone(check);
    ASSERT_EQ(answers.size(), 4u);
    for (const auto& answer : answers)
    {
        ASSERT_FALSE(answer);
        EXPECT_TRUE(answer.error().message.ends_with('.'));
    }
    EXPECT_EQ(answers[0].error().kind, GenerationErrorKind::badKey);
    EXPECT_EQ(answers[3].error().kind, GenerationErrorKind::internal);
}

TEST_F(ServerCheckTest, TheLatestCheckWins)
{
    server.answerBy(
        [](const test::ReceivedRequest& request) -> test::FakeAnswer
        {
            if (request.path.starts_with("/slow"))
                return {.manner = Manner::hang};
            return {200, R"(["fast"])"};
        });
    ServerCheck check;
    check.start(ask("http://127.0.0.1:" + std::to_string(server.port()) + "/slow"),
                [](const ServerCheck::Answer&) { ADD_FAILURE() << "superseded"; });
    ASSERT_TRUE(server.waitForRequests(1));
    check.start(ask(), keep());
    dispatchUntilDone(check);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0]->ids, Ids{"fast"});
}

TEST_F(ServerCheckTest, ACancelledCheckNeverAnswers)
{
    server.answer({{200, R"(["m"])"}});
    ServerCheck check;
    for (int round = 0; round < 20; ++round)
    {
        check.start(ask(), [](const ServerCheck::Answer&) { ADD_FAILURE() << "cancelled"; });
        if (round % 2 == 0)
        {
            EXPECT_TRUE(server.waitForRequests(static_cast<std::size_t>(round / 2 + 1)));
        }
        check.cancel();
        EXPECT_FALSE(check.isUnderWay());
        check.dispatch();
    }
}

TEST_F(ServerCheckTest, StartNeverWaitsAndTheEndIsQuickWhateverTheServerDoes)
{
    const test::FullBacklog nowhere;
    for (const auto& address :
         {server.baseUrl(), nowhere.baseUrl(), std::string("https://") + test::hangingHost})
    {
        server.answer({test::FakeAnswer{.manner = Manner::hang}});
        const auto seen = server.requestCount();
        auto check = std::make_unique<ServerCheck>();
        auto begin = steady_clock::now();
        check->start(ask(address), keep());
        EXPECT_LT(test::millisecondsSince(begin), 1000) << "microseconds, on a machine at rest";
        if (address == server.baseUrl())
        {
            EXPECT_TRUE(server.waitForRequests(seen + 1));
        }
        if (address.find(test::hangingHost) != std::string::npos)
        {
            EXPECT_TRUE(test::waitForHangingLookUp());
        }
        begin = steady_clock::now();
        check.reset();
        EXPECT_LT(test::millisecondsSince(begin), 2500) << address;
    }
    test::endHangingLookUps();
    EXPECT_TRUE(answers.empty());
}

TEST_F(ServerCheckTest, AHandlerMayEndTheCheckItself)
{
    server.answer({{200, R"(["m"])"}});
    auto check = std::make_unique<ServerCheck>();
    bool done = false;
    check->start(ask(),
                 [&](const ServerCheck::Answer& answer)
                 {
                     EXPECT_TRUE(answer);
                     done = true;
                     check.reset(); // the user closed the panel
                 });
    while (!done)
        check->dispatch();
    EXPECT_EQ(check, nullptr);
}
} // namespace
} // namespace tonewright
