#pragma once

#include "dsp/Riff.h"
#include "tone/Preset.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tonewright::bench
{

/// [any] Whether checks may ask for it: a parameter's id, "confidence", or one of the measures in
/// docs/tone-benchmark.md.
bool isMeasure(std::string_view name);

/// [any] Whether it is heard on a riff (others are read from the preset or probed with test signals).
bool isHeardOnRiff(std::string_view measure);

/// Renders and measures presets, each only as far as checks ask, and each sound only once.
class Measures
{
public:
    Measures();
    ~Measures();
    Measures(const Measures&) = delete;
    Measures& operator=(const Measures&) = delete;

    /// [worker] Nothing where it cannot be measured (no echo, no decay).
    std::optional<double> of(const Preset& preset, const std::string& measure, dsp::RiffStyle riff);

    /// [worker] What is wrong with the sound whatever was asked for: not finite, clipping, far from the usual
    /// loudness. Empty when nothing is.
    std::string defect(const Preset& preset, dsp::RiffStyle riff);

    /// [any] Sounds rendered so far.
    std::size_t renders() const noexcept;

private:
    struct Sound;
    struct Implementation;
    std::unique_ptr<Implementation> self;
};

} // namespace tonewright::bench
