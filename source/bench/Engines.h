#pragma once

#include "generation/PresetGenerator.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tonewright::bench
{

/// Answers one prompt, already auditioned, the way the plugin would.
using Answer = std::function<Result<Preset, GenerationError>(const GenerationRequest&)>;

/// Somebody whose answers are scored.
struct Engine
{
    std::string name;
    int runs = 1; ///< independent answers to each prompt; scores are averaged
    std::function<Answer(int run, std::uint64_t seed)> begin;
};

/// [any] The embedded generator.
Engine offlineEngine();

/// [any] What every engine has to beat: the default preset for every prompt; 50 random valid presets; the
/// mean of the factory's; and the generator's own words looked up one by one (no grammar, no players, styles
/// or songs).
std::vector<Engine> baselines();

} // namespace tonewright::bench
