#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/DriveCircuits.h"
#include "dsp/Filters.h"
#include "dsp/Oversampler.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>

namespace tonewright::dsp
{
namespace
{
/// Unity at 5, 15 dB more at 10, silence at 0.
float gainOfLevelKnob(float knob) noexcept
{
    const float decibels = knob >= 5 ? 3 * (knob - 5) : 5 * (knob - 5);
    return gainFromDecibels(decibels) * std::min(knob, 1.0f);
}

/// One channel with a circuit of each kind, of which the chosen one runs.
class DriveChannel
{
public:
    void prepare(double sampleRate, int factor)
    {
        oversampler.prepare(factor);
        for (std::size_t index = 0; index < circuits.size(); ++index)
        {
            circuits[index] = makeDriveCircuit(static_cast<DriveType>(index));
            circuits[index]->prepare(sampleRate * factor, controlInterval * factor);
        }
        dcBlocker.prepare(sampleRate);
        level.prepare(controlInterval);
        chosen = circuits.front().get();
    }

    void reset() noexcept
    {
        oversampler.reset();
        chosen->reset();
        dcBlocker.reset();
        level.reset();
    }

    void choose(DriveType type) noexcept
    {
        chosen = circuits[static_cast<std::size_t>(type)].get();
        chosen->reset();
    }

    void tick(float gain, float tone, float levelKnob) noexcept
    {
        chosen->tick(gain / 10, tone / 10);
        level.tick(gainOfLevelKnob(levelKnob));
    }

    void process(float* samples, int frames) noexcept
    {
        oversampler.upsample(samples, buffer, frames);
        chosen->process(buffer.data(), frames * oversampler.factor());
        oversampler.downsample(buffer, samples, frames);
        for (int frame = 0; frame < frames; ++frame)
            samples[frame] = dcBlocker.process(samples[frame]) * level.next();
    }

private:
    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    std::array<std::unique_ptr<DriveCircuit>, driveTypes.size()> circuits;
    DriveCircuit* chosen = nullptr;
    DcBlocker dcBlocker;
    GainRamp level;
};

class Drive final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        const int factor = Oversampler::factorFor(spec.sampleRate, spec.quality);
        for (auto& channel : channels)
            channel.prepare(spec.sampleRate, factor);
        for (auto* knob : {&gain, &tone, &level})
            knob->prepare(spec.sampleRate / controlInterval);
        type = DriveType::transparent;
        reset();
    }

    void reset() noexcept TONEWRIGHT_NONBLOCKING override
    {
        for (auto& channel : channels)
            channel.reset();
        for (auto* knob : {&gain, &tone, &level})
            knob->reset();
        clock.reset();
    }

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        if (const auto wanted = parameters.choice<DriveType>("drive.type"_p); wanted != type)
        {
            type = wanted;
            for (auto& channel : channels)
                channel.choose(type);
            clock.reset(); // its knobs are set before its first sample
        }
        gain.setTarget(parameters["drive.gain"_p]);
        tone.setTarget(parameters["drive.tone"_p]);
        level.setTarget(parameters["drive.level"_p]);
    }

    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING override
    {
        const auto active = static_cast<std::size_t>(block.channelCount);
        clock.run(
            block.frames,
            [&]
            {
                const float gainKnob = gain.next();
                const float toneKnob = tone.next();
                const float levelKnob = level.next();
                for (auto& channel : channels)
                    channel.tick(gainKnob, toneKnob, levelKnob);
            },
            [&](int offset, int frames)
            {
                for (std::size_t index = 0; index < active; ++index)
                    channels[index].process(block.channels[index] + offset, frames);
            });
    }

private:
    std::array<DriveChannel, 2> channels;
    Smoother gain;
    Smoother tone;
    Smoother level;
    ControlClock clock;
    DriveType type = DriveType::transparent;
};
} // namespace

std::unique_ptr<Stage> makeDrive()
{
    return std::make_unique<Drive>();
}

} // namespace tonewright::dsp
