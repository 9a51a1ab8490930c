#include "dsp/Filters.h"
#include "dsp/Lfo.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// Where "harmonic" parts lows from highs.
constexpr double crossover = 700;

/// How long "chop" takes from on to off: short to the ear, long enough not to click.
constexpr float edgeSeconds = 0.006f;

/// Full depth leaves -30 dB.
constexpr float deepest = 0.968f;

float smoothStep(float place) noexcept
{
    const float x = std::clamp(place, 0.0f, 1.0f);
    return x * x * (3 - 2 * x);
}

class Tremolo final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        lfo.prepare(spec.sampleRate);
        depth.prepare(spec.sampleRate);
        steepness.prepare(spec.sampleRate, 0.05);
        for (auto& filter : splits)
            filter.setFrequency(crossover, spec.sampleRate);
        reset();
    }

    void reset() noexcept override
    {
        lfo.reset();
        depth.reset();
        steepness.reset();
        for (auto& filter : splits)
            filter.reset();
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        type = parameters.choice<TremoloType>("tremolo.type"_p);
        const float rate = parameters["tremolo.rate"_p];
        lfo.setRate(rate);
        depth.setTarget(deepest * 0.01f * parameters["tremolo.depth"_p]);
        // A sine of amplitude s crosses from -1 to 1 in about 1 / (pi f s) seconds.
        steepness.setTarget(std::max(1.0f, 1 / (std::numbers::pi_v<float> * rate * edgeSeconds)));
    }

    void process(AudioBlock& block) noexcept override
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            lfo.advance();
            const float amount = depth.next();
            const float slope = steepness.next();
            const float wave = lfo.sine();
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
            {
                auto& sample = block.channels[channel][frame];
                if (type == TremoloType::harmonic)
                    sample = harmonic(splits[channel], sample, amount, wave);
                else
                    sample *=
                        1 - amount * (type == TremoloType::bias ? biasDip(wave)
                                                                : smoothStep(0.5f - 0.5f * slope * wave));
            }
        }
    }

private:
    /// A tube whose bias swings: round on top, narrower dips.
    static float biasDip(float wave) noexcept
    {
        const float half = 0.5f * (1 - wave);
        return half * std::sqrt(half);
    }

    static float harmonic(OnePole& split, float sample, float amount, float wave) noexcept
    {
        const float low = split.lowPass(sample);
        const float high = sample - low;
        const float dips = amount * 0.5f * ((1 - wave) * low + (1 + wave) * high);
        return sample - dips;
    }

    Lfo lfo;
    Smoother depth;
    Smoother steepness;
    std::array<OnePole, 2> splits;
    TremoloType type = TremoloType::bias;
};
} // namespace

std::unique_ptr<Stage> makeTremolo()
{
    return std::make_unique<Tremolo>();
}

} // namespace tonewright::dsp
