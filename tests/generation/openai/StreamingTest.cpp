#include "generation/openai/ApiClient.h"
#include "generation/openai/OnlineFixture.h"

#include <nlohmann/json.hpp>

#include <thread>

namespace tonewright
{
namespace
{
using nlohmann::json;
using std::chrono::milliseconds;
using test::FakeAnswer;
using Manner = FakeAnswer::Manner;

class StreamingTest : public test::OnlineFixture
{
protected:
    /// The progress of every status so far, unknown ones left out.
    std::vector<double> progress()
    {
        std::vector<double> steps;
        for (const auto& message : messages.all())
            if (const auto* status = std::get_if<StatusUpdate>(&message);
                status != nullptr && status->progress >= 0)
                steps.push_back(status->progress);
        return steps;
    }

    bool wasAskedToStream(std::size_t index) const
    {
        return test::asksForStream(server.requests().at(index));
    }
};

TEST_F(StreamingTest, AStreamedAnswerBecomesThePresetAndShowsItsProgress)
{
    server.answer({test::streamAnswer(test::goodTone())});
    const auto preset = generate();
    EXPECT_EQ(preset.name, "Fake Crunch");
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_EQ(server.requestCount(), 1u);
    const auto sent = json::parse(server.requests().at(0).body);
    EXPECT_EQ(sent["stream"], true);
    EXPECT_FALSE(sent.contains("stream_options"));
    const auto steps = progress();
    ASSERT_GE(steps.size(), 4u);
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
    EXPECT_LE(steps.size(), 60u) << "no more than somebody can see";
    EXPECT_LE(steps.back(), 1);
}

TEST_F(StreamingTest, ProgressNeverGoesBackWhenAnAnswerIsAskedForAgain)
{
    server.answer({test::streamAnswer(std::string(3000, 'x')), test::streamAnswer(test::goodTone())});
    EXPECT_EQ(generate().name, "Fake Crunch");
    const auto steps = progress();
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
    EXPECT_GT(steps.front(), 0);
}

// P9: JSON where a stream was asked for, and a stream where it was not.
TEST_F(StreamingTest, EitherFormIsUnderstoodWhateverWasAskedFor)
{
    server.answer({test::chatAnswer(test::goodTone())});
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_TRUE(wasAskedToStream(0));
    auto unasked = test::streamAnswer(test::goodTone());
    server.answer({test::errorAnswer(400, "unsupported_parameter", "'stream' is not supported"), unasked});
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_FALSE(wasAskedToStream(2));
    unasked.headers = {"Content-Type: application/json"};
    server.answer({unasked});
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_EQ(server.requestCount(), 4u);
}

TEST_F(StreamingTest, AServerThatRejectsStreamsIsAskedWithoutFromThenOn)
{
    for (const auto& refusal :
         {test::errorAnswer(400, "unsupported_parameter", "Unsupported parameter: 'stream'"),
          FakeAnswer{422, R"({"detail":[{"type":"extra_forbidden","loc":["body","stream"],"input":true}]})"},
          FakeAnswer{400, R"({"error":"Streaming is not supported with response_format"})"},
          FakeAnswer{400, R"({"error":{"message":"not with json_schema","param":"stream","code":null}})"},
          FakeAnswer{200, R"({"error":{"message":"stream is not supported","code":400}})"},
          FakeAnswer{501, "streaming is not implemented"}})
    {
        SCOPED_TRACE(refusal.body);
        model = std::make_shared<OpenAiGenerator>();
        model->setServer({server.baseUrl(), "fake-model", test::sentinel});
        start();
        const auto before = server.requestCount();
        server.answerBy(
            [&](const test::ReceivedRequest& request)
            { return test::asksForStream(request) ? refusal : test::chatAnswer(test::goodTone()); });
        EXPECT_EQ(generate().name, "Fake Crunch");
        EXPECT_EQ(generate().name, "Fake Crunch");
        EXPECT_EQ(server.requestCount() - before, 3u);
        EXPECT_NE(server.requests().back().body.find("\"strict\":true"), std::string::npos)
            << "nothing else was given up";
    }
}

TEST_F(StreamingTest, AnUpstreamErrorIsNoWordAboutStreams)
{
    server.answer({test::errorAnswer(500, "x", "upstream connect error")});
    EXPECT_TRUE(generate().source.fallback);
    EXPECT_TRUE(wasAskedToStream(2)) << "three attempts, all the same";
}

TEST_F(StreamingTest, AStreamThatEndsTooEarlyIsAskedForInOnePiece)
{
    server.answerBy(
        [&](const test::ReceivedRequest& request)
        {
            auto cut = test::streamAnswer(test::goodTone());
            cut.pieces.resize(5);
            return test::asksForStream(request) ? cut : test::chatAnswer(test::goodTone());
        });
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_EQ(server.requestCount(), 3u) << "remembered";
}

TEST_F(StreamingTest, WhatComesAfterTheEndOfTheAnswerIsNotWaitedFor)
{
    for (const std::size_t missing : {0u, 1u, 2u}) // [DONE], the usage
    {
        auto open = test::streamAnswer(test::goodTone());
        open.pieces.resize(open.pieces.size() - missing);
        open.manner = Manner::hangAfter;
        server.answer({open});
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_EQ(generate().name, "Fake Crunch");
        EXPECT_LT(test::millisecondsSince(begin), 4000) << "the timeout is 5 s";
    }
}

// P9 of the threading facts, M11: the limit is on silence, not on the whole answer, and not on the first
// byte.
TEST_F(StreamingTest, ASlowStreamMayTakeLongerThanTheTimeout)
{
    auto slow = test::streamAnswer(test::goodTone(), milliseconds(40));
    slow.pieces = test::streamEvents(test::goodTone(), 8);
    ASSERT_GT(slow.pieces.size() * 40, 1000u);
    manager->setTimeout(milliseconds(600));
    server.answer({slow});
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(generate().name, "Fake Crunch");
    EXPECT_GT(test::millisecondsSince(begin), 600);
    EXPECT_EQ(server.requestCount(), 1u);
}

TEST_F(StreamingTest, ThinkingAloudIsASignOfLifeAndNoPartOfTheAnswer)
{
    auto answer = test::streamAnswer(test::goodTone());
    const std::string thought =
        R"(data: {"choices":[{"delta":{"reasoning_content":"{\"amp.gain\": 1} or so"},"finish_reason":null}]})"
        "\n\n";
    answer.pieces.insert(answer.pieces.begin() + 1, 30, thought);
    answer.pause = milliseconds(30);
    manager->setTimeout(milliseconds(500));
    server.answer({answer});
    EXPECT_FLOAT_EQ(generate().parameters["amp.gain"_p], 6.5f);
    bool saidSo = false;
    for (const auto& message : messages.all())
        if (const auto* status = std::get_if<StatusUpdate>(&message))
            saidSo = saidSo || status->text.find("thinking") != std::string::npos;
    EXPECT_TRUE(saidSo);
}

TEST_F(StreamingTest, TheDeadlineEndsAStreamThatNeverDoes)
{
    FakeAnswer endless{.headers = {"Content-Type: text/event-stream"},
                       .manner = Manner::pieces,
                       .pause = milliseconds(5),
                       .pieces = std::vector<std::string>(10'000, test::streamEvents("x", 1)[1])};
    server.answer({endless});
    ApiClient client(makeCurlTransport());
    ChatQuestion question;
    question.messages = {{"user", "x"}};
    question.listener = [](std::size_t) {};
    const auto begin = std::chrono::steady_clock::now();
    question.deadline = begin + milliseconds(300);
    const Cancellation never;
    const auto answer = client.complete({server.baseUrl(), "m", ""}, question, never);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, GenerationErrorKind::timeout);
    EXPECT_LT(test::millisecondsSince(begin), 5000);
}

TEST_F(StreamingTest, ACancelEndsAStreamAtOnce)
{
    auto slow = test::streamAnswer(test::goodTone(), milliseconds(20));
    slow.pieces = test::streamEvents(test::goodTone(), 1);
    server.answer({slow});
    const auto id = submit();
    ASSERT_TRUE(server.waitForRequests(1));
    while (progress().empty())
        std::this_thread::sleep_for(milliseconds(1)); // until the answer has begun
    manager->cancel(id);
    const auto begin = std::chrono::steady_clock::now();
    manager.reset();
    EXPECT_LT(test::millisecondsSince(begin), 2500);
    EXPECT_EQ(messages.terminalCount(id), 1u);
}
} // namespace
} // namespace tonewright
