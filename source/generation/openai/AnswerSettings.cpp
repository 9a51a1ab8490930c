#include "generation/openai/AnswerSettings.h"

#include "generation/openai/LooseValue.h"
#include "generation/openai/ModelSchema.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
using nlohmann::json;

bool isGroup(std::string_view name)
{
    return std::any_of(parameterTable.begin(), parameterTable.end(),
                       [&](const auto& parameter) { return parameter.stage() == name; });
}

/// A knob of an amplifier or pedal: 0 to 10, without a unit.
bool isKnob(const ParameterInfo& parameter)
{
    return parameter.type == ParameterType::number && parameter.unit.empty() && parameter.minimum == 0 &&
           parameter.maximum == 10;
}

/// A value as it was meant, and whether it said its unit: then nobody has to guess the scale.
struct Meant
{
    json value;
    bool hasUnit = false;
};

std::optional<Meant> numberMeant(const ParameterInfo& parameter, const std::string& text)
{
    const auto number = numberAtStart(text);
    if (!number)
        return std::nullopt;
    const auto unit = foldedWord(number->unit);
    if (unit.empty())
        return Meant{number->value};
    if (isKnob(parameter) && unit == "%")
        return Meant{number->value / 10, true};
    const auto read = valueFromText(parameter, text);
    return read ? std::optional(Meant{parameterToJson(parameter, *read), true}) : std::nullopt;
}

std::optional<Meant> meantBy(const ParameterInfo& parameter, const json& value)
{
    constexpr std::size_t longestWord = 60;
    if (value.is_string())
    {
        const auto& text = value.get_ref<const std::string&>();
        if (text.size() > longestWord)
            return std::nullopt;
        if (parameter.type == ParameterType::number)
            return numberMeant(parameter, text);
        if (parameter.type == ParameterType::choice)
        {
            const auto choice = choiceMeant(parameter.choices, text);
            return choice ? std::optional(Meant{std::string(parameter.choices[*choice])}) : std::nullopt;
        }
        const auto read = valueFromText(parameter, text);
        return read ? std::optional(Meant{parameterToJson(parameter, *read)}) : std::nullopt;
    }
    if (parameter.type == ParameterType::toggle && value.is_number())
        return Meant{value.get<double>() > 0.5};
    const bool isOfItsType = parameter.type == ParameterType::toggle   ? value.is_boolean()
                             : parameter.type == ParameterType::number ? value.is_number()
                                                                       : false;
    return isOfItsType ? std::optional(Meant{value}) : std::nullopt;
}

class SettingsReader
{
public:
    explicit SettingsReader(const json& answer)
    {
        readObject(answer, 0);
        // The last: what is said plainly counts more. Lists may hold further ones.
        for (std::size_t index = 0; index < std::min(lists.size(), mostLists); ++index)
            readList(*lists[index]);
        correctScales();
        switchOnWhatIsSet();
    }

    AnswerSettings result;

private:
    static constexpr int deepest = 3;
    static constexpr std::size_t mostLists = 20;

    void readObject(const json& object, int depth)
    {
        for (const auto& [name, value] : object.items())
        {
            if (name == intentMember)
                continue;
            if (findParameter(name))
                take(name, value);
            else if (value.is_array())
                lists.push_back(&value);
            else if (!value.is_object())
                continue;
            else if (isGroup(name))
                readGroup(name, value);
            else if (depth < deepest)
                readObject(value, depth + 1);
        }
    }

    void readGroup(const std::string& group, const json& settings)
    {
        for (const auto& [name, value] : settings.items())
        {
            const auto id = findParameter(name) ? name : group + "." + name;
            if (findParameter(id))
                take(id, value);
            else if (value.is_object() && (name == "parameters" || name == "settings"))
                readGroup(group, value);
            else if (!value.is_string() || !isGroup(value.get_ref<const std::string&>())) // not its own name
                result.report.push_back("There is no parameter " + id.substr(0, 60) + ".");
        }
    }

    /// {"stage": "amp", "gain": 6}, {"id": "amp.gain", "value": 6} or whole objects, one after the other.
    void readList(const json& list)
    {
        constexpr std::size_t mostEntries = 200;
        std::size_t count = 0;
        for (const auto& entry : list)
        {
            if (!entry.is_object() || ++count > mostEntries)
                continue;
            std::string name;
            for (const char* member : {"id", "parameter", "stage", "type", "name"})
                if (const auto found = entry.find(member);
                    name.empty() && found != entry.end() && found->is_string())
                    if (const auto& text = found->get_ref<const std::string&>();
                        findParameter(text) || isGroup(text))
                        name = text;
            const auto value = entry.find("value");
            if (!name.empty() && findParameter(name) && value != entry.end())
                take(name, *value);
            else if (!name.empty())
                readGroup(name, entry);
            else
                readObject(entry, deepest - 1);
        }
    }

    void take(const std::string& id, const json& value)
    {
        if (value.is_null() || result.values.contains(id))
            return;
        ++result.offered;
        const auto& parameter = infoOf(*findParameter(id));
        auto meant = meantBy(parameter, value);
        if (!meant)
        {
            result.report.push_back(id + " should be " + rangeText(parameter) + ".");
            return;
        }
        ++result.used;
        if (meant->hasUnit)
            withUnit.insert(id);
        result.values[id] = std::move(meant->value);
    }

    /// The values whose scale is open, of one kind of parameter.
    std::vector<double> plainValues(const std::function<bool(const ParameterInfo&)>& isOfKind) const
    {
        std::vector<double> values;
        for (const auto& [id, value] : result.values.items())
            if (value.is_number() && !withUnit.contains(id) && isOfKind(infoOf(*findParameter(id))))
                values.push_back(value.get<double>());
        return values;
    }

    void scale(const std::function<bool(const ParameterInfo&)>& isOfKind, double factor)
    {
        for (auto& [id, value] : result.values.items())
            if (value.is_number() && !withUnit.contains(id) && isOfKind(infoOf(*findParameter(id))))
                value = value.get<double>() * factor;
    }

    void correctScales()
    {
        const auto isPercent = [](const ParameterInfo& parameter) { return parameter.unit == "%"; };
        const auto count = [](const std::vector<double>& values, const auto& is)
        { return std::count_if(values.begin(), values.end(), is); };
        const auto isPart = [](double value) { return value > 0 && value < 1; };
        const auto isUnit = [](double value) { return value >= 0 && value <= 1; };

        const auto percentages = plainValues(isPercent);
        if (count(percentages, isPart) > 0 && std::all_of(percentages.begin(), percentages.end(), isUnit))
            scale(isPercent, 100);

        // One knob alone may be nearly off, or far beyond its end; several are a habit.
        const auto knobs = plainValues(isKnob);
        if (count(knobs, isPart) > 1 && std::all_of(knobs.begin(), knobs.end(), isUnit))
            scale(isKnob, 10);
        const auto isOutOfHundred = [](double value) { return value >= 0 && value <= 100; };
        const auto isBeyond = [](double value) { return value > 10; };
        if (count(knobs, isBeyond) > 1 && std::all_of(knobs.begin(), knobs.end(), isOutOfHundred))
            scale(isKnob, 0.1);

        for (auto& [id, value] : result.values.items())
            if (value.is_number() && !withUnit.contains(id))
                value = inItsUnit(infoOf(*findParameter(id)), value.get<double>());
    }

    /// Seconds for milliseconds and kHz for Hz, or the reverse.
    static double inItsUnit(const ParameterInfo& parameter, double value)
    {
        constexpr double thousand = 1000;
        constexpr float slowest = 20; // Hz: below that it is the rate of a movement
        const auto isLegal = [&](double number)
        {
            return number >= static_cast<double>(parameter.minimum) &&
                   number <= static_cast<double>(parameter.maximum);
        };
        if (isLegal(value))
            return value;
        const bool isSmall =
            parameter.unit == "ms" || (parameter.unit == "Hz" && parameter.minimum >= slowest);
        if (isSmall && isLegal(value * thousand))
            return value * thousand;
        return parameter.unit == "s" && isLegal(value / thousand) ? value / thousand : value;
    }

    void switchOnWhatIsSet()
    {
        for (const auto group : parameterGroups())
        {
            const auto prefix = std::string(group) + ".";
            const auto enabled = prefix + "enabled";
            bool isSet = false;
            for (const auto& [id, value] : result.values.items())
                isSet = isSet || id.starts_with(prefix);
            if (isSet && findParameter(enabled) && !result.values.contains(enabled))
                result.values[enabled] = true;
        }
    }

    std::set<std::string> withUnit; // ids
    std::vector<const json*> lists;
};
} // namespace

AnswerSettings settingsIn(const json& answer)
{
    return answer.is_object() ? std::move(SettingsReader(answer).result) : AnswerSettings{};
}

} // namespace tonewright
