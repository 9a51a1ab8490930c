#include "generation/openai/ModelList.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{
using Ids = std::vector<std::string>;

TEST(ModelList, ReadsEveryFormServersSend)
{
    for (const char* body :
         {R"({"object":"list","data":[{"id":"b","object":"model"},{"id":"a/c:free"}]})",
          R"([{"id":"b"},{"id":"a/c:free"}])", R"({"models":[{"name":"b"},{"name":"a/c:free"}]})",
          R"({"data":["b","a/c:free","b"]})"})
    {
        const auto models = readModelList(body, "");
        ASSERT_TRUE(models) << body;
        EXPECT_EQ(models->ids, (Ids{"a/c:free", "b"})) << body;
    }
    for (const char* body :
         {R"({"object":"list","data":[]})", "{}", "[]", R"({"data":null})", R"({"data":{"id":"a"}})"})
        EXPECT_TRUE(readModelList(body, "") && readModelList(body, "")->ids.empty()) << body;
    for (const char* body : {"", "<html>", "5", "\"a\"", "{", "null"})
        EXPECT_FALSE(readModelList(body, "")) << body;
}

TEST(ModelList, TakesOverNothingThatCouldHarmAScreen)
{
    const auto models = readModelList(
        R"({"data":[{"id":"good"},{"id":""},{"id":"two words"},{"id":"line\nbreak"},{"id":"nul\u0000"},{"id":5},
            {"id":null},{},5,[],{"id":"esc\u001b[31m"},{"id":"tw-SENTINEL-0123456789"},{"id":")" +
            std::string(maximumModelId + 1, 'x') + R"("},{"id":"sk-0123456789abcdef"}]})",
        "tw-SENTINEL-0123456789");
    ASSERT_TRUE(models);
    EXPECT_EQ(models->ids, Ids{"good"});
}

TEST(ModelList, IsBounded)
{
    std::string body = "[\"m\"";
    for (std::size_t index = 0; index < 3 * maximumModels; ++index)
        body += ",\"m" + std::to_string(index) + "\"";
    EXPECT_LE(readModelList(body + "]", "")->ids.size(), maximumModels);
    EXPECT_FALSE(readModelList(std::string(1 << 20, '['), ""));
}
} // namespace
} // namespace tonewright
