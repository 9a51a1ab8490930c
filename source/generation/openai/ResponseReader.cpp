#include "generation/openai/ResponseReader.h"

#include "generation/openai/ModelSchema.h"

#include <algorithm>

namespace tonewright
{
namespace
{
using nlohmann::json;

/// Follows JSON text character by character: how deep it is nested, and whether inside a string.
class NestingCounter
{
public:
    void read(char c)
    {
        if (isEscaped)
            isEscaped = false;
        else if (isInString)
        {
            isEscaped = c == '\\';
            isInString = c != '"';
        }
        else if (c == '"')
            isInString = true;
        else if (c == '{' || c == '[')
            ++depth;
        else if (c == '}' || c == ']')
            --depth;
    }
    int depth = 0;

private:
    bool isInString = false;
    bool isEscaped = false;
};

/// Length of the balanced {...} at the start of `text`, or 0.
std::size_t balancedLength(std::string_view text)
{
    NestingCounter nesting;
    for (std::size_t index = 0; index < text.size(); ++index)
    {
        nesting.read(text[index]);
        if (nesting.depth <= 0)
            return index + 1;
        if (nesting.depth > maximumNesting)
            return 0;
    }
    return 0;
}

/// The text without what a reasoning model thought aloud before its answer: nothing, if it never came to one.
std::string_view afterThinking(std::string_view text)
{
    constexpr std::string_view start = "<think>";
    constexpr std::string_view end = "</think>";
    if (const auto found = text.rfind(end); found != std::string_view::npos)
        return text.substr(found + end.size());
    const auto first = std::min(text.find_first_of("<{"), text.size());
    return text.substr(first).starts_with(start) ? std::string_view{} : text;
}

/// Reading one object of a model.
class ToneReader
{
public:
    ToneReader(const json& answer, const ParameterSet* currentTone) : current(currentTone)
    {
        if (current != nullptr && isWord(answer, "startFrom", "current"))
            tone.parameters = *current;
        if (const auto name = answer.find("name"); name != answer.end() && name->is_string())
            tone.name = name->get<std::string>();
        readSettings(answer, 0);
        switchOnWhatIsSet();
        applyParameters(settings, tone.parameters, tone.report);
        withdrawUserCabinet();
        readOrder(answer);
    }

    ModelTone tone;

private:
    static bool isWord(const json& object, const char* member, std::string_view word)
    {
        const auto found = object.find(member);
        return found != object.end() && found->is_string() && found->get_ref<const std::string&>() == word;
    }

    /// Collects what has the id of a parameter, wherever a model may put it.
    void readSettings(const json& object, int depth)
    {
        constexpr int deepest = 3;
        for (const auto& [name, value] : object.items())
        {
            if (findParameter(name))
                take(name, value);
            else if (!value.is_object())
                continue;
            else if (isGroup(name))
                for (const auto& [setting, content] : value.items())
                    takeFromGroup(name, setting, content);
            else if (depth < deepest)
                readSettings(value, depth + 1);
        }
    }

    static bool isGroup(std::string_view name)
    {
        return std::any_of(parameterTable.begin(), parameterTable.end(),
                           [&](const auto& parameter) { return parameter.stage() == name; });
    }

    void takeFromGroup(const std::string& group, const std::string& setting, const json& value)
    {
        const auto id = findParameter(setting) ? setting : group + "." + setting;
        if (findParameter(id))
            take(id, value);
        else
            tone.report.push_back("There is no parameter " + id.substr(0, 60) + ".");
    }

    void take(const std::string& id, const json& value)
    {
        if (value.is_null())
            return;
        ++tone.offered;
        const auto& parameter = infoOf(*findParameter(id));
        if (auto usable = meant(parameter, value))
        {
            ++tone.used;
            settings[id] = std::move(*usable);
        }
        else
            tone.report.push_back(id + " should be " + rangeText(parameter) + ".");
    }

    /// The value a model meant: numbers and switches written as text or 0/1, choices in other spellings.
    static std::optional<json> meant(const ParameterInfo& parameter, const json& value)
    {
        constexpr std::size_t longestWord = 60;
        if (value.is_string() && value.get_ref<const std::string&>().size() <= longestWord)
        {
            const auto read = valueFromText(parameter, value.get_ref<const std::string&>());
            return read ? std::optional<json>(parameterToJson(parameter, *read)) : std::nullopt;
        }
        if (parameter.type == ParameterType::toggle && value.is_number())
            return json(value.get<double>() > 0.5);
        const bool isOfItsType = parameter.type == ParameterType::toggle   ? value.is_boolean()
                                 : parameter.type == ParameterType::number ? value.is_number()
                                                                           : false;
        return isOfItsType ? std::optional<json>(value) : std::nullopt;
    }

    void switchOnWhatIsSet()
    {
        for (const auto group : parameterGroups())
        {
            const auto prefix = std::string(group) + ".";
            const auto enabled = prefix + "enabled";
            bool isSet = false;
            for (const auto& [id, value] : settings.items())
                isSet = isSet || id.starts_with(prefix);
            if (isSet && findParameter(enabled) && !settings.contains(enabled))
                settings[enabled] = true;
        }
    }

    /// A model can keep or leave the player's impulse response, but has none of its own to offer.
    void withdrawUserCabinet()
    {
        constexpr auto model = "cabinet.model"_p;
        if (tone.parameters.impulseResponse != 0 ||
            tone.parameters.choice<CabinetModel>(model) != CabinetModel::user)
            return;
        tone.parameters[model] = infoOf(model).defaultValue;
        tone.report.emplace_back("cabinet.model can only be user where the current tone has it.");
    }

    void readOrder(const json& answer)
    {
        const auto found = answer.find("order");
        if (found == answer.end() || !found->is_array())
            return;
        StageOrder order{};
        std::size_t count = 0;
        for (const auto& entry : *found)
            if (const auto stage =
                    entry.is_string() ? stageNamed(entry.get_ref<const std::string&>()) : std::nullopt;
                stage && count < order.size())
                order[count++] = *stage;
        if (count == stageCount && isLegalOrder(order))
            tone.parameters.order = order;
        else
            tone.report.emplace_back("order should name each of the 12 stages once, with output last.");
    }

    const ParameterSet* current;
    json settings = json::object();
};
} // namespace

std::optional<json> parseBounded(std::string_view text)
{
    NestingCounter nesting;
    for (const char c : text)
    {
        nesting.read(c);
        if (nesting.depth > maximumNesting)
            return std::nullopt;
    }
    auto parsed = json::parse(text, nullptr, false);
    if (parsed.is_discarded())
        return std::nullopt;
    return parsed;
}

std::vector<json> objectsIn(std::string_view text)
{
    constexpr std::size_t mostObjects = 8;
    text = afterThinking(text).substr(0, maximumAnswerLength);
    std::vector<json> objects;
    while (objects.size() < mostObjects)
    {
        const auto start = text.find('{');
        if (start == std::string_view::npos)
            break;
        text.remove_prefix(start);
        const auto length = balancedLength(text);
        if (length == 0)
            break; // cut off: what is whole inside it is only a part of the answer
        if (auto object = json::parse(text.substr(0, length), nullptr, false); object.is_object())
            objects.push_back(std::move(object));
        text.remove_prefix(length);
    }
    return objects;
}

Result<ModelTone> readModelTone(std::string_view text, const ParameterSet* current)
{
    const auto objects = objectsIn(text);
    for (const auto& object : objects)
        if (ToneReader reader(object, current); reader.tone.used > 0)
            return std::move(reader.tone);
    if (objects.empty())
        return Error{"The answer held no complete JSON object."};
    return Error{"The JSON object set no parameter: \"stages\" must hold at least one stage with values."};
}

} // namespace tonewright
