#include "dsp/Adaa.h"
#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/DriveRunner.h"
#include "dsp/Filters.h"
#include "dsp/Pedal.h"
#include "dsp/Stages.h"

#include <array>
#include <cmath>
#include <memory>

namespace tonewright::dsp
{
namespace
{
// turn() is given the level in dB and the tone from -1 to 1.

/// The output swing a 9 V supply allows, in guitar full scales: a clean boost hardly ever gets there.
struct CleanSwing
{
    static constexpr float headroom = 4;
    SoftClip<Lanes> clip;

    Lanes next(Lanes x) noexcept { return headroom * clip.process((1 / headroom) * x); }
};

/// Nothing is left to do behind the clipper.
struct Wire
{
    Lanes next(Lanes x) noexcept { return x; }
};

struct CleanBoost
{
    struct
    {
        FirstOrder<Lanes> corner;
        GainRamp flat;
        GainRamp tilt;

        Lanes next(Lanes x) noexcept { return flat.next() * (x + tilt.next() * corner.highPass(x)); }
    } before;
    CleanSwing shape;
    Wire after;

    std::array<GainRamp*, 2> ramps() noexcept { return {&before.flat, &before.tilt}; }

    void prepare(double rate, int /*oversampling*/) noexcept
    {
        before.corner.setFrequency(1600, rate);
        for (auto* ramp : ramps())
            ramp->prepare(controlInterval);
    }

    void turn(float level, float tone) noexcept
    {
        before.flat.tick(gainFromDecibels(level));
        before.tilt.tick(gainFromDecibels(7 * tone) - 1);
    }
};

/// A single germanium transistor clips earlier, and unevenly. A small input capacitor into its low impedance:
/// lows go, the top gets the gain.
struct TrebleBoost
{
    static constexpr float positiveLimit = 2.5f;
    static constexpr float negativeLimit = 1.4f;
    /// The resting point, off centre: the warmth of a little second harmonic.
    static constexpr float bias = 0.15f;
    static constexpr float lowCut = 0.93f;

    struct
    {
        FirstOrder<Lanes> corner;
        GainRamp flat;

        Lanes next(Lanes x) noexcept { return flat.next() * (x - lowCut * corner.lowPass(x)); }
    } before;

    struct
    {
        UnevenSoftClip<Lanes> germanium;
        float rest = 0;

        Lanes next(Lanes x) noexcept { return germanium.process(x + bias) - rest; }
    } shape;
    Wire after;

    double baseRate = 48000;

    std::array<GainRamp*, 1> ramps() noexcept { return {&before.flat}; }

    void prepare(double rate, int /*oversampling*/) noexcept
    {
        baseRate = rate;
        before.flat.prepare(controlInterval);
        shape.germanium.setLimits(positiveLimit, negativeLimit);
        shape.germanium.reset(bias);
        shape.rest = shape.germanium.curve(everyLane<Lanes>(bias))[0];
    }

    void turn(float level, float tone) noexcept
    {
        before.flat.tick(gainFromDecibels(level + 3));
        before.corner.setFrequency(1500 * std::exp2(static_cast<double>(tone)), baseRate);
    }
};

struct MidBoost
{
    static constexpr float humpQ = 0.8f;

    struct
    {
        SecondOrder<Lanes> filter;
        GainRamp flat;
        GainRamp hump;

        Lanes next(Lanes x) noexcept { return flat.next() * (x + hump.next() * filter.process(x).band); }
    } before;
    CleanSwing shape;
    Wire after;

    double baseRate = 48000;

    std::array<GainRamp*, 2> ramps() noexcept { return {&before.flat, &before.hump}; }

    void prepare(double rate, int /*oversampling*/) noexcept
    {
        baseRate = rate;
        for (auto* ramp : ramps())
            ramp->prepare(controlInterval);
    }

    void turn(float level, float tone) noexcept
    {
        before.flat.tick(gainFromDecibels(0.4f * level));
        before.hump.tick((gainFromDecibels(2 + 0.6f * level) - 1) / humpQ);
        before.filter.setFrequency(750 * std::exp2(0.8 * static_cast<double>(tone)),
                                   static_cast<double>(humpQ), baseRate);
    }
};

std::unique_ptr<DriveCircuit> makeBoostCircuit(BoostType type)
{
    switch (type)
    {
    case BoostType::clean:
        return std::make_unique<Runner<CleanBoost>>();
    case BoostType::treble:
        return std::make_unique<Runner<TrebleBoost>>();
    case BoostType::mid:
        break;
    }
    return std::make_unique<Runner<MidBoost>>();
}

Pedal::Circuits oneOfEachType()
{
    Pedal::Circuits circuits;
    for (std::size_t index = 0; index < boostTypes.size(); ++index)
        circuits.push_back(makeBoostCircuit(static_cast<BoostType>(index)));
    return circuits;
}

class Boost final : public Pedal
{
public:
    Boost() : Pedal(oneOfEachType()) {}

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        choose(static_cast<std::size_t>(parameters.choice<BoostType>("boost.type"_p)));
        turn(parameters["boost.level"_p], (parameters["boost.tone"_p] - 5) / 5);
    }
};
} // namespace

std::unique_ptr<Stage> makeBoost()
{
    return std::make_unique<Boost>();
}

} // namespace tonewright::dsp
