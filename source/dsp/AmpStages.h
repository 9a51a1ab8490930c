#pragma once

#include "dsp/Adaa.h"
#include "dsp/AmpModels.h"
#include "dsp/ControlRate.h"
#include "dsp/Filters.h"

namespace tonewright::dsp
{

/// One triode: coupling capacitor, grid that conducts when driven positive, plate that clips unevenly, and
/// the stage's own low-pass. Both channels, at the oversampled rate. [audio]
class GainStage
{
public:
    void setModel(const GainStageModel& model, double rate) noexcept;
    void reset() noexcept;

    void process(Lanes* samples, int count) noexcept;

private:
    Lanes gridOf(Lanes input) noexcept;
    /// Of two successive samples' grids, {left, right} of each.
    Lanes plateOf(Lanes grids) noexcept;

    float gain = 1;
    float leak = 0;   ///< share of the grid's voltage the capacitor takes up in a sample
    float charge = 0; ///< the same while the grid conducts
    float bias = 0;
    float rest = 0;
    Lanes capacitor{};
    Lanes charging{}; ///< what the conducting grid adds to it next
    UnevenSoftClip<Lanes> plate;
    FirstOrder<Lanes> lowPass;
};

/// Phase inverter and push-pull pair on a supply that sags, with the presence and resonance shelves of the
/// feedback path. The shelves sit ahead of the tubes: there the loop's error signal is lifted, and once the
/// tubes clip the lift is lost, as in the amplifier. Both channels; the second pair of lanes is the second
/// tube. [audio]
class PowerStage
{
public:
    void setModel(const PowerStageModel& model, double baseRate, int factor) noexcept;
    void reset() noexcept;

    /// Once a control interval; knobs from 0 to 10.
    void tick(float resonance, float presence, float master) noexcept;
    /// Instead of tick() while the knobs stand still.
    void hold() noexcept;

    /// `frames` base-rate samples.
    void process(Lanes* samples, int frames) noexcept;

    /// What the transformer leaves of a base-rate sample: the last filter needs no oversampling.
    Lanes transformed(Lanes sample) noexcept { return transformerHigh.lowPass(sample); }

private:
    PowerStageModel power{};
    int oversampling = 1;
    Lanes tubeBias{};
    float normalise = 1; ///< makes the pair's slope 1 at rest
    float sagShare = 0;  ///< supply lost per unit of mean output
    Lanes sagAttack{};
    Lanes sagRelease{};
    Lanes current{}; ///< smoothed mean output: what the supply has to deliver
    GainRamp drive;
    GainRamp makeUp;
    GainRamp resonanceGain;
    GainRamp presenceGain;
    SecondOrder<Lanes> resonator;
    FirstOrder<Lanes> presenceCorner;
    FirstOrder<Lanes> transformerLow;
    MatchedLowPass<Lanes> transformerHigh; ///< at the base rate
    SoftClip<Lanes> tubes;
};

} // namespace tonewright::dsp
