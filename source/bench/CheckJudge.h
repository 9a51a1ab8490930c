#pragma once

#include "bench/BenchCase.h"
#include "bench/Measures.h"
#include "dsp/Riff.h"
#include "tone/Preset.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tonewright::bench
{

/// A tone as it came out, with what sounded before it.
struct MadeTone
{
    std::optional<Preset> preset;
    std::string error;
    bool isRefused = false; ///< there is no tone because the words ask for none, not because a server failed
    std::vector<Preset> history; ///< oldest first, without the tone itself
};

using MadeTones = std::map<std::string, MadeTone>;

/// [worker] Judges one check of a case's tones, on one riff. Empty where it holds, else what was found, with
/// the values.
std::string failureOf(const Check& check, const MadeTones& tones, dsp::RiffStyle riff, Measures& measures);

/// [any] Whether it depends on the riff.
bool needsRiff(const Check& check);

} // namespace tonewright::bench
