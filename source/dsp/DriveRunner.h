#pragma once

#include "dsp/DriveCircuits.h"

namespace tonewright::dsp
{

/// Runs a circuit that is a plain value: three parts, each of which has next(sample), and
/// - prepare(rate, oversampling) that sets what no knob moves,
/// - turn(gain, tone) that sets what the knobs do,
/// - ramps(), what glides from tick to tick.
template <typename Circuit>
class Runner final : public DriveCircuit
{
public:
    void prepare(double newRate, int newOversampling) override
    {
        rate = newRate;
        oversampling = newOversampling;
        reset();
    }

    void reset() noexcept override
    {
        circuit = Circuit{};
        circuit.prepare(rate, oversampling);
    }

    void tick(float gain, float tone) noexcept override { circuit.turn(gain, tone); }

    void hold() noexcept override
    {
        for (auto* ramp : circuit.ramps())
            ramp->hold();
    }

    void before(Lanes* samples, int frames) noexcept override { run(circuit.before, samples, frames); }
    void shape(Lanes* samples, int count) noexcept override { run(circuit.shape, samples, count); }
    void after(Lanes* samples, int frames) noexcept override { run(circuit.after, samples, frames); }

private:
    template <typename Part>
    static void run(Part& part, Lanes* samples, int count) noexcept
    {
        auto copy = part; // which the compiler can keep in registers
        for (int n = 0; n < count; ++n)
            samples[n] = copy.next(samples[n]);
        part = copy;
    }

    double rate = 48000;
    int oversampling = 4;
    Circuit circuit;
};

} // namespace tonewright::dsp
