#pragma once

#include "dsp/measure/ToneProbe.h"
#include "tone/ParameterSet.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace tonewright::bench
{

/// [any] Whether it is measured with test signals: sines, bursts, noise.
bool isProbeMeasure(std::string_view name);

/// [any] 0 clean, 1 edge of breakup, 2 crunch, 3 high gain, 4 extreme, from the harmonics at -20 and -40
/// dBFS.
int gainClassOf(double harmonics20, double harmonics40) noexcept;

/// What test signals tell about one tone; each signal is played once, when it is first asked for.
class ProbeMeasures
{
public:
    explicit ProbeMeasures(const ParameterSet& tone) : parameters(tone) {}

    /// [worker] Nothing where the tone has no such thing (the echo time of a tone without echoes).
    std::optional<double> of(std::string_view measure, dsp::OfflineChain& chain);

private:
    double tailBrightness();

    ParameterSet parameters;
    std::vector<dsp::Probe> asked;
    dsp::ToneProbe known;
    std::optional<double> tail;
};

} // namespace tonewright::bench
