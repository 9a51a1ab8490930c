#include "dsp/MatchedFilter.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr int controlFrames = 16;
constexpr std::size_t bandCount = 5;

struct BandSource
{
    BandShape shape;
    ParameterIndex frequency;
    ParameterIndex gain;
    ParameterIndex q;
};

constexpr std::array<BandSource, bandCount> bandSources{
    {{BandShape::lowShelf, "equaliser.low_frequency"_p, "equaliser.low_gain"_p, "equaliser.low_q"_p},
     {BandShape::bell, "equaliser.low_mid_frequency"_p, "equaliser.low_mid_gain"_p, "equaliser.low_mid_q"_p},
     {BandShape::bell, "equaliser.mid_frequency"_p, "equaliser.mid_gain"_p, "equaliser.mid_q"_p},
     {BandShape::bell, "equaliser.high_mid_frequency"_p, "equaliser.high_mid_gain"_p,
      "equaliser.high_mid_q"_p},
     {BandShape::highShelf, "equaliser.high_frequency"_p, "equaliser.high_gain"_p, "equaliser.high_q"_p}}};

BiquadCoefficients operator+(const BiquadCoefficients& a, const BiquadCoefficients& b) noexcept
{
    return {a.b0 + b.b0, a.b1 + b.b1, a.b2 + b.b2, a.a1 + b.a1, a.a2 + b.a2};
}

BiquadCoefficients operator*(double factor, const BiquadCoefficients& a) noexcept
{
    return {factor * a.b0, factor * a.b1, factor * a.b2, factor * a.a1, factor * a.a2};
}

/// One band of both channels. While its knobs move, coefficients are designed at the control rate and move in
/// straight lines between: every point of such a line is stable, since the stable (a1, a2) form a triangle.
class Band
{
public:
    void prepare(BandShape bandShape, double rate) noexcept
    {
        shape = bandShape;
        sampleRate = rate;
        for (auto* smoother : {&pitch, &gain, &sharpness})
            smoother->prepare(rate / controlFrames);
        reset();
    }

    void reset() noexcept
    {
        for (auto* smoother : {&pitch, &gain, &sharpness})
            smoother->reset();
        for (auto& filter : filters)
            filter.reset();
        isMoving = false;
        mustSnap = true;
    }

    void setTargets(float frequency, float decibels, float q) noexcept
    {
        // Ears and knobs hear frequency and Q in ratios.
        pitch.setTarget(std::log2(frequency));
        gain.setTarget(decibels);
        sharpness.setTarget(std::log2(q));
        if (!mustSnap)
            return;
        setCoefficients(designed());
        mustSnap = false;
    }

    /// Once every controlFrames samples.
    void control() noexcept
    {
        const bool wasMoving = isMoving;
        isMoving = pitch.isMoving() || gain.isMoving() || sharpness.isMoving();
        if (wasMoving)
            setCoefficients(target);
        if (!isMoving)
            return;
        for (auto* smoother : {&pitch, &gain, &sharpness})
            smoother->next();
        target = designed();
        step = (1.0 / controlFrames) * (target + -1.0 * current);
    }

    /// At most up to the next control().
    void process(const AudioBlock& block, int first, int count) noexcept
    {
        for (int frame = first; frame < first + count; ++frame)
        {
            if (isMoving)
                setCoefficients(current + step);
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
            {
                float& sample = block.channels[channel][frame];
                sample = filters[channel].process(sample);
            }
        }
    }

private:
    BiquadCoefficients designed() const noexcept
    {
        return matchedBand(shape, static_cast<double>(std::exp2(pitch.value())),
                           static_cast<double>(std::exp2(sharpness.value())),
                           static_cast<double>(gain.value()), sampleRate);
    }

    void setCoefficients(const BiquadCoefficients& coefficients) noexcept
    {
        current = coefficients;
        for (auto& filter : filters)
            filter.setCoefficients(coefficients);
    }

    BandShape shape = BandShape::bell;
    double sampleRate = 48000;
    Smoother pitch;
    Smoother gain;
    Smoother sharpness;
    std::array<Biquad, 2> filters;
    BiquadCoefficients current;
    BiquadCoefficients target;
    BiquadCoefficients step;
    bool isMoving = false;
    bool mustSnap = true;
};

/// Low shelf, three bells, high shelf.
class Equaliser final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        for (std::size_t index = 0; index < bandCount; ++index)
            bands[index].prepare(bandSources[index].shape, spec.sampleRate);
        untilControl = 0;
    }

    void reset() noexcept override
    {
        for (auto& band : bands)
            band.reset();
        untilControl = 0;
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        for (std::size_t index = 0; index < bandCount; ++index)
        {
            const auto& source = bandSources[index];
            bands[index].setTargets(parameters[source.frequency], parameters[source.gain],
                                    parameters[source.q]);
        }
    }

    void process(AudioBlock& block) noexcept override
    {
        for (int first = 0; first < block.frames;)
        {
            if (untilControl == 0)
            {
                for (auto& band : bands)
                    band.control();
                untilControl = controlFrames;
            }
            const int count = std::min(untilControl, block.frames - first);
            for (auto& band : bands)
                band.process(block, first, count);
            first += count;
            untilControl -= count;
        }
    }

private:
    std::array<Band, bandCount> bands;
    int untilControl = 0;
};
} // namespace

std::unique_ptr<Stage> makeEqualiser()
{
    return std::make_unique<Equaliser>();
}

} // namespace tonewright::dsp
