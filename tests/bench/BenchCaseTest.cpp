#include "bench/BenchCase.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace tonewright::bench
{
namespace
{
std::string errorOf(std::string_view text)
{
    const std::array files{EmbeddedFile{"mine.json", text}};
    const auto cases = readCases(files);
    return cases ? "" : cases.error().message;
}

TEST(BenchCases, TheBuiltInOnesAreAsDocumented)
{
    const auto cases = readCases(benchFiles());
    ASSERT_TRUE(static_cast<bool>(cases)) << cases.error().message;
    std::map<Suite, int> count;
    std::map<Suite, int> quick;
    for (const auto& item : *cases)
    {
        ++count[item.suite];
        quick[item.suite] += item.isQuick ? 1 : 0;
    }
    EXPECT_GE(count[Suite::intent], 34);
    EXPECT_GE(count[Suite::direction], 35 * 3);
    EXPECT_GE(count[Suite::locality], 40);
    EXPECT_GE(count[Suite::robustness], 80);
    for (const auto& [suite, number] : quick)
        EXPECT_GE(number, 4) << suiteNames[static_cast<std::size_t>(suite)];
}

TEST(BenchCases, ASettingMakesACaseOfItsOwn)
{
    const std::array files{EmbeddedFile{"mine.json", R"({"suite": "direction", "cases": [
        {"id": "P", "settings": ["{}", "clean with a {} tone"], "tones": {"B": "bright", "A": "dark"},
         "checks": [{"measure": "brightness", "of": "B", "minus": "A", "min": 1}]}]})"}};
    const auto cases = readCases(files);
    ASSERT_TRUE(static_cast<bool>(cases)) << cases.error().message;
    ASSERT_EQ(cases->size(), 2u);
    EXPECT_EQ((*cases)[1].id, "P.2");
    EXPECT_EQ((*cases)[1].tones[0].prompt, "clean with a bright tone") << "tones stay in the file's order";
    EXPECT_EQ((*cases)[1].checks[0].other, "A");
}

TEST(BenchCases, WhatIsWrongIsSaidInOneSentence)
{
    const std::array<std::pair<const char*, const char*>, 12> bad{{
        {"[]", "no JSON object"},
        {R"({"suite": "taste", "cases": []})", "no suite \"taste\""},
        {R"({"suite": "intent", "cases": [{"id": "a", "promt": "x"}]})", "unknown member \"promt\""},
        {R"({"suite": "intent", "cases": [{"prompt": "x", "checks": [{"measure": "confidence", "min": 0}]}]})",
         "has no id"},
        {R"({"suite": "intent", "cases": [{"id": "a", "prompt": "x"}]})", "checks nothing"},
        {R"({"suite": "intent", "cases": [{"id": "a", "checks": [{"refuses": true}]}]})",
         "neither a prompt nor tones"},
        {R"({"suite": "intent", "cases": [{"id": "a", "prompt": "x", "checks": [{"measure": "beauty", "min": 0}]}]})",
         "no measure \"beauty\""},
        {R"({"suite": "intent", "cases": [{"id": "a", "prompt": "x", "checks": [{"measure": "lows", "of": "B", "min": 0}]}]})",
         "\"B\", which is no tone"},
        {R"({"suite": "intent", "cases": [{"id": "a", "prompt": "x", "checks": [{"measure": "lows"}]}]})",
         "neither min nor max"},
        {R"({"suite": "intent", "cases": [{"id": "a", "prompt": 3, "checks": [{"refuses": true}]}]})",
         "\"prompt\" has the wrong type"},
        {R"({"suite": "intent", "cases": [{"id": "a", "board": {"amp.gain": 99}, "prompt": "x", "checks": [{"refuses": true}]}]})",
         "above 10"},
        {R"({"suite": "intent", "cases": [{"id": "a", "prompt": "x", "checks": [{"refuses": true}]}, {"id": "a", "prompt": "x", "checks": [{"refuses": true}]}]})",
         "two cases \"a\""},
    }};
    for (const auto& [text, words] : bad)
    {
        const auto error = errorOf(text);
        EXPECT_NE(error.find(words), std::string::npos) << text << "\n" << error;
        EXPECT_NE(error.find("mine.json"), std::string::npos) << error;
        EXPECT_TRUE(error.ends_with("please correct the file.")) << error;
    }
}
} // namespace
} // namespace tonewright::bench
