#include "dsp/Pedal.h"

#include <array>

namespace tonewright::dsp
{

void Pedal::prepare(const ProcessSpec& spec)
{
    const int factor = Oversampler::factorFor(spec.sampleRate, spec.quality);
    oversampler.prepare(factor);
    for (auto& each : circuits)
        each->prepare(spec.sampleRate, factor);
    dcBlocker.prepare(spec.sampleRate);
    for (auto* knob : {&gain, &tone, &level})
        knob->prepare(spec.sampleRate / controlInterval);
    outputGain.prepare(controlInterval);
    chosen = 0;
    Pedal::reset();
}

void Pedal::reset() noexcept
{
    oversampler.reset();
    circuit().reset();
    dcBlocker.reset();
    for (auto* knob : {&gain, &tone, &level})
        knob->reset();
    outputGain.reset();
    restart();
}

void Pedal::choose(std::size_t newCircuit) noexcept
{
    if (newCircuit == chosen)
        return;
    chosen = newCircuit;
    circuit().reset();
    restart();
}

void Pedal::turn(float newGain, float newTone, float newLevel) noexcept
{
    gain.setTarget(newGain);
    tone.setTarget(newTone);
    level.setTarget(newLevel);
}

void Pedal::process(AudioBlock& block) noexcept
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

/// The knobs are set before the next sample.
void Pedal::restart() noexcept
{
    clock.reset();
    knobsAreSet = false;
}

/// True if the knobs stand still.
bool Pedal::tick() noexcept
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
    circuit().tick(gainKnob, tone.next());
    outputGain.tick(outputGainFor(level.next()));
    return false;
}

} // namespace tonewright::dsp
