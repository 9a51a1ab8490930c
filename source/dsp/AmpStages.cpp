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
    rest = plate.curve(bias);
    lowPass.setFrequency(static_cast<double>(model.lowPass), rate);
    reset();
}

void GainStage::reset() noexcept
{
    capacitor = 0;
    plate.reset(bias);
    lowPass.reset();
}

void GainStage::process(float* samples, int count) noexcept
{
    // Copies, so that the compiler keeps what changes every sample in registers.
    auto plateNow = plate;
    auto lowPassNow = lowPass;
    float charged = capacitor;
    for (int n = 0; n < count; ++n)
    {
        const float grid = gain * samples[n] - charged;
        const float overdrive = std::clamp(grid - conductionPoint, 0.0f, greatestOverdrive);
        charged += leak * grid + charge * overdrive;
        samples[n] = lowPassNow.lowPass(plateNow.process(grid + bias) - rest);
    }
    plate = plateNow;
    lowPass = lowPassNow;
    capacitor = charged;
}

void PowerStage::setModel(const PowerStageModel& model, double baseRate, int factor) noexcept
{
    power = model;
    oversampling = factor;
    const double rate = baseRate * factor;
    tubeBias = model.bias;
    normalise = 0.5f * std::pow(1 + tubeBias * tubeBias, 1.5f);
    sagShare = model.sag;
    sagAttack = shareOfLag(static_cast<double>(model.sagSeconds), baseRate);
    sagRelease = shareOfLag(3 * static_cast<double>(model.sagSeconds), baseRate);
    resonator.setFrequency(static_cast<double>(model.resonance), 0.9, rate);
    presenceCorner.setFrequency(static_cast<double>(model.presence), rate);
    transformerLow.setFrequency(static_cast<double>(model.lowCut), rate);
    transformerHigh.setFrequency(static_cast<double>(model.highCut), rate);
    for (auto* ramp : {&drive, &makeUp, &resonanceGain, &presenceGain})
        ramp->prepare(controlInterval);
    reset();
}

void PowerStage::reset() noexcept
{
    current = 0;
    for (auto* ramp : {&drive, &makeUp, &resonanceGain, &presenceGain})
        ramp->reset();
    resonator.reset();
    for (auto* filter : {&presenceCorner, &transformerLow, &transformerHigh})
        filter->reset();
    pushTube.reset();
    pullTube.reset();
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

void PowerStage::process(float* samples, int frames) noexcept
{
    for (int frame = 0; frame < frames; ++frame)
    {
        const float supply = 1 - sagShare * std::min(current, 1.0f);
        const float tubeDrive = drive.next() / supply;
        const float outputGain = makeUp.next() * supply;
        const float lowLift = resonanceGain.next();
        const float highLift = presenceGain.next();
        float sum = 0;
        for (int k = 0; k < oversampling; ++k, ++samples)
        {
            const float input = transformerLow.highPass(*samples);
            const float lifted =
                input + lowLift * resonator.process(input).band + highLift * presenceCorner.highPass(input);
            const float grid = tubeDrive * lifted;
            const float output =
                normalise * (pushTube.process(grid + tubeBias) + pullTube.process(grid - tubeBias));
            sum += std::abs(output);
            *samples = transformerHigh.lowPass(output) * outputGain;
        }
        const float mean = sum / static_cast<float>(oversampling);
        current += (mean > current ? sagAttack : sagRelease) * (mean - current);
    }
}

} // namespace tonewright::dsp
