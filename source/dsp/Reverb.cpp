#include "dsp/CrossfadingTap.h"
#include "dsp/HallReverb.h"
#include "dsp/PlateReverb.h"
#include "dsp/Smoother.h"
#include "dsp/SpringReverb.h"
#include "dsp/Stages.h"

#include <algorithm>

namespace tonewright::dsp
{
namespace
{
constexpr int framesPerPiece = 64;
constexpr double longestPredelay = 0.25;

/// What makes the wet as strong as the dry, at 2 s of decay and tone 50, for noise in a cabinet's band (150
/// Hz to 2.5 kHz); measured. By ReverbType.
constexpr std::array<float, reverbTypes.size()> levels{0.40f, 0.385f, 0.355f, 0.61f, 0.68f, 0.61f};

/// A space's power grows with its decay. Making up for all of it would thin out long spaces, for none would
/// drown the guitar in them.
float levelOf(ReverbType type, float decay) noexcept
{
    return levels[static_cast<std::size_t>(type)] * std::pow(0.5f * std::max(decay, 1.0f), -0.3f);
}

class Reverb final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        hall.prepare(sampleRate);
        plate.prepare(sampleRate);
        spring.prepare(sampleRate);
        for (auto& line : predelays)
            line.prepare(static_cast<int>(longestPredelay * sampleRate) + 2);
        tap.prepare(sampleRate);
        dryGain.prepare(sampleRate);
        wetGain.prepare(sampleRate);
        engineOf(type).setType(type);
        reset();
    }

    void reset() noexcept override
    {
        hall.reset();
        plate.reset();
        spring.reset();
        for (auto& line : predelays)
            line.reset();
        tap.reset();
        dryGain.reset();
        wetGain.reset();
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        const auto newType = parameters.choice<ReverbType>("reverb.type"_p);
        if (newType != type)
        {
            type = newType;
            engineOf(type).setType(type);
            engineOf(type).reset();
        }
        const float decay = parameters["reverb.decay"_p];
        engineOf(type).setTargets(decay, parameters["reverb.tone"_p] * 0.01f);
        const double predelay = static_cast<double>(parameters["reverb.predelay"_p]) * 0.001;
        tap.setTarget(1 + static_cast<int>(std::lround(predelay * sampleRate)));
        const float mix = parameters["reverb.mix"_p] * 0.01f;
        dryGain.setTarget(std::min(1.0f, 2 - 2 * mix));
        wetGain.setTarget(std::min(1.0f, 2 * mix) * levelOf(type, decay));
    }

    void process(AudioBlock& block) noexcept override
    {
        if (block.channelCount == 1)
            std::copy_n(block.channels[0], block.frames, block.channels[1]);
        block.channelCount = 2;
        for (int start = 0; start < block.frames; start += framesPerPiece)
            processPiece(block, start, std::min(framesPerPiece, block.frames - start));
    }

    double tailSeconds(const ParameterSet& parameters) const noexcept override
    {
        if (parameters["reverb.mix"_p] <= 0)
            return 0;
        return static_cast<double>(parameters["reverb.decay"_p]) +
               static_cast<double>(parameters["reverb.predelay"_p]) * 0.001;
    }

private:
    using Piece = std::array<std::array<float, framesPerPiece>, 2>;

    ReverbEngine& engineOf(ReverbType which) noexcept
    {
        if (which == ReverbType::spring)
            return spring;
        if (which == ReverbType::plate)
            return plate;
        return hall;
    }

    void processPiece(const AudioBlock& block, int start, int frames) noexcept
    {
        Piece delayed;
        Piece wet;
        for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
        {
            tap.advance();
            for (std::size_t side = 0; side < 2; ++side)
            {
                predelays[side].write(block.channels[side][static_cast<std::size_t>(start) + frame]);
                delayed[side][frame] = tap.read(predelays[side]);
            }
        }
        engineOf(type).process(delayed[0].data(), delayed[1].data(), wet[0].data(), wet[1].data(), frames);
        for (int frame = 0; frame < frames; ++frame)
        {
            const float dry = dryGain.next();
            const float added = wetGain.next();
            for (std::size_t side = 0; side < 2; ++side)
            {
                auto& sample = block.channels[side][start + frame];
                sample = dry * sample + added * wet[side][static_cast<std::size_t>(frame)];
            }
        }
    }

    double sampleRate = 48000;
    ReverbType type = ReverbType::plate;
    HallReverb hall;
    PlateReverb plate;
    SpringReverb spring;
    std::array<DelayLine, 2> predelays;
    CrossfadingTap tap;
    Smoother dryGain;
    Smoother wetGain;
};
} // namespace

std::unique_ptr<Stage> makeReverb()
{
    return std::make_unique<Reverb>();
}

} // namespace tonewright::dsp
