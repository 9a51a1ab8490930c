#include "dsp/ControlRate.h"
#include "dsp/Octaver.h"
#include "dsp/PitchShifter.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// A second voice beside the guitar, which passes undelayed.
class Pitch final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        shifter.prepare(spec.sampleRate);
        octaver.prepare(spec.sampleRate);
        const double controlRate = spec.sampleRate / controlInterval;
        semitones.prepare(controlRate);
        mix.prepare(controlRate);
        wetRamp.prepare(controlInterval);
        dryRamp.prepare(controlInterval);
        Pitch::reset();
    }

    void reset() noexcept override
    {
        shifter.reset();
        octaver.reset();
        semitones.reset();
        mix.reset();
        wetRamp.reset();
        dryRamp.reset();
        clock.reset();
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        type = parameters.choice<PitchType>("pitch.type"_p);
        semitones.setTarget(parameters["pitch.shift"_p] + 0.01f * parameters["pitch.detune"_p]);
        mix.setTarget(0.01f * parameters["pitch.mix"_p]);
    }

    void recall(const InputHistory& past, float gain) noexcept override
    {
        if (type != PitchType::polyphonic)
            return octaver.recall(past, gain);
        shifter.setRatio(std::exp2(semitones.value() / 12));
        shifter.recall(past, gain);
    }

    void process(AudioBlock& block) noexcept override
    {
        const auto active = static_cast<std::size_t>(block.channelCount);
        clock.run(
            block.frames, [&] { tick(); },
            [&](int offset, int frames)
            {
                for (int frame = offset; frame < offset + frames; ++frame)
                    processFrame(block.channels, frame, active);
            });
    }

    double tailSeconds(const ParameterSet& parameters) const noexcept override
    {
        return parameters.choice<PitchType>("pitch.type"_p) == PitchType::polyphonic ? 0.05 : 0.02;
    }

private:
    void tick() noexcept
    {
        shifter.setRatio(std::exp2(semitones.next() / 12));
        const float balance = mix.next();
        wetRamp.tick(std::min(1.0f, 2 * balance));
        dryRamp.tick(std::min(1.0f, 2 - 2 * balance));
    }

    void processFrame(const std::array<float*, 2>& channels, int frame, std::size_t active) noexcept
    {
        std::array<float, 2> voice{channels[0][frame], active == 2 ? channels[1][frame] : 0};
        if (type == PitchType::polyphonic)
            shifter.process(voice, active);
        else
            voice[0] = voice[1] = octaver.process(active == 2 ? 0.5f * (voice[0] + voice[1]) : voice[0]);
        const float wet = wetRamp.next();
        const float dry = dryRamp.next();
        for (std::size_t index = 0; index < active; ++index)
            channels[index][frame] = dry * channels[index][frame] + wet * voice[index];
    }

    PitchType type = PitchType::polyphonic;
    PitchShifter shifter;
    Octaver octaver;
    Smoother semitones;
    Smoother mix;
    GainRamp wetRamp;
    GainRamp dryRamp;
    ControlClock clock;
};
} // namespace

std::unique_ptr<Stage> makePitch()
{
    return std::make_unique<Pitch>();
}

} // namespace tonewright::dsp
