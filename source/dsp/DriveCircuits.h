#pragma once

#include "dsp/Lanes.h"
#include "tone/Choices.h"

#include <memory>

namespace tonewright::dsp
{

/// One pedal circuit for both channels, running at the oversampled rate. Input in guitar level (full scale
/// +-1.0, played at about -18 dBFS), output normalised so that a guitar comes out about as loud as it went
/// in.
class DriveCircuit
{
public:
    virtual ~DriveCircuit() = default;

    /// [setup] `rate`: the oversampled rate in Hz; `stepsPerTick`: samples between two calls of tick().
    virtual void prepare(double rate, int stepsPerTick) = 0;

    /// [audio] Forgets all sound; the next tick() sets the knobs at once.
    virtual void reset() noexcept = 0;

    /// [audio] Knobs from 0 to 1, once a control interval.
    virtual void tick(float gain, float tone) noexcept = 0;

    /// [audio] In place; samples as Lanes.h has them: {left, right, left, right}.
    virtual void process(Lanes* samples, int count) noexcept = 0;
};

/// [setup] One circuit of each kind.
std::unique_ptr<DriveCircuit> makeDriveCircuit(DriveType type);

} // namespace tonewright::dsp
