#include "bench/CheckJudge.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace tonewright::bench
{
namespace
{
std::string numberText(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g", value);
    return text.data();
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Judges checks on one riff.
class Judge
{
public:
    Judge(const MadeTones& made, Measures& measuring, dsp::RiffStyle on)
        : tones(made), measures(measuring), riff(on)
    {
    }

    /// Empty where it holds, else what was found.
    std::string failureOf(const Check& check)
    {
        switch (check.kind)
        {
        case Check::Kind::value:
            return failureOfValue(check);
        case Check::Kind::oneOf:
            return failureOfChoice(check);
        case Check::Kind::rising:
            return failureOfRising(check);
        case Check::Kind::unchanged:
        case Check::Kind::same:
            return failureOfSameness(check);
        case Check::Kind::says:
        case Check::Kind::neverSays:
            return failureOfText(check);
        case Check::Kind::refuses:
            return failureOfRefusal(check);
        case Check::Kind::anyOf:
            break;
        }
        std::string failures;
        for (const auto& alternative : check.alternatives)
        {
            const auto failure = failureOf(alternative);
            if (failure.empty())
                return {};
            failures += (failures.empty() ? "" : ", and ") + failure;
        }
        return failures;
    }

private:
    const Preset* presetOf(const std::string& name) const
    {
        const auto& tone = tones.at(name);
        return tone.preset ? &*tone.preset : nullptr;
    }

    std::optional<double> valueOf(const std::string& tone, const std::string& measure)
    {
        const auto* const preset = presetOf(tone);
        return preset != nullptr ? measures.of(*preset, measure, riff) : std::nullopt;
    }

    static std::string missing(const std::string& measure, const std::string& tone)
    {
        return measure + " of " + tone + " cannot be measured";
    }

    std::string failureOfValue(const Check& check)
    {
        auto value = valueOf(check.of, check.measure);
        if (!value)
            return missing(check.measure, check.of);
        auto what = check.measure + " of " + check.of;
        if (!check.other.empty())
        {
            const auto other = valueOf(check.other, check.measure);
            if (!other)
                return missing(check.measure, check.other);
            if (check.isRatio && *other == 0)
                return missing(check.measure + " (as a ratio)", check.other);
            value = check.isRatio ? *value / *other : *value - *other;
            what += (check.isRatio ? " over " : " minus ") + check.other;
        }
        constexpr double rounding = 1e-6;
        if (check.minimum && *value < *check.minimum - rounding)
            return what + " is " + numberText(*value) + ", below " + numberText(*check.minimum);
        if (check.maximum && *value > *check.maximum + rounding)
            return what + " is " + numberText(*value) + ", above " + numberText(*check.maximum);
        return {};
    }

    std::string failureOfChoice(const Check& check) const
    {
        const auto* const preset = presetOf(check.of);
        const auto parameter = findParameter(check.measure);
        if (preset == nullptr || !parameter)
            return missing(check.measure, check.of);
        const auto& info = infoOf(*parameter);
        // The type of an effect that is off is no answer.
        const auto enabled = findParameter(std::string(info.stage()) + ".enabled");
        if (enabled && *enabled != *parameter && !preset->parameters.isOn(*enabled))
            return "the " + std::string(info.stage()) + " of " + check.of + " is off";
        const auto actual = nlohmann::json(parameterToJson(info, preset->parameters[*parameter]));
        if (std::find(check.values.begin(), check.values.end(), actual) != check.values.end())
            return {};
        auto text = check.measure + " of " + check.of + " is " + actual.dump() + ", not ";
        for (std::size_t i = 0; i < check.values.size(); ++i)
            text += (i == 0 ? "" : " or ") + check.values[i].dump();
        return text;
    }

    std::string failureOfRising(const Check& check)
    {
        std::optional<double> before;
        for (const auto& name : check.names)
        {
            const auto value = valueOf(name, check.measure);
            if (!value)
                return missing(check.measure, name);
            if (before && *value - *before <= check.minimum.value_or(0))
                return check.measure + " goes from " + numberText(*before) + " to " + numberText(*value) +
                       " at " + name;
            before = value;
        }
        return {};
    }

    std::string failureOfSameness(const Check& check) const
    {
        const auto* const preset = presetOf(check.of);
        const auto* const other = presetOf(check.other);
        if (preset == nullptr || other == nullptr)
            return check.of + " or " + check.other + " does not exist";
        if (preset->parameters.order != other->parameters.order)
            return "the order of the stages changed";
        std::string moved;
        for (std::size_t index = 0; index < parameterCount; ++index)
        {
            const auto& info = parameterTable[index];
            const auto isNamed = [&info](const std::string& name)
            { return name.ends_with('.') ? info.id.starts_with(name) : info.id == name; };
            if (preset->parameters.values[index] == other->parameters.values[index] ||
                std::any_of(check.names.begin(), check.names.end(), isNamed))
                continue;
            moved += (moved.empty() ? "" : ", ") + std::string(info.id) + " from " +
                     textOf(info, other->parameters.values[index]) + " to " +
                     textOf(info, preset->parameters.values[index]);
        }
        return moved.empty() ? moved : "it also moved " + moved;
    }

    std::string failureOfText(const Check& check) const
    {
        const auto* const preset = presetOf(check.of);
        if (preset == nullptr)
            return check.of + " does not exist";
        const auto text = lowered(preset->name + "\n" + preset->explanation);
        const auto found = std::find_if(check.names.begin(), check.names.end(),
                                        [&text](const auto& words)
                                        { return text.find(lowered(words)) != std::string::npos; });
        const bool isFound = found != check.names.end();
        if (isFound == (check.kind == Check::Kind::says))
            return {};
        return isFound ? "it says \"" + *found + "\"" : "it says nothing of \"" + check.names.front() + "\"";
    }

    std::string failureOfRefusal(const Check& check) const
    {
        const auto& tone = tones.at(check.of);
        if (tone.preset)
            return "it made a tone of it";
        if (!tone.isRefused)
            return "there was no answer: " + tone.error;
        return tone.error.ends_with('.') ? "" : "it gave no sentence";
    }

    const MadeTones& tones;
    Measures& measures;
    dsp::RiffStyle riff;
};
} // namespace

std::string failureOf(const Check& check, const MadeTones& tones, dsp::RiffStyle riff, Measures& measures)
{
    return Judge(tones, measures, riff).failureOf(check);
}

bool needsRiff(const Check& check)
{
    return isHeardOnRiff(check.measure) ||
           std::any_of(check.alternatives.begin(), check.alternatives.end(), needsRiff);
}

} // namespace tonewright::bench
