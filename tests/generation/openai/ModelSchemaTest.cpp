#include "generation/openai/ModelSchema.h"

#include "generation/openai/ResponseReader.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace tonewright
{
namespace
{
using nlohmann::ordered_json;

/// Calls `visit` with every object of a schema, and its depth.
void walk(const ordered_json& schema, const std::function<void(const ordered_json&, int)>& visit,
          int depth = 0)
{
    if (schema.is_object())
        visit(schema, depth);
    for (const auto& part : schema)
        if (part.is_structured())
            walk(part, visit, depth + 1);
}

TEST(ModelSchema, StaysInsideTheStrictSubset)
{
    const auto schema = strictModelSchema();
    EXPECT_EQ(schema["type"], "object");
    EXPECT_FALSE(schema.contains("anyOf"));
    std::size_t objects = 0, properties = 0;
    walk(schema,
         [&](const ordered_json& part, int)
         {
             if (!part.contains("properties") || part["type"] != "object")
                 return;
             ++objects;
             ASSERT_TRUE(part.contains("additionalProperties"));
             EXPECT_EQ(part["additionalProperties"], false);
             std::set<std::string> required(part["required"].begin(), part["required"].end());
             EXPECT_EQ(required.size(), part["properties"].size());
             for (const auto& [name, property] : part["properties"].items())
             {
                 EXPECT_TRUE(required.contains(name)) << name;
                 ++properties;
             }
         });
    EXPECT_EQ(objects, 2 + parameterGroups().size() + 8) << "the intent and its seven effects";
    EXPECT_GT(properties, parameterCount);
    EXPECT_LT(schema.dump().size(), 20'000u);
    for (const char* word :
         {"minimum", "maximum", "pattern", "allOf", "$ref", "default", "minItems", "uniqueItems", "const"})
        EXPECT_EQ(schema.dump().find('"' + std::string(word) + '"'), std::string::npos) << word;
    EXPECT_EQ(schema.dump(), strictModelSchema().dump()) << "byte-stable: servers cache it";
}

TEST(ModelSchema, LooseFormHasNothingButTypesMembersAndEnums)
{
    const std::set<std::string> known{"type", "properties", "items", "enum", "description"};
    std::function<void(const ordered_json&)> check = [&](const ordered_json& schema)
    {
        for (const auto& [word, value] : schema.items())
            EXPECT_TRUE(known.contains(word)) << word;
        if (schema.contains("properties"))
            for (const auto& property : schema["properties"])
                check(property);
        if (schema.contains("items"))
            check(schema["items"]);
    };
    check(looseModelSchema());
}

TEST(ModelSchema, HoldsEveryParameterOnce)
{
    const auto stages = looseModelSchema()["properties"]["stages"]["properties"];
    std::size_t count = 0;
    for (const auto& [group, schema] : stages.items())
        for (const auto& [name, property] : schema["properties"].items())
        {
            const auto index = findParameter(group + "." + name);
            ASSERT_TRUE(index) << group << "." << name;
            ++count;
            EXPECT_EQ(property.contains("enum") ? property["enum"].size() : 0, infoOf(*index).choices.size());
        }
    EXPECT_EQ(count, parameterCount);
}

TEST(ModelSchema, WhatIsShownToTheModelReadsBackAsTheSameTone)
{
    ParameterSet parameters;
    parameters["amp.gain"_p] = 7.3f;
    parameters["reverb.enabled"_p] = 1;
    parameters["delay.time"_p] = 421;
    parameters["modulation.type"_p] = 4;
    const auto json = stagesJson(parameters, ParameterSet{});
    EXPECT_EQ(json.size(), 4u) << "only the stages that differ";
    const auto tone = readModelTone(ordered_json{{"startFrom", "defaults"}, {"stages", json}}.dump());
    ASSERT_TRUE(tone);
    EXPECT_TRUE(tone->report.empty());
    EXPECT_EQ(tone->parameters, parameters);
}
} // namespace
} // namespace tonewright
