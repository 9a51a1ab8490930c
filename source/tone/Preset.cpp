#include "tone/Preset.h"

#include "tone/Text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace tonewright
{
namespace
{
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t maximumFileSize = 4u << 20;
constexpr std::size_t maximumUnknownParameters = 500;
constexpr std::size_t maximumTags = 32;
constexpr int maximumVariation = 1000;
/// nlohmann's parser does not recurse, but its copies do: deeper nesting could overflow a host's stack. Well
/// below what the plugin's state allows around a preset.
constexpr int maximumDepth = 24;

/// The double whose shortest decimal text is the float's: 3.2f becomes 3.2, not 3.2000000476837158.
double shortestDouble(float value)
{
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    double result = 0;
    std::from_chars(buffer.data(), written.ptr, result);
    return result;
}

std::string numberText(double value)
{
    return json(value).dump();
}

std::string textMember(const json& object, const char* key, std::size_t limit)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string()
               ? cleanText(found->get_ref<const std::string&>(), limit)
               : std::string{};
}

/// The value a JSON value means for a parameter, or nothing if it is of the wrong kind.
std::optional<double> readValue(const ParameterInfo& parameter, const json& value)
{
    switch (parameter.type)
    {
    case ParameterType::toggle:
        return value.is_boolean() ? std::optional(value.get<bool>() ? 1.0 : 0.0) : std::nullopt;
    case ParameterType::choice:
        if (value.is_string())
            for (std::size_t index = 0; index < parameter.choices.size(); ++index)
                if (parameter.choices[index] == value.get_ref<const std::string&>())
                    return static_cast<double>(index);
        return std::nullopt;
    case ParameterType::number:
        return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
    }
    return std::nullopt;
}

std::string expectation(const ParameterInfo& parameter)
{
    if (parameter.type == ParameterType::toggle)
        return "true or false";
    if (parameter.type == ParameterType::number)
        return "a number";
    std::string list = "one of";
    for (const auto choice : parameter.choices)
        list.append(list.size() > 6 ? ", " : " ").append(choice);
    return list;
}

/// A foreign value as it may appear in a sentence: short, printable.
std::string shown(const json& value)
{
    return cleanText(value.dump(-1, ' ', false, json::error_handler_t::replace), 40);
}

void setParameter(const ParameterInfo& parameter, const json& value, float& target, ValidationReport& report)
{
    const std::string id(parameter.id);
    const auto read = readValue(parameter, value);
    if (!read)
    {
        report.push_back(id + " should be " + expectation(parameter) + ", not " + shown(value) +
                         "; it keeps " + textOf(parameter, target) + ".");
        return;
    }
    if (*read < static_cast<double>(parameter.minimum) || *read > static_cast<double>(parameter.maximum))
    {
        const bool above = *read > static_cast<double>(parameter.maximum);
        const auto limit = shortestDouble(above ? parameter.maximum : parameter.minimum);
        // Compared again as floats: 0.3 in JSON is a little below the float 0.3 and still means the limit.
        if (static_cast<float>(*read) < parameter.minimum || static_cast<float>(*read) > parameter.maximum)
            report.push_back(id + " " + numberText(*read) + " is " + (above ? "above " : "below ") +
                             numberText(limit) + " and was set to " + numberText(limit) + ".");
    }
    const double low = -static_cast<double>(std::numeric_limits<float>::max());
    target = legalValue(parameter, static_cast<float>(std::clamp(*read, low, -low)));
}

void readOrder(const json& object, StageOrder& order, ValidationReport& report)
{
    const auto found = object.find("order");
    if (found == object.end())
        return;
    if (const auto read = orderFromJson(*found))
        order = *read;
    else
        report.emplace_back(
            "order should name stages of the chain, each at most once and output last; the default order is "
            "used.");
}

PresetSource readSource(const json& object)
{
    PresetSource source;
    const auto found = object.find("source");
    if (found == object.end() || !found->is_object())
        return source;
    source.engine = textMember(*found, "engine", maximumNameLength);
    if (source.engine.empty())
        source.engine = "manual";
    source.model = textMember(*found, "model", maximumNameLength);
    source.fallbackReason = textMember(*found, "fallbackReason", maximumTextLength);
    if (const auto confidence = found->find("confidence");
        confidence != found->end() && confidence->is_number())
        source.confidence = std::clamp(confidence->get<double>(), 0.0, 1.0);
    if (const auto fallback = found->find("fallback"); fallback != found->end() && fallback->is_boolean())
        source.fallback = fallback->get<bool>();
    if (const auto variation = found->find("variation");
        variation != found->end() && variation->is_number_integer())
        source.variation = std::clamp(variation->get<int>(), 0, maximumVariation);
    source.difference = textMember(*found, "difference", maximumTextLength);
    return source;
}

void readImpulseResponse(const json& object, Preset& preset, ValidationReport& report)
{
    const auto found = object.find("impulseResponse");
    if (found == object.end() || !found->is_object())
        return;
    const auto hash = found->find("hash");
    const auto id = hash != found->end() && hash->is_string()
                        ? impulseResponseId(hash->get_ref<const std::string&>())
                        : std::nullopt;
    if (!id)
    {
        report.emplace_back("impulseResponse.hash should be 16 hexadecimal digits; the impulse response is "
                            "left out.");
        return;
    }
    preset.parameters.impulseResponse = *id;
    preset.impulseResponseName = textMember(*found, "name", maximumNameLength);
}
} // namespace

ordered_json parameterToJson(const ParameterInfo& parameter, float value)
{
    const float legal = legalValue(parameter, value);
    if (parameter.type == ParameterType::toggle)
        return legal > 0.5f;
    if (parameter.type == ParameterType::choice)
        return std::string(parameter.choices[static_cast<std::size_t>(legal)]);
    return shortestDouble(legal);
}

ordered_json orderToJson(const StageOrder& order)
{
    auto array = ordered_json::array();
    for (const auto stage : order)
        array.push_back(std::string(nameOf(stage)));
    return array;
}

std::optional<StageOrder> orderFromJson(const json& array)
{
    if (!array.is_array() || array.size() > stageCount)
        return std::nullopt;
    std::vector<StageId> named;
    for (const auto& entry : array)
    {
        const auto stage = entry.is_string() ? stageNamed(entry.get_ref<const std::string&>()) : std::nullopt;
        if (!stage)
            return std::nullopt;
        named.push_back(*stage);
    }
    return completedOrder(named);
}

ordered_json toJson(const Preset& preset)
{
    ordered_json json;
    json["format"] = presetFormat;
    json["version"] = presetVersion;
    json["name"] = preset.name;
    json["prompt"] = preset.prompt;
    json["explanation"] = preset.explanation;
    json["tags"] = preset.tags;
    auto& source = json["source"];
    source["engine"] = preset.source.engine;
    source["model"] = preset.source.model;
    source["confidence"] = preset.source.confidence;
    source["fallback"] = preset.source.fallback;
    if (!preset.source.fallbackReason.empty())
        source["fallbackReason"] = preset.source.fallbackReason;
    if (preset.source.variation > 0)
        source["variation"] = preset.source.variation;
    if (!preset.source.difference.empty())
        source["difference"] = preset.source.difference;
    json["order"] = orderToJson(preset.parameters.order);
    if (const auto id = preset.parameters.impulseResponse; id != 0)
        json["impulseResponse"] = {{"name", preset.impulseResponseName}, {"hash", textOf(id)}};
    auto& parameters = json["parameters"] = ordered_json::object();
    for (std::size_t index = 0; index < parameterCount; ++index)
        parameters[std::string(parameterTable[index].id)] =
            parameterToJson(parameterTable[index], preset.parameters.values[index]);
    for (const auto& [id, value] : preset.unknownParameters)
        parameters[id] = value;
    return json;
}

void applyParameters(const json& object, ParameterSet& parameters, ValidationReport& report,
                     std::map<std::string, json>* unknown)
{
    for (const auto& [id, value] : object.items())
    {
        if (const auto index = findParameter(id))
        {
            setParameter(infoOf(*index), value, parameters[*index], report);
            continue;
        }
        report.push_back("This version does not know the parameter " + cleanText(id, 60) +
                         "; it is kept but not used.");
        if (unknown != nullptr && unknown->size() < maximumUnknownParameters)
            unknown->emplace(id, value);
    }
}

Result<Preset> presetFromJson(const json& json, ValidationReport& report)
{
    if (!json.is_object())
        return Error{"This is not a Tonewright preset: a preset file holds one JSON object."};
    if (const auto format = json.find("format"); format == json.end() || *format != presetFormat)
        return Error{"This is not a Tonewright preset: it lacks \"format\": \"tonewright-preset\"."};
    if (const auto version = json.find("version");
        version != json.end() && version->is_number() && version->get<double>() > presetVersion)
        return Error{"This preset was written by a newer Tonewright; please update to open it."};

    Preset preset;
    if (auto name = textMember(json, "name", maximumNameLength); !name.empty())
        preset.name = std::move(name);
    preset.prompt = textMember(json, "prompt", maximumTextLength);
    preset.explanation = textMember(json, "explanation", maximumTextLength);
    if (const auto tags = json.find("tags"); tags != json.end() && tags->is_array())
        for (const auto& tag : *tags)
            if (tag.is_string() && preset.tags.size() < maximumTags)
                preset.tags.push_back(cleanText(tag.get_ref<const std::string&>(), maximumNameLength));
    preset.source = readSource(json);
    readOrder(json, preset.parameters.order, report);
    readImpulseResponse(json, preset, report);
    if (const auto parameters = json.find("parameters"); parameters != json.end())
    {
        if (parameters->is_object())
            applyParameters(*parameters, preset.parameters, report, &preset.unknownParameters);
        else
            report.emplace_back("parameters should be an object of id and value; the defaults are used.");
    }
    return preset;
}

Result<Preset> presetFromText(std::string_view text, ValidationReport& report)
{
    if (text.size() > maximumFileSize)
        return Error{"This file is larger than 4 MiB and cannot be a preset."};
    try
    {
        bool isTooDeep = false;
        const auto parsed = json::parse(text,
                                        [&](int depth, json::parse_event_t, json&)
                                        {
                                            isTooDeep = isTooDeep || depth > maximumDepth;
                                            return !isTooDeep;
                                        });
        if (isTooDeep)
            return Error{"This is not a Tonewright preset: its JSON is nested too deeply."};
        return presetFromJson(parsed, report);
    }
    catch (const json::parse_error& error)
    {
        return Error{"This is not valid JSON: it breaks at byte " + std::to_string(error.byte) + "."};
    }
    catch (const json::exception&)
    {
        return Error{"This is not valid JSON: a number in it is out of every range."};
    }
}

} // namespace tonewright
