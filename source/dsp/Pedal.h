#pragma once

#include "dsp/ControlRate.h"
#include "dsp/DriveCircuits.h"
#include "dsp/Filters.h"
#include "dsp/Oversampler.h"
#include "dsp/Smoother.h"
#include "dsp/Stage.h"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tonewright::dsp
{

/// A stage that has a circuit of each kind, of which the chosen one runs, oversampled where it clips.
class Pedal : public Stage
{
public:
    using Circuits = std::vector<std::unique_ptr<DriveCircuit>>;

    void prepare(const ProcessSpec& spec) final;
    void reset() noexcept TONEWRIGHT_NONBLOCKING final;
    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING final;

protected:
    /// [setup] At least one; the first is chosen.
    explicit Pedal(Circuits newCircuits) noexcept : circuits(std::move(newCircuits)) {}

    /// [audio] Another circuit than before starts afresh.
    void choose(std::size_t circuit) noexcept;

    /// [audio] Where the knobs shall go: the circuit's two and the one behind it.
    void turn(float newGain, float newTone, float newLevel = 0) noexcept;

private:
    /// What a knob behind the circuit, if it has one, multiplies by.
    virtual float outputGainFor(float /*levelKnob*/) const noexcept { return 1; }

    void restart() noexcept;
    bool tick() noexcept;
    DriveCircuit& circuit() noexcept { return *circuits[chosen]; }

    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    Circuits circuits;
    std::size_t chosen = 0;
    StereoDcBlocker dcBlocker;
    GainRamp outputGain;
    Smoother gain;
    Smoother tone;
    Smoother level;
    ControlClock clock;
    bool knobsAreSet = false; ///< the circuit is set to them since the last reset
};

} // namespace tonewright::dsp
