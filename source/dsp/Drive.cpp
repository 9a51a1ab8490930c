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

/// Has a circuit of each kind, of which the chosen one runs.
class Drive final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        const int factor = Oversampler::factorFor(spec.sampleRate, spec.quality);
        oversampler.prepare(factor);
        for (std::size_t index = 0; index < circuits.size(); ++index)
        {
            circuits[index] = makeDriveCircuit(static_cast<DriveType>(index));
            circuits[index]->prepare(spec.sampleRate * factor, controlInterval * factor);
        }
        for (auto& blocker : dcBlockers)
            blocker.prepare(spec.sampleRate);
        for (auto* knob : {&gain, &tone, &level})
            knob->prepare(spec.sampleRate / controlInterval);
        outputGain.prepare(controlInterval);
        type = DriveType::transparent;
        reset();
    }

    void reset() noexcept TONEWRIGHT_NONBLOCKING override
    {
        oversampler.reset();
        circuit().reset();
        for (auto& blocker : dcBlockers)
            blocker.reset();
        for (auto* knob : {&gain, &tone, &level})
            knob->reset();
        outputGain.reset();
        clock.reset();
    }

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        if (const auto wanted = parameters.choice<DriveType>("drive.type"_p); wanted != type)
        {
            type = wanted;
            circuit().reset();
            clock.reset(); // its knobs are set before its first sample
        }
        gain.setTarget(parameters["drive.gain"_p]);
        tone.setTarget(parameters["drive.tone"_p]);
        level.setTarget(parameters["drive.level"_p]);
    }

    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING override
    {
        // While the signal is mono, both channels play it.
        const auto& in = block.channels;
        const std::size_t second = block.channelCount == 2 ? 1 : 0;
        clock.run(
            block.frames,
            [&]
            {
                const float gainKnob = gain.next();
                circuit().tick(gainKnob / 10, tone.next() / 10);
                outputGain.tick(gainOfLevelKnob(level.next()));
            },
            [&](int offset, int frames)
            {
                oversampler.upsample(in[0] + offset, in[second] + offset, buffer, frames);
                circuit().process(buffer.data(), frames * oversampler.factor());
                oversampler.downsample(buffer, frames);
                for (int frame = 0; frame < frames; ++frame)
                {
                    const float amount = outputGain.next();
                    const Lanes sample = buffer[static_cast<std::size_t>(frame)];
                    for (std::size_t channel = 0; channel < 2; ++channel)
                        block.channels[channel][offset + frame] =
                            dcBlockers[channel].process(sample[channel]) * amount;
                }
            });
    }

private:
    DriveCircuit& circuit() noexcept { return *circuits[static_cast<std::size_t>(type)]; }

    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    std::array<std::unique_ptr<DriveCircuit>, driveTypes.size()> circuits;
    std::array<DcBlocker, 2> dcBlockers;
    GainRamp outputGain;
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
