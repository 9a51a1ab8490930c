#pragma once

#include "tone/ParameterSet.h"

#include <optional>
#include <string_view>

namespace tonewright::bench
{

/// [any] Whether it is measured with test signals: sines, bursts, noise.
bool isProbeMeasure(std::string_view name);

/// What test signals tell about one tone; each signal is played once, when it is first asked for.
class ProbeMeasures
{
public:
    explicit ProbeMeasures(const ParameterSet& tone) : parameters(tone) {}

    /// [worker] Nothing where the tone has no such thing (the echo time of a tone without echoes).
    std::optional<double> of(std::string_view measure);

private:
    ParameterSet parameters;
};

} // namespace tonewright::bench
