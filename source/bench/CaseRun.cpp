#include "bench/CaseRun.h"

#include "bench/CheckJudge.h"

#include <algorithm>

namespace tonewright::bench
{
namespace
{
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
            const auto kind = answered.error().kind;
            tone.isRefused = kind == GenerationErrorKind::emptyPrompt || kind == GenerationErrorKind::refusal;
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
        const auto failure = failureOf(check, tones, benchCase.riffs[i], measures);
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
            if (const auto failure = failureOf(check, tones, riff, measures); !failure.empty())
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
