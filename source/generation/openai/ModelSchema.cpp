#include "generation/openai/ModelSchema.h"

#include "generation/openai/AnswerSettings.h"
#include "generation/openai/IntentSchema.h"
#include "tone/Preset.h"

#include <algorithm>

namespace tonewright
{
namespace
{
using nlohmann::ordered_json;

enum class Strictness
{
    strict,
    loose
};

ordered_json namesOf(std::span<const std::string_view> names)
{
    auto array = ordered_json::array();
    for (const auto name : names)
        array.push_back(std::string(name));
    return array;
}

ordered_json parameterSchema(const ParameterInfo& parameter, Strictness strictness)
{
    ordered_json schema;
    switch (parameter.type)
    {
    case ParameterType::toggle:
        schema["type"] = "boolean";
        break;
    case ParameterType::choice:
        schema["type"] = "string";
        schema["enum"] = namesOf(parameter.choices);
        break;
    case ParameterType::number:
        // Ranges are in the prompt, which every model sees; the schema alone only some are shown.
        schema["type"] = "number";
        if (strictness == Strictness::strict)
            schema["type"] = {"number", "null"};
        break;
    }
    return schema;
}

ordered_json object(ordered_json properties, Strictness strictness)
{
    ordered_json schema;
    schema["type"] = "object";
    if (strictness == Strictness::strict)
    {
        auto required = ordered_json::array();
        for (const auto& [name, property] : properties.items())
            required.push_back(name);
        schema["required"] = std::move(required);
        schema["additionalProperties"] = false;
    }
    schema["properties"] = std::move(properties);
    return schema;
}

ordered_json orNull(ordered_json schema, Strictness strictness)
{
    if (strictness == Strictness::loose)
        return schema; // there a member may simply be missing
    ordered_json either;
    either["anyOf"] = {std::move(schema), ordered_json{{"type", "null"}}};
    return either;
}

ordered_json groupSchema(std::string_view group, Strictness strictness)
{
    ordered_json properties;
    for (const auto& parameter : parameterTable)
        if (parameter.stage() == group)
            properties[std::string(parameter.id.substr(group.size() + 1))] =
                parameterSchema(parameter, strictness);
    return orNull(object(std::move(properties), strictness), strictness);
}

ordered_json text(std::string_view description)
{
    return {{"type", "string"}, {"description", description}};
}

ordered_json modelSchema(Strictness strictness)
{
    ordered_json stages;
    for (const auto group : parameterGroups())
        stages[std::string(group)] = groupSchema(group, strictness);
    ordered_json properties;
    properties["idea"] = text("One sentence: how it should sound and which gear makes it so");
    properties["name"] = text("Title of two to five words");
    properties["startFrom"] = {{"type", "string"}, {"enum", {"defaults", "current"}}};
    properties[std::string(intentMember)] = intentSchema(strictness == Strictness::strict);
    properties["order"] = orNull(
        {{"type", "array"}, {"items", {{"type", "string"}, {"enum", namesOf(stageNames)}}}}, strictness);
    properties["stages"] = object(std::move(stages), strictness);
    return object(std::move(properties), strictness);
}
} // namespace

ordered_json strictModelSchema()
{
    return modelSchema(Strictness::strict);
}

ordered_json looseModelSchema()
{
    return modelSchema(Strictness::loose);
}

std::vector<std::string_view> parameterGroups()
{
    std::vector<std::string_view> groups;
    for (const auto& parameter : parameterTable)
        if (std::find(groups.begin(), groups.end(), parameter.stage()) == groups.end())
            groups.push_back(parameter.stage());
    return groups;
}

std::string valueText(const ParameterInfo& parameter, float value)
{
    auto text = parameterToJson(parameter, value).dump();
    if (text.ends_with(".0"))
        text.resize(text.size() - 2); // each token counts
    return text;
}

std::string rangeText(const ParameterInfo& parameter)
{
    if (parameter.type == ParameterType::toggle)
        return "true or false";
    if (parameter.type == ParameterType::choice)
    {
        std::string list = "one of:";
        for (const auto choice : parameter.choices)
            list.append(list.back() == ':' ? " " : ", ").append(choice);
        return list;
    }
    std::string range =
        valueText(parameter, parameter.minimum) + " to " + valueText(parameter, parameter.maximum);
    if (!parameter.unit.empty())
        range.append(" ").append(parameter.unit);
    return range;
}

ordered_json stagesJson(const ParameterSet& parameters, const ParameterSet& base)
{
    ordered_json stages = ordered_json::object();
    for (const auto group : parameterGroups())
    {
        ordered_json values;
        bool differs = false;
        for (std::size_t index = 0; index < parameterCount; ++index)
        {
            const auto& parameter = parameterTable[index];
            if (parameter.stage() != group)
                continue;
            values[std::string(parameter.id.substr(group.size() + 1))] =
                parameterToJson(parameter, parameters.values[index]);
            differs = differs || parameters.values[index] != base.values[index];
        }
        if (differs)
            stages[std::string(group)] = std::move(values);
    }
    return stages;
}

} // namespace tonewright
