#include "bench/CaseRun.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>

namespace tonewright::bench
{
namespace
{
/// A tone as it came out, with what sounded before it.
struct MadeTone
{
    std::optional<Preset> preset;
    std::string error;
    std::vector<Preset> history; ///< oldest first, without the tone itself
};

using MadeTones = std::map<std::string, MadeTone>;

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

MadeTone make(const ToneRecipe& recipe, const MadeTones& earlier, const Answer& answer)
{
    MadeTone tone;
    if (recipe.parameters)
    {
        tone.preset.emplace();
        tone.preset->parameters = *recipe.parameters;
        return tone;
    }
    GenerationRequest request;
    request.prompt = recipe.prompt;
    request.tempo = recipe.tempo;
    request.variation = recipe.variation;
    if (!recipe.from.empty())
    {
        const auto& before = earlier.at(recipe.from);
        request.current = before.preset;
        request.history = before.history;
    }
    for (int turn = 0; turn < recipe.repeat; ++turn)
    {
        auto answered = answer(request);
        if (!answered)
        {
            tone.error = answered.error().message;
            tone.preset.reset();
            return tone;
        }
        if (request.current)
            request.history.push_back(*request.current);
        tone.preset = std::move(*answered);
        request.current = tone.preset;
    }
    tone.history = request.history;
    return tone;
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
        return tone.error.ends_with('.') ? "" : "it gave no sentence";
    }

    const MadeTones& tones;
    Measures& measures;
    dsp::RiffStyle riff;
};

bool needsRiff(const Check& check)
{
    return isHeardOnRiff(check.measure) ||
           std::any_of(check.alternatives.begin(), check.alternatives.end(), needsRiff);
}

void note(CaseScore& score, const std::string& failure)
{
    if (std::find(score.failures.begin(), score.failures.end(), failure) == score.failures.end())
        score.failures.push_back(failure);
}

/// A check's share of the riffs on which it holds.
double shareHeld(const BenchCase& benchCase, const Check& check, const MadeTones& tones, Measures& measures,
                 CaseScore& score)
{
    const std::size_t riffs = needsRiff(check) ? benchCase.riffs.size() : 1;
    std::size_t held = 0;
    for (std::size_t i = 0; i < riffs; ++i)
    {
        const auto failure = Judge(tones, measures, benchCase.riffs[i]).failureOf(check);
        if (failure.empty())
            ++held;
        else
            note(score,
                 failure +
                     (needsRiff(check)
                          ? " (" +
                                std::string(dsp::riffStyles[static_cast<std::size_t>(benchCase.riffs[i])]) +
                                ")"
                          : ""));
    }
    return static_cast<double>(held) / static_cast<double>(riffs);
}

/// Optional stages that are on although neither a check nor the tone's custom asks for them.
std::vector<std::string> wrongEffects(const BenchCase& benchCase, const Preset& preset)
{
    std::vector<std::string> wrong;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        const std::string stage(info.stage());
        const bool isOptional = info.type == ParameterType::toggle && info.id == stage + ".enabled" &&
                                stage != "amp" && stage != "cabinet" && stage != "equaliser";
        const auto& usual = *benchCase.usualStages;
        if (isOptional && preset.parameters.values[index] > 0.5f &&
            std::find(usual.begin(), usual.end(), stage) == usual.end())
            wrong.push_back(stage);
    }
    return wrong;
}

CaseScore scoreNamedTone(const BenchCase& benchCase, const MadeTones& tones, Measures& measures)
{
    constexpr double softWeight = 0.5;
    constexpr double wrongEffectWeight = 0.5;
    CaseScore score;
    double hard = 1;
    double soft = 0;
    int softChecks = 0;
    for (const auto& check : benchCase.checks)
    {
        const double held = shareHeld(benchCase, check, tones, measures, score);
        if (check.isSoft)
        {
            soft += held;
            ++softChecks;
        }
        else if (held < 1)
            hard = 0;
    }
    double sum = hard + (softChecks > 0 ? softWeight * soft / softChecks : 0);
    const auto& preset = tones.at(benchCase.judged().name).preset;
    if (preset && benchCase.usualStages)
        for (const auto& stage : wrongEffects(benchCase, *preset))
        {
            sum -= wrongEffectWeight;
            note(score, "nobody asked for the " + stage);
        }
    score.score = std::clamp(sum / (1 + (softChecks > 0 ? softWeight : 0)), 0.0, 1.0);
    return score;
}

/// On each riff all checks must hold, and the sound must be sound.
CaseScore scorePair(const BenchCase& benchCase, const MadeTones& tones, Measures& measures)
{
    CaseScore score;
    std::size_t held = 0;
    const bool onRiffs = std::any_of(benchCase.checks.begin(), benchCase.checks.end(), needsRiff);
    const std::size_t riffs = onRiffs ? benchCase.riffs.size() : 1;
    for (std::size_t i = 0; i < riffs; ++i)
    {
        const auto riff = benchCase.riffs[i];
        bool holds = true;
        const auto fail = [&](const std::string& failure)
        {
            holds = false;
            note(score,
                 failure + (onRiffs
                                ? " (" + std::string(dsp::riffStyles[static_cast<std::size_t>(riff)]) + ")"
                                : ""));
        };
        for (const auto& check : benchCase.checks)
            if (const auto failure = Judge(tones, measures, riff).failureOf(check); !failure.empty())
                fail(failure);
        if (onRiffs)
            for (const auto& [name, tone] : tones)
                if (tone.preset)
                    if (const auto defect = measures.defect(*tone.preset, riff); !defect.empty())
                        fail(name + ": " + defect);
        held += holds ? 1 : 0;
    }
    score.score = static_cast<double>(held) / static_cast<double>(riffs);
    return score;
}

CaseScore scoreAll(const BenchCase& benchCase, const MadeTones& tones, Measures& measures)
{
    CaseScore score;
    for (const auto& check : benchCase.checks)
        (void)shareHeld(benchCase, check, tones, measures, score);
    for (const auto& [name, tone] : tones)
        if (tone.preset)
        {
            auto legal = tone.preset->parameters;
            legal.makeLegal();
            if (legal != tone.preset->parameters)
                note(score, name + " is not a valid preset");
        }
    score.score = score.failures.empty() ? 1 : 0;
    return score;
}
} // namespace

CaseScore runCase(const BenchCase& benchCase, const Answer& answer, Measures& measures)
{
    MadeTones tones;
    for (const auto& recipe : benchCase.tones)
        tones[recipe.name] = make(recipe, tones, answer);
    switch (benchCase.suite)
    {
    case Suite::intent:
        return scoreNamedTone(benchCase, tones, measures);
    case Suite::direction:
        return scorePair(benchCase, tones, measures);
    case Suite::locality:
    case Suite::robustness:
        break;
    }
    return scoreAll(benchCase, tones, measures);
}

} // namespace tonewright::bench
