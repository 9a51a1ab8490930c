#include "generation/openai/ResponseReader.h"

#include "generation/OnlineSupport.h"
#include "generation/openai/ChatReader.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tonewright
{
namespace
{
using nlohmann::json;
using Kind = GenerationErrorKind;

ParameterSet toneOf(const std::string& text, const ParameterSet* current = nullptr)
{
    auto tone = readModelTone(text, {current});
    if (!tone)
        throw std::runtime_error(tone.error().message);
    return tone->parameters;
}

bool isLegal(const ParameterSet& parameters)
{
    auto legal = parameters;
    legal.makeLegal();
    return legal == parameters;
}

Result<ChatAnswer, GenerationError> envelope(const std::string& body)
{
    const ServerSettings server{"https://models.example/v1", "m", "tw-SENTINEL-0123456789"};
    return readChatAnswer({200, {}, body}, *parseBaseUrl(server.baseUrl), server);
}

TEST(ResponseReader, FindsTheObjectInWhateverModelsWrapItIn)
{
    const auto good = test::goodTone();
    for (const auto& text : {good, "\xEF\xBB\xBF" + good, "```json\n" + good + "\n```",
                             "Sure! Here you are:\n" + good + "\nEnjoy {it}.",
                             "<think>maybe {\"amp.gain\": 1} or so</think>\n" + good,
                             "Use {braces} like " + good, "{not json} " + good, good + good, "  \n\t" + good})
    {
        const auto tone = toneOf(text);
        EXPECT_EQ(tone.choice<AmpModel>("amp.model"_p), AmpModel::britishCrunch) << text;
        EXPECT_FLOAT_EQ(tone["amp.gain"_p], 6.5f) << text;
        EXPECT_TRUE(tone.isOn("reverb.enabled"_p));
        EXPECT_FALSE(tone.isOn("delay.enabled"_p));
    }
}

TEST(ResponseReader, ATagInsideTheAnswerIsNoThought)
{
    const std::string tagged =
        R"({"idea":"soft </think> and {\"amp\":{\"gain\":1}} <think>","stages":{"amp":{"gain":6.5}}})";
    const std::string draft = R"({"amp":{"gain":1}})";
    for (const auto& text : {tagged, "<think>" + draft + "</think>" + tagged,
                             draft + " or rather</think>\n" + tagged, // its opening tag was swallowed
                             "Start with {\"intent\": {\"gain\": ... then fill it.</think>\n" + tagged,
                             "A \" and a { here.</think>\n```json\n" + tagged + "\n```",
                             "Well. <think>{</think>" + tagged, tagged + "<think>" + draft})
        EXPECT_FLOAT_EQ(toneOf(text)["amp.gain"_p], 6.5f) << text;
    EXPECT_FALSE(readModelTone("<think>" + tagged.substr(0, tagged.size() / 2)));
}

TEST(ResponseReader, AcceptsEveryFormThatSaysTheSame)
{
    for (const char* text : {R"({"stages":{"amp":{"gain":6.5}}})", R"({"amp":{"gain":6.5}})",
                             R"({"parameters":{"amp.gain":6.5}})", R"({"amp.gain":6.5})",
                             R"({"stages":{"amp":{"amp.gain":6.5}}})", R"({"amp":{"gain":"6.5"}})",
                             R"({"preset":{"stages":{"amp":{"gain":6.5}}}})"})
        EXPECT_FLOAT_EQ(toneOf(text)["amp.gain"_p], 6.5f) << text;
    EXPECT_EQ(toneOf(R"({"amp":{"model":"Modern High Gain"}})").choice<AmpModel>("amp.model"_p),
              AmpModel::modernHighGain);
    EXPECT_TRUE(toneOf(R"({"gate":{"enabled":"on"}})").isOn("gate.enabled"_p));
    EXPECT_TRUE(toneOf(R"({"gate":{"enabled":1}})").isOn("gate.enabled"_p));
    EXPECT_FLOAT_EQ(toneOf(R"({"delay":{"time":"0.5 s"}})")["delay.time"_p], 500);
}

TEST(ResponseReader, SwitchesOnWhatIsSetAndNotWhatIsSwitchedOff)
{
    EXPECT_TRUE(toneOf(R"({"stages":{"reverb":{"mix":30}}})").isOn("reverb.enabled"_p));
    EXPECT_FALSE(toneOf(R"({"stages":{"reverb":{"mix":30,"enabled":false}}})").isOn("reverb.enabled"_p));
}

TEST(ResponseReader, StartsFromTheCurrentToneOnlyWhenTheModelSaysSo)
{
    ParameterSet current;
    current["amp.bass"_p] = 9;
    EXPECT_FLOAT_EQ(toneOf(R"({"startFrom":"current","stages":{"amp":{"gain":2}}})", &current)["amp.bass"_p],
                    9);
    EXPECT_FLOAT_EQ(toneOf(R"({"startFrom":"defaults","stages":{"amp":{"gain":2}}})", &current)["amp.bass"_p],
                    5);
    EXPECT_FLOAT_EQ(toneOf(R"({"startFrom":"current","stages":{"amp":{"gain":2}}})")["amp.bass"_p], 5);
}

TEST(ResponseReader, KeepsOrDropsAnImpulseResponseButNamesNone)
{
    ParameterSet current;
    current["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    current.impulseResponse = 77;
    const auto answer = [](const std::string& start, const std::string& more)
    { return R"({"startFrom":")" + start + R"(",)" + more + R"("stages":{"amp":{"gain":3}}})"; };
    EXPECT_EQ(toneOf(answer("current", ""), &current).impulseResponse, 77u);
    EXPECT_EQ(toneOf(answer("defaults", ""), &current).impulseResponse, 0u);
    const auto naming =
        answer("current", R"("impulseResponse":{"hash":"0123456789abcdef","name":"/etc/passwd"},)");
    EXPECT_EQ(toneOf(naming, &current).impulseResponse, 77u);
    EXPECT_EQ(toneOf(naming).impulseResponse, 0u);
    const auto user = toneOf(R"({"stages":{"cabinet":{"model":"user"}}})", &current);
    EXPECT_EQ(user.choice<CabinetModel>("cabinet.model"_p), CabinetModel::american1x12Open);
}

TEST(ResponseReader, MapsAnIntentAndLaysOutrightSettingsOnIt)
{
    const std::string intent =
        R"("intent":{"gain":"high_gain","tightness":0.6,"mids":-0.4,"reverb":{"type":"hall","amount":0.3}})";
    const auto alone = toneOf("{" + intent + "}");
    EXPECT_EQ(alone.choice<AmpModel>("amp.model"_p), AmpModel::modernHighGain);
    EXPECT_TRUE(alone.isOn("gate.enabled"_p)) << "the same mapper: tight high gain is gated";
    EXPECT_EQ(alone.choice<ReverbType>("reverb.type"_p), ReverbType::hall);
    auto expected = alone;
    expected["amp.gain"_p] = 7.3f;
    expected["delay.enabled"_p] = 1;
    expected["delay.time"_p] = 420;
    EXPECT_EQ(toneOf("{" + intent + R"(,"stages":{"amp":{"gain":7.3},"delay":{"time":420},"reverb":null}})"),
              expected);
    EXPECT_EQ(toneOf(R"({"tone":{)" + intent + "}}"), alone) << "wrapped";
    EXPECT_EQ(
        toneOf(R"({"gain":"high_gain","tightness":0.6,"mids":-0.4,"reverb":{"type":"hall","amount":0.3}})"),
        toneOf(
            R"({"amp":null,"gain":"high_gain","tightness":0.6,"mids":-0.4,"reverb":{"type":"hall","amount":0.3}})"));
}

TEST(ResponseReader, AnIntentChangesTheCurrentToneOnlyWhereItSpeaks)
{
    ParameterSet current;
    current["amp.bass"_p] = 8;
    current["delay.enabled"_p] = 1;
    const auto changed = readModelTone(
        R"({"startFrom":"current","intent":{"brightness":0.4,"delay":{"type":"none","amount":0}}})",
        {&current});
    ASSERT_TRUE(changed);
    EXPECT_TRUE(changed->isEdit);
    EXPECT_FALSE(changed->parameters.isOn("delay.enabled"_p));
    EXPECT_GT(changed->parameters["amp.treble"_p], current["amp.treble"_p]);
    auto rest = changed->parameters;
    for (const auto moved : {"delay.enabled"_p, "amp.treble"_p, "amp.presence"_p})
        rest[moved] = current[moved];
    EXPECT_EQ(rest, current);
}

TEST(ResponseReader, WhereTheModelDoesNotSayTheWordsDecideWhatItStartsFrom)
{
    ParameterSet current;
    current["amp.bass"_p] = 8;
    const auto bassIn = [&](const char* text, bool wordsAreEdit) {
        return readModelTone(text, {&current, 0, wordsAreEdit})->parameters["amp.bass"_p];
    };
    EXPECT_FLOAT_EQ(bassIn(R"({"amp":{"gain":3}})", true), 8);
    EXPECT_FLOAT_EQ(bassIn(R"({"startFrom":null,"amp":{"gain":3}})", true), 8);
    EXPECT_FLOAT_EQ(bassIn(R"({"amp":{"gain":3}})", false), 5);
    EXPECT_FLOAT_EQ(bassIn(R"({"startFrom":"defaults","amp":{"gain":3}})", true), 5);
    EXPECT_FLOAT_EQ(bassIn(R"({"startFrom":"Current","amp":{"gain":3}})", false), 8);
}

TEST(ResponseReader, TakesOnlyALegalOrder)
{
    auto order = defaultStageOrder;
    std::swap(order[1], order[2]);
    json answer = {{"stages", {{"amp", {{"gain", 2}}}}}, {"order", orderToJson(order)}};
    EXPECT_EQ(toneOf(answer.dump()).order, order);
    for (const auto& bad :
         {json::array(), json::array({"amp", "output"}), json("amp"), json::array({1, 2}),
          json(std::vector<std::string>(12, "amp")), json(std::vector<std::string>(1000, "amp"))})
    {
        answer["order"] = bad;
        EXPECT_EQ(toneOf(answer.dump()).order, defaultStageOrder) << bad.dump().substr(0, 60);
    }
}

TEST(ResponseReader, ClampsEveryNumberIntoItsRange)
{
    for (const auto& parameter : parameterTable)
        for (const char* value : {"-1e308", "1e308", "-0.0", "1e-310", "999999999999999999999", "\"NaN\"",
                                  "\"-inf\"", "true", "\"wide open\"", "[]", "{}", "-1", "12.5"})
        {
            const auto tone = readModelTone("{\"gate.enabled\":true,\"input.trim\":3,\"" +
                                            std::string(parameter.id) + "\":" + value + "}");
            ASSERT_TRUE(tone) << parameter.id << " " << value;
            EXPECT_TRUE(isLegal(tone->parameters)) << parameter.id << " " << value;
        }
    EXPECT_FLOAT_EQ(toneOf(R"({"amp.gain":12})")["amp.gain"_p], 10);
    EXPECT_FLOAT_EQ(toneOf(R"({"delay":{"feedback":150}})")["delay.feedback"_p], 95);
}

TEST(ResponseReader, ReportsAndCountsWhatItCouldNotUse)
{
    const auto tone = readModelTone(
        R"({"amp":{"gain":12,"model":"cardboard","turbo":1,"bass":null},"warp":{"x":1},"file":"/etc/passwd"})");
    ASSERT_TRUE(tone);
    EXPECT_EQ(tone->offered, 2);
    EXPECT_EQ(tone->used, 1);
    EXPECT_EQ(tone->report.size(), 3u) << "too high, unknown model, unknown parameter";
}

TEST(ResponseReader, SaysWhatWasWrongWithAnAnswerWithoutATone)
{
    const auto good = test::goodTone();
    for (const auto& text : {std::string(), std::string("I cannot do that."), std::string("{}"),
                             std::string("[]"), std::string(R"({"name":"x"})"),
                             std::string(R"({"stages":{}})"), std::string(R"({"stages":{"amp":null}})"),
                             std::string(R"({"amp":{"gain":null}})"), std::string(R"({'amp':{'gain':3}})"),
                             std::string(R"({"amp":{"gain":NaN}})"), std::string(R"({"amp":{"gain":01}})"),
                             std::string(R"({"amp":{"gain":3,,}})"), good.substr(0, good.size() - 1),
                             good.substr(0, good.size() / 2), std::string("<think>") + good + "</think>"})
    {
        const auto tone = readModelTone(text);
        ASSERT_FALSE(tone) << text;
        EXPECT_TRUE(tone.error().message.ends_with('.'));
    }
}

TEST(ResponseReader, StaysQuickAndUprightOnHostileText)
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    std::string manyKeys = "{";
    for (int index = 0; index < 100'000; ++index)
        manyKeys += "\"k" + std::to_string(index) + "\":1,";
    manyKeys += "\"amp.gain\":3}";
    for (const auto& text :
         {std::string(1 << 20, '{'), std::string(1 << 20, '['), "{\"a\":" + nested(10'000) + "}",
          "{\"a\":" + nested(1'000'000) + "}", "{\"amp.gain\":" + nested(60) + "}", std::string(1 << 20, '"'),
          manyKeys, "{\"amp.gain\":" + std::string(100'000, '9') + "}",
          "{\"name\":\"" + std::string(1 << 20, 'x') + "\"}", std::string("{\0\"amp.gain\":3}", 15),
          std::string("\xff\xfe{\0}\0", 6), std::string("{\"a\\u0000b\":\"\\ud800\"}"),
          std::string("{\"gate.enabled\":true,\"input.trim\":3,\"amp.gain\":4}")})
    {
        const auto start = std::chrono::steady_clock::now();
        const auto tone = readModelTone(text);
        EXPECT_TRUE(!tone || isLegal(tone->parameters));
        EXPECT_FALSE(parseBounded(text) && text.starts_with("{\"a\":["));
        (void)envelope(text);
        EXPECT_LT(test::millisecondsSince(start), 60000);
    }
}

TEST(ResponseReader, SurvivesMutatedAnswers)
{
    auto random = test::randomGenerator(71);
    const auto good = test::chatAnswer(test::goodTone()).body;
    for (int round = 0; round < 3000; ++round)
    {
        std::string text = round % 2 == 0 ? good : test::goodTone();
        for (int change = 0; change < 1 + round % 4; ++change)
        {
            const auto at = random() % text.size();
            switch (random() % 3)
            {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, random() % 20);
                break;
            default:
                text.insert(at, text.substr(random() % text.size(), random() % 30));
                break;
            }
            if (text.empty())
                text = "{";
        }
        (void)envelope(text);
        const auto tone = readModelTone(text);
        EXPECT_TRUE(!tone || isLegal(tone->parameters)) << text;
    }
}

TEST(ResponseReader, ReadsTheEnvelopesServersSend)
{
    const auto plain = envelope(test::chatAnswer("hi", "stop").body);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->content, "hi");
    EXPECT_EQ(plain->finishReason, "stop");
    const auto parts = envelope(
        R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"image"},{"type":"text","text":"b"}]}}]})");
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->content, "ab");
    const auto thought = envelope(
        R"({"choices":[{"message":{"content":null,"reasoning_content":"{\"amp\":{\"gain\":3}}"},"finish_reason":"stop"}]})");
    ASSERT_TRUE(thought) << "some reasoning parsers keep the answer among the thoughts";
    EXPECT_EQ(thought->content, R"({"amp":{"gain":3}})");
    EXPECT_FALSE(
        envelope(R"({"choices":[{"message":{"content":"","reasoning":"hm, hm"},"finish_reason":"stop"}]})"));
    const auto cut = envelope(R"({"choices":[{"message":{"content":null},"finish_reason":"length"}]})");
    ASSERT_TRUE(cut) << "thought until the limit: worth a second try with more room";
}

TEST(ResponseReader, TellsRefusalsComplaintsAndBrokenEnvelopesApart)
{
    struct Case
    {
        const char* body;
        Kind kind;
    };
    for (const auto& [body, kind] : {
             Case{"", Kind::badAnswer},
             Case{"{", Kind::badAnswer},
             Case{"<html>", Kind::badAnswer},
             Case{"data: {\"choices\":[]}\n\n", Kind::badAnswer},
             Case{"[]", Kind::badAnswer},
             Case{"null", Kind::badAnswer},
             Case{"{}", Kind::badAnswer},
             Case{R"({"choices":[]})", Kind::badAnswer},
             Case{R"({"choices":{}})", Kind::badAnswer},
             Case{R"({"choices":[5]})", Kind::badAnswer},
             Case{R"({"choices":[{}]})", Kind::badAnswer},
             Case{R"({"choices":[{"message":"hi"}]})", Kind::badAnswer},
             Case{R"({"choices":[{"message":{}}]})", Kind::badAnswer},
             Case{R"({"choices":[{"message":{"content":null},"finish_reason":"stop"}]})", Kind::badAnswer},
             Case{R"({"choices":[{"message":{"content":5},"finish_reason":"stop"}]})", Kind::badAnswer},
             Case{R"({"choices":[{"message":{"content":null,"refusal":"I won't."},"finish_reason":"stop"}]})",
                  Kind::refusal},
             Case{R"({"choices":[{"message":{"content":"{"},"finish_reason":"content_filter"}]})",
                  Kind::refusal},
             Case{R"({"error":{"message":"slow","code":429}})", Kind::rateLimited},
             Case{R"({"error":{"message":"gone","code":502},"choices":[]})", Kind::serverError},
             Case{R"({"error":"bad"})", Kind::badAnswer},
         })
    {
        const auto answer = envelope(body);
        ASSERT_FALSE(answer) << body;
        EXPECT_EQ(answer.error().kind, kind) << body;
        EXPECT_TRUE(answer.error().message.ends_with('.'));
    }
}
} // namespace
} // namespace tonewright
