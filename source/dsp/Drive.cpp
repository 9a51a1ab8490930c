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
            circuits[index]->prepare(spec.sampleRate, factor);
        }
        dcBlocker.prepare(spec.sampleRate);
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
        dcBlocker.reset();
        for (auto* knob : {&gain, &tone, &level})
            knob->reset();
        outputGain.reset();
        restart();
    }

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        if (const auto wanted = parameters.choice<DriveType>("drive.type"_p); wanted != type)
        {
            type = wanted;
            circuit().reset();
            restart();
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
        clock.runLong(
            block.frames, Oversampler::maximumFrames, [&] { return tick(); },
            [&](int offset, int frames)
            {
                std::array<Lanes, Oversampler::maximumFrames> input;
                for (int frame = 0; frame < frames; ++frame)
                    input[static_cast<std::size_t>(frame)] =
                        Oversampler::cleaned(in[0][offset + frame], in[second][offset + frame]);
                circuit().before(input.data(), frames);
                oversampler.upsample(input.data(), buffer, frames);
                circuit().shape(buffer.data(), frames * oversampler.factor());
                oversampler.downsample(buffer, frames);
                circuit().after(buffer.data(), frames);
                for (int frame = 0; frame < frames; ++frame)
                {
                    const Lanes sample =
                        outputGain.next() * dcBlocker.process(buffer[static_cast<std::size_t>(frame)]);
                    for (std::size_t channel = 0; channel < 2; ++channel)
                        block.channels[channel][offset + frame] = sample[channel];
                }
            });
    }

private:
    /// The knobs are set before the next sample.
    void restart() noexcept
    {
        clock.reset();
        knobsAreSet = false;
    }

    /// True if the knobs stand still.
    bool tick() noexcept
    {
        const bool still = knobsAreSet && !gain.isMoving() && !tone.isMoving() && !level.isMoving();
        knobsAreSet = true;
        if (still)
        {
            circuit().hold();
            outputGain.hold();
            return true;
        }
        const float gainKnob = gain.next();
        circuit().tick(gainKnob / 10, tone.next() / 10);
        outputGain.tick(gainOfLevelKnob(level.next()));
        return false;
    }

    DriveCircuit& circuit() noexcept { return *circuits[static_cast<std::size_t>(type)]; }

    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    std::array<std::unique_ptr<DriveCircuit>, driveTypes.size()> circuits;
    StereoDcBlocker dcBlocker;
    GainRamp outputGain;
    Smoother gain;
    Smoother tone;
    Smoother level;
    ControlClock clock;
    bool knobsAreSet = false; ///< the circuit is set to them since the last reset
    DriveType type = DriveType::transparent;
};
} // namespace

std::unique_ptr<Stage> makeDrive()
{
    return std::make_unique<Drive>();
}

} // namespace tonewright::dsp
