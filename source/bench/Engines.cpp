#include "bench/Engines.h"

#include "generation/Audition.h"
#include "generation/GeneratorChain.h"
#include "generation/offline/Interpreter.h"
#include "generation/offline/Mapper.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/offline/Parser.h"
#include "tone/PresetLibrary.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <random>

namespace tonewright::bench
{
namespace
{
using offline::EntryKind;

Preset presetOf(const ParameterSet& parameters)
{
    Preset preset;
    preset.parameters = parameters;
    return preset;
}

Engine noOperation()
{
    return {"no-op", 1,
            [](int, std::uint64_t) -> Answer
            {
                auto usual = std::make_shared<Preset>();
                audition(*usual);
                return [usual](const GenerationRequest& request) -> Result<Preset, GenerationError>
                { return request.current ? *request.current : *usual; };
            }};
}

/// Every knob anywhere on its travel, every switch and choice by lot.
ParameterSet randomParameters(std::mt19937_64& random)
{
    ParameterSet parameters;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        // Not std::uniform_real_distribution: its numbers differ between libraries.
        const auto position = static_cast<float>(static_cast<double>(random() >> 11) * 0x1p-53);
        parameters.values[index] = fromNormalised(parameterTable[index], position);
    }
    parameters["amp.enabled"_p] = 1;
    return parameters;
}

Engine randomPresets()
{
    constexpr int draws = 50;
    const auto pool = std::make_shared<std::vector<Preset>>();
    return {"random preset", draws,
            [pool](int run, std::uint64_t seed) -> Answer
            {
                std::mt19937_64 random(seed);
                while (pool->size() < draws)
                {
                    pool->push_back(presetOf(randomParameters(random)));
                    audition(pool->back());
                }
                const auto turn =
                    std::make_shared<std::mt19937_64>(seed + static_cast<std::uint64_t>(run) + 1);
                return [pool, turn](const GenerationRequest&) -> Result<Preset, GenerationError>
                { return (*pool)[(*turn)() % pool->size()]; };
            }};
}

/// Numbers averaged (frequencies and times on their knobs), switches and choices as most have them.
Preset meanOf(const std::vector<Preset>& presets)
{
    Preset mean;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        std::map<float, std::size_t> votes;
        double sum = 0;
        for (const auto& preset : presets)
        {
            const float value = preset.parameters.values[index];
            ++votes[value];
            sum += static_cast<double>(toNormalised(info, value));
        }
        const auto most = std::max_element(votes.begin(), votes.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        mean.parameters.values[index] =
            info.type == ParameterType::number
                ? fromNormalised(info, static_cast<float>(sum / static_cast<double>(presets.size())))
                : most->first;
    }
    return mean;
}

Engine meanPreset()
{
    return {"mean preset", 1,
            [](int, std::uint64_t) -> Answer
            {
                auto mean = std::make_shared<Preset>(meanOf(factoryPresets()));
                audition(*mean);
                return [mean](const GenerationRequest&) -> Result<Preset, GenerationError> { return *mean; };
            }};
}

/// Every word that the lexicon has by itself, as if it had been said alone and plainly.
offline::Reading keywordsIn(const std::string& prompt)
{
    const auto& knowledge = offline::Knowledge::shared();
    offline::Reading reading;
    constexpr std::size_t mostTokens = 2000;
    const auto tokens = offline::tokensOf(prompt, mostTokens);
    for (std::size_t at = 0; at < tokens.size(); ++at)
    {
        ++reading.contentWords;
        for (const auto& sense : knowledge.match(std::span(tokens).subspan(0, at + 1), at).senses)
        {
            const bool isWord =
                sense.role == offline::Role::entry && sense.entry != nullptr &&
                (sense.entry->kind == EntryKind::descriptor || sense.entry->kind == EntryKind::gain ||
                 sense.entry->kind == EntryKind::effect);
            if (!isWord || sense.entry->tone.empty())
                continue;
            ++reading.understoodWords;
            offline::Mention mention;
            mention.entry = sense.entry;
            mention.words = sense.entry->name;
            reading.mentions.push_back(std::move(mention));
            break;
        }
    }
    return reading;
}

Engine keywordOnly()
{
    return {"keyword-only", 1,
            [](int, std::uint64_t) -> Answer
            {
                return [](const GenerationRequest& request) -> Result<Preset, GenerationError>
                {
                    const auto reading = keywordsIn(request.prompt);
                    const auto intent = offline::interpret(reading, request.current.has_value(), 0);
                    if (!request.current)
                    {
                        auto made = presetOf(offline::mapNewTone(intent, 0).parameters);
                        audition(made);
                        return made;
                    }
                    auto changed = *request.current;
                    changed.parameters = offline::mapEdit(intent, changed.parameters).parameters;
                    return changed;
                };
            }};
}
} // namespace

Engine offlineEngine()
{
    return {"offline", 1,
            [](int, std::uint64_t) -> Answer
            {
                const auto chain = std::make_shared<GeneratorChain>(std::make_shared<OfflineGenerator>(),
                                                                    nullptr, nullptr, nullptr);
                return [chain](const GenerationRequest& request)
                {
                    return chain->askOffline(
                        request, Cancellation(), [](const std::string&, double) {}, nullptr);
                };
            }};
}

std::vector<Engine> baselines()
{
    return {noOperation(), randomPresets(), meanPreset(), keywordOnly()};
}

} // namespace tonewright::bench
