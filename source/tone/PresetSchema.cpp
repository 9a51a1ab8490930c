#include "tone/PresetSchema.h"

#include "tone/Preset.h"

namespace tonewright
{
namespace
{
using nlohmann::ordered_json;

std::string_view typeName(ParameterType type)
{
    switch (type)
    {
    case ParameterType::number:
        return "number";
    case ParameterType::toggle:
        return "boolean";
    case ParameterType::choice:
        return "choice";
    }
    return "";
}

ordered_json choiceNames(const ParameterInfo& parameter)
{
    auto names = ordered_json::array();
    for (const auto choice : parameter.choices)
        names.push_back(choice);
    return names;
}

ordered_json parameterSchema(const ParameterInfo& parameter)
{
    ordered_json schema;
    switch (parameter.type)
    {
    case ParameterType::number:
        schema["type"] = "number";
        schema["minimum"] = parameterToJson(parameter, parameter.minimum);
        schema["maximum"] = parameterToJson(parameter, parameter.maximum);
        break;
    case ParameterType::toggle:
        schema["type"] = "boolean";
        break;
    case ParameterType::choice:
        schema["type"] = "string";
        schema["enum"] = choiceNames(parameter);
        break;
    }
    schema["default"] = parameterToJson(parameter, parameter.defaultValue);
    std::string description(parameter.description);
    if (!parameter.unit.empty())
        description += " [" + std::string(parameter.unit) + "]";
    schema["description"] = description;
    return schema;
}
} // namespace

ordered_json presetSchema()
{
    ordered_json schema;
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["title"] = "Tonewright preset";
    schema["type"] = "object";
    schema["required"] = {"format", "version", "name", "parameters"};
    auto& properties = schema["properties"];
    properties["format"]["const"] = presetFormat;
    properties["version"] = {{"type", "integer"}, {"minimum", 1}, {"maximum", presetVersion}};
    properties["name"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", maximumNameLength}};
    properties["prompt"] = {{"type", "string"}, {"maxLength", maximumTextLength}};
    properties["explanation"] = {{"type", "string"}, {"maxLength", maximumTextLength}};
    properties["tags"] = {{"type", "array"}, {"items", {{"type", "string"}}}};
    properties["source"] = {{"type", "object"},
                            {"properties",
                             {{"engine", {{"type", "string"}}},
                              {"model", {{"type", "string"}}},
                              {"confidence", {{"type", "number"}, {"minimum", 0}, {"maximum", 1}}},
                              {"fallback", {{"type", "boolean"}}},
                              {"fallbackReason", {{"type", "string"}}},
                              {"variation", {{"type", "integer"}, {"minimum", 0}}},
                              {"difference", {{"type", "string"}}}}}};
    auto stages = ordered_json::array();
    for (const auto name : stageNames)
        stages.push_back(name);
    properties["order"] = {{"type", "array"},
                           {"description",
                            "Stages in signal order, each at most once and output last; one that is left "
                            "out stands where it disturbs the default order least."},
                           {"items", {{"type", "string"}, {"enum", stages}}},
                           {"minItems", 1},
                           {"maxItems", stageCount},
                           {"uniqueItems", true}};
    properties["impulseResponse"] = {
        {"type", "object"},
        {"description",
         "The user's impulse response that the cabinet model user plays, named by its content."},
        {"required", {"hash"}},
        {"properties",
         {{"name", {{"type", "string"}, {"maxLength", maximumNameLength}}},
          {"hash", {{"type", "string"}, {"pattern", "^[0-9a-f]{16}$"}}}}}};
    auto& parameters = properties["parameters"];
    parameters["type"] = "object";
    for (const auto& parameter : parameterTable)
        parameters["properties"][std::string(parameter.id)] = parameterSchema(parameter);
    return schema;
}

ordered_json parameterTableJson()
{
    auto array = ordered_json::array();
    for (const auto& parameter : parameterTable)
    {
        ordered_json entry;
        entry["id"] = parameter.id;
        entry["stage"] = parameter.stage();
        entry["name"] = parameter.name;
        entry["unit"] = parameter.unit;
        entry["type"] = typeName(parameter.type);
        if (parameter.type == ParameterType::number)
        {
            entry["min"] = parameterToJson(parameter, parameter.minimum);
            entry["max"] = parameterToJson(parameter, parameter.maximum);
        }
        else if (parameter.type == ParameterType::toggle)
        {
            entry["min"] = false;
            entry["max"] = true;
        }
        entry["default"] = parameterToJson(parameter, parameter.defaultValue);
        entry["choices"] = choiceNames(parameter);
        entry["description"] = parameter.description;
        array.push_back(std::move(entry));
    }
    return array;
}

} // namespace tonewright
