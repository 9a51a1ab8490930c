#include "tone/PresetSchema.h"

#include "tone/Preset.h"

#include <gtest/gtest.h>

namespace tonewright
{
namespace
{

TEST(PresetSchema, namesEveryParameterWithItsRangeChoicesAndDefault)
{
    const auto schema = presetSchema();
    const auto& properties = schema["properties"]["parameters"]["properties"];
    EXPECT_EQ(properties.size(), parameterCount);
    for (const auto& parameter : parameterTable)
    {
        const auto& entry = properties[std::string(parameter.id)];
        EXPECT_EQ(entry["default"], parameterToJson(parameter, parameter.defaultValue)) << parameter.id;
        if (parameter.type == ParameterType::number)
        {
            EXPECT_LT(entry["minimum"].get<double>(), entry["maximum"].get<double>()) << parameter.id;
        }
        if (parameter.type == ParameterType::choice)
        {
            EXPECT_EQ(entry["enum"].size(), parameter.choices.size()) << parameter.id;
        }
    }
}

TEST(PresetSchema, isByteStable)
{
    EXPECT_EQ(presetSchema().dump(), presetSchema().dump());
}

TEST(ParameterTableJson, hasTheMembersScriptsRelyOn)
{
    const auto array = parameterTableJson();
    ASSERT_EQ(array.size(), parameterCount);
    for (const auto& entry : array)
        for (const auto* member : {"id", "stage", "name", "unit", "type", "default", "choices"})
            EXPECT_TRUE(entry.contains(member)) << entry.dump();
}

} // namespace
} // namespace tonewright
