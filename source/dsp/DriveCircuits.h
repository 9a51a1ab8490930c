#pragma once

#include "dsp/Lanes.h"
#include "tone/Choices.h"

#include <memory>

namespace tonewright::dsp
{

/// One pedal circuit for both channels, in three parts: only what lies between the first and the last
/// nonlinearity runs at the oversampled rate; filters and gains around them are as good at the base rate, for
/// a fraction of the time. Input in guitar level (full scale +-1.0, played at about -18 dBFS), output
/// of a drive normalised so that a guitar comes out about as loud as it went in. Samples are as Lanes.h has
/// them, {left, right, left, right}, and processed in place.
class DriveCircuit
{
public:
    virtual ~DriveCircuit() = default;

    /// [setup] `rate`: the base rate in Hz; `oversampling`: how many times that shape() runs.
    virtual void prepare(double rate, int oversampling) = 0;

    /// [audio] Forgets all sound; the next tick() sets the knobs at once.
    virtual void reset() noexcept = 0;

    /// [audio] The knobs in the circuit's own terms (a drive's go from 0 to 1), once a control interval.
    virtual void tick(float gain, float tone) noexcept = 0;
    /// [audio] Instead of tick() while the knobs stand still.
    virtual void hold() noexcept = 0;

    /// [audio] Ahead of the oversampler: `frames` base-rate samples.
    virtual void before(Lanes* samples, int frames) noexcept = 0;
    /// [audio] `count` samples at the oversampled rate.
    virtual void shape(Lanes* samples, int count) noexcept = 0;
    /// [audio] Behind the oversampler: `frames` base-rate samples.
    virtual void after(Lanes* samples, int frames) noexcept = 0;
};

/// [setup] One circuit of each kind.
std::unique_ptr<DriveCircuit> makeDriveCircuit(DriveType type);

} // namespace tonewright::dsp
