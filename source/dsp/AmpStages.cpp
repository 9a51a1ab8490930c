#include "dsp/AmpStages.h"

#include "dsp/Decibels.h"

#include <algorithm>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// Share of the way a first-order lag with this time constant goes in one sample.
float shareOfLag(double seconds, double rate) noexcept
{
    return static_cast<float>(1 - std::exp(-1 / (seconds * rate)));
}

/// A conducting grid charges the coupling capacitor through the source's impedance: a few ms for the 22 nF
/// and 100 kohm of most stages.
constexpr double chargeSeconds = 0.003;
/// Grid voltage, above the bias point, at which it starts to conduct, in the stage's unit.
constexpr float conductionPoint = 0.8f;
/// What can be charged at once: bounds how long a stage stays blocked after a violent pick.
constexpr float greatestOverdrive = 3.0f;

/// The master moves the drive by this many dB from 5 to 10. Part of it is taken back after the tubes, so that
/// it changes how hard they work more than how loud they are: below 5, where little clips, this share; above,
/// the model's.
constexpr float masterRange = 14.0f;
constexpr float shareTakenBack = 0.75f;
} // namespace

void GainStage::setModel(const GainStageModel& model, double rate) noexcept
{
    gain = -gainFromDecibels(model.gain); // a triode inverts, so unevenness alternates from stage to stage
    leak = shareOfLag(1 / (2 * std::numbers::pi * static_cast<double>(model.coupling)), rate);
    charge = model.conduction * shareOfLag(chargeSeconds, rate);
    bias = model.bias;
    plate.setLimits(model.positiveLimit, model.negativeLimit);
    rest = plate.curve(everyLane<Lanes>(bias))[0];
    lowPass.setFrequency(static_cast<double>(model.lowPass), rate);
    reset();
}

void GainStage::reset() noexcept
{
    capacitor = charging = Lanes{};
    plate.reset(bias);
    lowPass.reset();
}

inline Lanes GainStage::gridOf(Lanes input) noexcept
{
    // What flows through the grid reaches the capacitor a sample later: a few us of its ms, and the next
    // sample need not wait for the curve of the current.
    const Lanes grid = gain * input - capacitor;
    capacitor = capacitor + charging + leak * grid;
    charging = charge * clamped(grid - conductionPoint, 0, greatestOverdrive);
    return grid;
}

inline Lanes GainStage::plateOf(Lanes grids) noexcept
{
    return plate.processTwo(grids + bias) - rest;
}

void GainStage::process(Lanes* samples, int count) noexcept
{
    auto stage = *this; // a copy, which the compiler can keep in registers
    int n = 0;
    for (; n + 1 < count; n += 2)
    {
        const Lanes first = stage.gridOf(samples[n]);
        const Lanes second = stage.gridOf(samples[n + 1]);
        const Lanes plates = stage.plateOf(pairsOf(first, second));
        samples[n] = stage.lowPass.lowPass(firstPair(plates));
        samples[n + 1] = stage.lowPass.lowPass(secondPair(plates));
    }
    if (n < count)
        samples[n] = stage.lowPass.lowPass(firstPair(stage.plateOf(stage.gridOf(samples[n]))));
    *this = stage;
}

void PowerStage::setModel(const PowerStageModel& model, double baseRate, int factor) noexcept
{
    power = model;
    oversampling = factor;
    const double rate = baseRate * factor;
    tubeBias = Lanes{model.bias, model.bias, -model.bias, -model.bias};
    normalise = 0.5f * std::pow(1 + model.bias * model.bias, 1.5f);
    sagShare = model.sag;
    sagAttack = everyLane<Lanes>(shareOfLag(static_cast<double>(model.sagSeconds), baseRate));
    sagRelease = everyLane<Lanes>(shareOfLag(3 * static_cast<double>(model.sagSeconds), baseRate));
    resonator.setFrequency(static_cast<double>(model.resonance), 0.9, rate);
    presenceCorner.setFrequency(static_cast<double>(model.presence), rate);
    transformerLow.setFrequency(static_cast<double>(model.lowCut), rate);
    transformerHigh.setFrequency(static_cast<double>(model.highCut), baseRate);
    for (auto* ramp : {&drive, &makeUp, &resonanceGain, &presenceGain})
        ramp->prepare(controlInterval);
    reset();
}

void PowerStage::reset() noexcept
{
    current = Lanes{};
    for (auto* ramp : {&drive, &makeUp, &resonanceGain, &presenceGain})
        ramp->reset();
    resonator.reset();
    presenceCorner.reset();
    transformerLow.reset();
    transformerHigh.reset();
    tubes.reset();
}

void PowerStage::tick(float resonance, float presence, float master) noexcept
{
    const float masterGain = masterRange * (master - 5) / 5;
    drive.tick(gainFromDecibels(power.drive + masterGain));
    makeUp.tick(
        gainFromDecibels(-power.drive - (master < 5 ? shareTakenBack : power.takenBack) * masterGain));
    // Times 1/q the band output has gain 1 at its centre.
    resonanceGain.tick((gainFromDecibels(power.resonanceGain * resonance / 10) - 1) / 0.9f);
    presenceGain.tick(gainFromDecibels(power.presenceGain * presence / 10) - 1);
}

void PowerStage::hold() noexcept
{
    for (auto* ramp : {&drive, &makeUp, &resonanceGain, &presenceGain})
        ramp->hold();
}

void PowerStage::process(Lanes* samples, int frames) noexcept
{
    auto stage = *this;
    for (int frame = 0; frame < frames; ++frame)
    {
        const Lanes supply = 1 - stage.sagShare * lesser(stage.current, everyLane<Lanes>(1));
        const Lanes tubeDrive = stage.drive.next() / supply;
        const Lanes outputGain = stage.makeUp.next() * supply;
        const Lanes lowLift = everyLane<Lanes>(stage.resonanceGain.next());
        const Lanes highLift = everyLane<Lanes>(stage.presenceGain.next());
        Lanes sum{};
        for (int k = 0; k < oversampling; ++k, ++samples)
        {
            const Lanes input = stage.transformerLow.highPass(*samples);
            const Lanes lifted = input + lowLift * stage.resonator.process(input).band +
                                 highLift * stage.presenceCorner.highPass(input);
            const Lanes tube = stage.tubes.process(tubeDrive * lifted + stage.tubeBias);
            const Lanes output = stage.normalise * (tube + swapPairs(tube));
            sum += absolute(output);
            *samples = output * outputGain;
        }
        const Lanes change = sum / static_cast<float>(oversampling) - stage.current;
        stage.current += (change > 0 ? stage.sagAttack : stage.sagRelease) * change;
    }
    *this = stage;
}

} // namespace tonewright::dsp
