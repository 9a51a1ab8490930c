#include "SessionFixture.h"
#include "support/FakeServer.h"

namespace tonewright::plugin
{
namespace
{
using test::applied;
using test::deliverMessagesUntil;

class SessionAlternatives : public SessionFixture
{
protected:
    bool alternativesEnd()
    {
        // Three tones and their auditions, under a sanitizer beside another program.
        return deliverMessagesUntil([this] { return !session().alternatives().isUnderWay; },
                                    std::chrono::seconds(200));
    }
};

TEST_F(SessionAlternatives, MakesThreeAlternativesInTheBackgroundAndAppliesOnlyTheChosen)
{
    session().makeAlternatives();
    EXPECT_FALSE(session().alternatives().isUnderWay) << "there is no answer yet";
    session().generate("classic rock crunch");
    ASSERT_TRUE(generationEnds());
    const auto first = session().currentPreset();
    session().makeAlternatives();
    EXPECT_TRUE(session().alternatives().isUnderWay);
    EXPECT_FALSE(session().status().isGenerating) << "a prompt can be sent meanwhile";
    ASSERT_TRUE(alternativesEnd());
    const auto& answers = session().alternatives().answers;
    ASSERT_EQ(answers.size(), 4u);
    EXPECT_EQ(session().currentPreset(), first) << "nothing changes under the player's fingers";
    for (std::size_t index = 1; index < answers.size(); ++index)
    {
        EXPECT_EQ(answers[index].source.variation, static_cast<int>(index));
        EXPECT_FALSE(answers[index].source.difference.empty());
    }
    session().chooseAlternative(2);
    EXPECT_EQ(session().currentPreset(), answers[2]);
    session().undo();
    EXPECT_EQ(session().currentPreset(), first);
    session().chooseAlternative(99);
    EXPECT_EQ(session().currentPreset(), first);
    session().chooseAlternative(1);
    session().chooseAlternative(0);
    EXPECT_EQ(session().currentPreset(), first);
}

TEST_F(SessionAlternatives, AnAlternativeLeavesTheInputTrimToThePlayer)
{
    session().generate("classic rock crunch");
    ASSERT_TRUE(generationEnds());
    session().setInputTrim(-7);
    session().chooseAlternative(0);
    EXPECT_FLOAT_EQ(session().currentPreset().parameters["input.trim"_p], -7);
}

TEST_F(SessionAlternatives, NothingIsSentAnyMoreOnceTheOfflineEngineIsChosen)
{
    test::FakeServer server;
    server.answer(
        {{200, R"({"choices":[{"index":0,"message":{"content":"{\"intent\":{\"gain\":\"crunch\"}}"},)"
               R"("finish_reason":"stop"}]})"},
         {.manner = test::FakeAnswer::Manner::hang}});
    ASSERT_EQ(applied(session(), Engine::openAi, server.baseUrl()), "");
    session().generate("classic rock crunch");
    ASSERT_TRUE(generationEnds());
    session().makeAlternatives();
    ASSERT_TRUE(server.waitForRequests(2));
    ASSERT_EQ(applied(session(), Engine::offline, server.baseUrl()), "");
    EXPECT_FALSE(session().alternatives().isUnderWay) << "the one under way is stopped";
    session().makeAlternatives();
    ASSERT_TRUE(deliverMessagesUntil([this] { return session().alternatives().answers.size() > 1; },
                                     std::chrono::seconds(200)));
    EXPECT_EQ(session().alternatives().answers[1].source.engine, "offline");
    EXPECT_EQ(server.requestCount(), 2);
}

TEST_F(SessionAlternatives, ANewPromptStopsAlternativesThatTheServerIsStillThinkingOf)
{
    const auto said = [](const char* gain)
    {
        return test::FakeAnswer{
            200, std::string(R"({"choices":[{"index":0,"message":{"content":"{\"intent\":{\"gain\":\")") +
                     gain + R"(\"}}"},"finish_reason":"stop"}]})"};
    };
    test::FakeServer server;
    server.answer({said("crunch"), said("clean"), {.manner = test::FakeAnswer::Manner::hang}});
    ASSERT_EQ(applied(session(), Engine::openAi, server.baseUrl()), "");
    session().generate("classic rock crunch");
    ASSERT_TRUE(generationEnds());
    ASSERT_EQ(session().currentPreset().source.engine, "openai") << session().status().text;
    session().makeAlternatives();
    ASSERT_TRUE(deliverMessagesUntil([&] { return session().alternatives().answers.size() == 2; }));
    EXPECT_EQ(session().alternatives().answers[1].source.engine, "openai");
    ASSERT_TRUE(server.waitForRequests(3));
    EXPECT_NE(server.requests()[2].body.find("already"), std::string::npos);

    server.answer({said("high_gain")});
    session().generate("dark doom");
    EXPECT_FALSE(session().alternatives().isUnderWay);
    ASSERT_TRUE(generationEnds());
    EXPECT_EQ(session().currentPreset().prompt, "dark doom");
    deliverMessagesUntil([] { return false; }, std::chrono::milliseconds(100));
    ASSERT_EQ(session().alternatives().answers.size(), 1u) << "those before answered other words";
    EXPECT_EQ(session().alternatives().answers.front().prompt, "dark doom");
    EXPECT_EQ(session().currentPreset().prompt, "dark doom");
}
} // namespace
} // namespace tonewright::plugin
