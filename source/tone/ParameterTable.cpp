#include "tone/ParameterTable.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace tonewright
{
namespace
{
consteval bool tableIsSound()
{
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& parameter = parameterTable[index];
        const bool rangeIsSound = parameter.minimum < parameter.maximum &&
                                  parameter.defaultValue >= parameter.minimum &&
                                  parameter.defaultValue <= parameter.maximum;
        const bool taperIsSound = parameter.taper == Taper::linear || parameter.minimum > 0;
        const bool idIsSound = parameter.id.find('.') != std::string_view::npos &&
                               findParameter(parameter.id) == static_cast<ParameterIndex>(index);
        if (!rangeIsSound || !taperIsSound || !idIsSound)
            return false;
    }
    return true;
}
static_assert(tableIsSound(),
              "parameterTable: an id appears twice or lacks its stage, or a range or default is wrong");

/// A choice that has grown since hosts first kept numbers of it. They keep positions from 0 to 1, and would
/// meet other choices if all moved up: so each of the first ones takes the place nearest to its old one, and
/// those appended take the places left over. The old position and the new one both lead to the same choice.
struct GrownChoice
{
    std::string_view id;
    int first; ///< how many there were
};
constexpr std::array<GrownChoice, 1> grownChoices{{{"cabinet.model", 8}}};
constexpr int mostChoices = 32;

/// The place of each choice among its host's steps.
struct ChoicePlaces
{
    std::array<int, mostChoices> places{};
    int count = 0;
};

constexpr int nearestPlace(int choice, int first, int count)
{
    return (2 * choice * (count - 1) + first - 1) / (2 * (first - 1));
}

constexpr ChoicePlaces placesOf(const ParameterInfo& parameter)
{
    ChoicePlaces result;
    result.count = static_cast<int>(parameter.choices.size());
    int first = result.count;
    for (const auto& grown : grownChoices)
        if (grown.id == parameter.id)
            first = grown.first;
    std::array<bool, mostChoices> isTaken{};
    for (int choice = 0; choice < first; ++choice)
    {
        const int place = nearestPlace(choice, first, result.count);
        result.places[static_cast<std::size_t>(choice)] = place;
        isTaken[static_cast<std::size_t>(place)] = true;
    }
    int free = 0;
    for (int choice = first; choice < result.count; ++choice)
    {
        while (isTaken[static_cast<std::size_t>(free)])
            ++free;
        result.places[static_cast<std::size_t>(choice)] = free++;
    }
    return result;
}

int placeOf(const ParameterInfo& parameter, int choice) noexcept
{
    return placesOf(parameter).places[static_cast<std::size_t>(choice)];
}

int choiceAt(const ParameterInfo& parameter, int place) noexcept
{
    const auto all = placesOf(parameter);
    const auto end = all.places.begin() + all.count;
    return static_cast<int>(std::find(all.places.begin(), end, place) - all.places.begin());
}

consteval bool choicesFitTheirPlaces()
{
    for (const auto& parameter : parameterTable)
        if (parameter.choices.size() > mostChoices)
            return false;
    for (const auto& grown : grownChoices)
        if (!findParameter(grown.id) || grown.first < 2)
            return false;
    return true;
}
static_assert(choicesFitTheirPlaces(),
              "grownChoices names no parameter, or a parameter has too many choices");

char lower(char c) noexcept
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Lower case letters and digits only, so that "American Clean", "american-clean" and "american_clean" are
/// one word.
std::string folded(std::string_view text)
{
    std::string result;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            result += lower(c);
    return result;
}

/// Enough digits to tell neighbouring knob positions apart, no more than a player wants to read.
int decimalsFor(const ParameterInfo& parameter, float magnitude) noexcept
{
    if (magnitude >= 100)
        return 0;
    return magnitude >= 1 || parameter.unit == "dB" || parameter.unit == "%" ? 1 : 2;
}
} // namespace

float legalValue(const ParameterInfo& parameter, float value) noexcept
{
    if (!std::isfinite(value))
        return parameter.defaultValue;
    const float clamped = std::clamp(value, parameter.minimum, parameter.maximum);
    return parameter.type == ParameterType::number ? clamped : std::round(clamped);
}

float toNormalised(const ParameterInfo& parameter, float value) noexcept
{
    const float legal = legalValue(parameter, value);
    if (parameter.taper == Taper::logarithmic)
        return std::log(legal / parameter.minimum) / std::log(parameter.maximum / parameter.minimum);
    if (parameter.type == ParameterType::choice)
        return static_cast<float>(placeOf(parameter, static_cast<int>(legal))) / parameter.maximum;
    return (legal - parameter.minimum) / (parameter.maximum - parameter.minimum);
}

float fromNormalised(const ParameterInfo& parameter, float position) noexcept
{
    const float place = std::clamp(position, 0.0f, 1.0f);
    if (parameter.taper == Taper::logarithmic)
        return legalValue(parameter,
                          parameter.minimum * std::pow(parameter.maximum / parameter.minimum, place));
    const float value =
        legalValue(parameter, parameter.minimum + place * (parameter.maximum - parameter.minimum));
    return parameter.type == ParameterType::choice
               ? static_cast<float>(choiceAt(parameter, static_cast<int>(value)))
               : value;
}

std::string textOf(const ParameterInfo& parameter, float value)
{
    const float legal = legalValue(parameter, value);
    if (parameter.type == ParameterType::toggle)
        return legal > 0.5f ? "On" : "Off";
    if (parameter.type == ParameterType::choice)
        return displayName(parameter.choices[static_cast<std::size_t>(legal)]);
    std::array<char, 64> buffer{};
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<double>(legal),
                      std::chars_format::fixed, decimalsFor(parameter, std::abs(legal)));
    std::string text(buffer.data(), error == std::errc{} ? end : buffer.data());
    if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-')
        text.erase(0, 1); // "-0.0" reads like a mistake
    if (!parameter.unit.empty())
        text.append(" ").append(parameter.unit);
    return text;
}

std::optional<float> valueFromText(const ParameterInfo& parameter, std::string_view text)
{
    if (parameter.type == ParameterType::choice)
        for (std::size_t index = 0; index < parameter.choices.size(); ++index)
            if (folded(parameter.choices[index]) == folded(text))
                return static_cast<float>(index);
    if (parameter.type == ParameterType::toggle)
    {
        const auto word = folded(text);
        if (word == "on" || word == "true" || word == "yes")
            return 1.0f;
        if (word == "off" || word == "false" || word == "no")
            return 0.0f;
    }
    const auto start = text.find_first_not_of(" \t+");
    if (start == std::string_view::npos)
        return std::nullopt;
    float value = 0;
    const auto [end, error] = std::from_chars(text.data() + start, text.data() + text.size(), value);
    if (error != std::errc{} || !std::isfinite(value))
        return std::nullopt;
    // "1.2 s" typed into a knob that counts milliseconds, or "350 ms" into one that counts seconds, "2 kHz"
    // into Hz.
    const auto unit = folded(text.substr(static_cast<std::size_t>(end - text.data())));
    if (parameter.unit == "ms" && (unit == "s" || unit == "sec"))
        value *= 1000;
    else if (parameter.unit == "s" && unit == "ms")
        value /= 1000;
    else if (parameter.unit == "Hz" && (unit == "khz" || unit == "k"))
        value *= 1000;
    return legalValue(parameter, value);
}

std::string displayName(std::string_view word)
{
    if (word == "vca")
        return "VCA"; // the one abbreviation among the choices
    std::string result(word);
    bool startOfWord = true;
    for (auto& c : result)
    {
        if (c == '_')
            c = ' ';
        else if (startOfWord)
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        startOfWord = c == ' ';
    }
    return result;
}

} // namespace tonewright
