#include "generation/openai/EventStream.h"

#include "generation/OnlineSupport.h"
#include "generation/openai/ChatReader.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
using Events = std::vector<std::string>;

Events eventsOf(const std::vector<std::string_view>& pieces)
{
    EventStream stream;
    Events events;
    for (const auto piece : pieces)
        stream.read(piece, [&](std::string_view data) { events.emplace_back(data); });
    return events;
}

// P8
TEST(EventStream, ReadsTheFieldsAsTheStandardSays)
{
    struct Case
    {
        std::string text;
        Events events;
    };
    for (const auto& [text, events] : {
             Case{"data: a\n\n", {"a"}},
             Case{"data:a\n\n", {"a"}},
             Case{"data:  a\n\n", {" a"}},
             Case{"data: a\ndata: b\n\n", {"a\nb"}},
             Case{"data\ndata\n\n", {"\n"}},
             Case{"data:\n\n", {""}},
             Case{": OPENROUTER PROCESSING\n\ndata: a\n\n", {"a"}},
             Case{"event: x\nid: 7\nretry: 5\nfoo: bar\ndata: a\n\n", {"a"}},
             Case{"datax: a\n\n", {}},
             Case{"Data: a\n\n", {}},
             Case{"event: x\n\n", {}},
             Case{"\n\n\ndata: a\n\n\n\ndata: b\n\n", {"a", "b"}},
             Case{"\xEF\xBB\xBF"
                  "data: a\n\n",
                  {"a"}},
             Case{"data: a\n\n\xEF\xBB\xBF"
                  "data: b\n\n",
                  {"a"}},
             Case{"data: a\n\ndata: b", {"a"}},
             Case{"data: a\n\ndata: b\n", {"a"}},
             Case{"", {}},
             Case{"data: gr\xC3\xBC\xC3\x9F\n\n", {"gr\xC3\xBC\xC3\x9F"}},
         })
    {
        // However lines end, and wherever the text is cut: at every byte, and at every pair of bytes.
        for (const std::string_view end : {"\n", "\r", "\r\n"})
        {
            std::string whole;
            for (const char c : text)
                whole += c == '\n' ? std::string(end) : std::string(1, c);
            std::string_view view = whole;
            EXPECT_EQ(eventsOf({view}), events) << text;
            for (std::size_t first = 0; first <= view.size(); ++first)
                for (std::size_t second = first; second <= view.size(); ++second)
                    ASSERT_EQ(eventsOf({view.substr(0, first), view.substr(first, second - first),
                                        view.substr(second)}),
                              events)
                        << text << first << " " << second;
        }
    }
}

TEST(EventStream, StopsAtAnEventWithoutEnd)
{
    for (const std::string piece : {"data: xxxxxxxxxxxxxxxxxxx\n", "xxxxxxxxxxxxxxxxxxxxxxxxxx"})
    {
        EventStream stream;
        int events = 0;
        for (int turn = 0; turn < 200'000; ++turn)
            stream.read(piece, [&](std::string_view) { ++events; });
        EXPECT_TRUE(stream.isTooLong());
        stream.read("\n\ndata: a\n\n", [&](std::string_view) { ++events; });
        EXPECT_EQ(events, 0);
    }
}

// P8
TEST(ChatStream, ComesToTheSameAnswerWhereverItIsCut)
{
    std::string text;
    for (const auto& event : test::streamEvents(test::goodTone()))
        text += event;
    const std::string_view view = text;
    for (std::size_t cut = 0; cut <= view.size(); ++cut)
    {
        ChatStream stream({});
        if (stream.take(view.substr(0, cut)) != BodyListener::Verdict::complete)
            (void)stream.take(view.substr(cut));
        ASSERT_FALSE(stream.isBroken()) << cut;
        const auto answer = stream.answer("");
        ASSERT_TRUE(answer) << cut;
        ASSERT_EQ(answer->content, test::goodTone()) << cut;
        ASSERT_EQ(answer->finishReason, "stop");
    }
}

TEST(ChatStream, TellsSignsOfLifeFromPadding)
{
    using Verdict = BodyListener::Verdict;
    ChatStream stream({});
    EXPECT_EQ(stream.take(": waiting\n\n"), Verdict::nothing);
    EXPECT_EQ(stream.take("data: {\"choices\":[]}\n\n"), Verdict::nothing);
    EXPECT_EQ(stream.take("data: {\"choices\":[{\"delta\":{\"content\":null}}]}\n\n"), Verdict::nothing);
    EXPECT_EQ(stream.take("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"), Verdict::progress);
    EXPECT_EQ(stream.take("data: {\"choices\":[{\"delta\":{\"reasoning\":\"a\"}}]}\n\n"), Verdict::progress);
    EXPECT_EQ(stream.take("data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"\"}]}\n\n"),
              Verdict::progress);
    EXPECT_TRUE(stream.isBroken()) << "not ended yet";
    EXPECT_EQ(stream.take("data: [DONE]\n\n"), Verdict::complete);
    EXPECT_FALSE(stream.isBroken());
    EXPECT_EQ(stream.answer("")->content, "ab");
}
} // namespace
} // namespace tonewright
