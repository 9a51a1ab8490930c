#include "dsp/Filters.h"
#include "dsp/Lfo.h"
#include "dsp/ModulationEffect.h"

#include <algorithm>

namespace tonewright::dsp
{
namespace
{
constexpr int samplesPerControl = 16;
constexpr std::size_t mostStages = 6;

/// What tells phaser and uni-vibe apart: both are first-order allpasses in series whose corners sweep.
struct Voicing
{
    std::size_t stages;
    std::array<float, mostStages> corners; ///< Hz, in the middle of the sweep
    float octaves;                         ///< up and down from there at full depth
    float feedback;                        ///< below 1
    bool lamp;                             ///< a bulb and photocells move the corners
};

// Six equal stages give three notches. The uni-vibe's four stages are staggered by their capacitors of 15 nF,
// 220 nF, 470 pF and 4.7 nF, here with 33 kilohm of photocell in the middle of its travel.
constexpr Voicing phaserVoicing{6, {750, 750, 750, 750, 750, 750}, 2.0f, 0.45f, false};
constexpr Voicing univibeVoicing{4, {321.5f, 21.9f, 10261, 1026, 0, 0}, 1.9f, 0, true};

/// A filament heats faster than it cools, and its light grows faster than the current.
class Lamp
{
public:
    void prepare(double stepsPerSecond) noexcept
    {
        heating = static_cast<float>(1 - std::exp(-1 / (0.012 * stepsPerSecond)));
        cooling = static_cast<float>(1 - std::exp(-1 / (0.045 * stepsPerSecond)));
    }
    void reset() noexcept { light = 0.25f; }

    /// Takes and returns -1 to 1.
    float process(float wave) noexcept
    {
        const float current = 0.5f * (1 + wave);
        const float wanted = current * current;
        light += (wanted > light ? heating : cooling) * (wanted - light);
        return 2 * light - 1;
    }

private:
    float heating = 1;
    float cooling = 1;
    float light = 0.25f;
};

class AllpassSweep final : public ModulationEffect
{
public:
    explicit AllpassSweep(const Voicing& chosen) noexcept : voicing(chosen) {}

    void prepare(double newSampleRate) override
    {
        sampleRate = newSampleRate;
        lfo.prepare(sampleRate / samplesPerControl);
        octaves.prepare(sampleRate / samplesPerControl, 0.05);
        lamp.prepare(sampleRate / samplesPerControl);
        reset();
    }

    void reset() noexcept override
    {
        lfo.reset();
        octaves.reset();
        lamp.reset();
        coefficients = {};
        steps = {};
        states = {};
        last = {};
        untilControl = 0;
        snapNext = true;
    }

    void setTargets(float rate, float depth) noexcept override
    {
        lfo.setRate(rate);
        octaves.setTarget(depth * voicing.octaves);
    }

    bool isStereo() const noexcept override { return false; }

    void process(const AudioBlock& block) noexcept override
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            if (untilControl == 0)
                control();
            --untilControl;
            for (std::size_t stage = 0; stage < voicing.stages; ++stage)
                coefficients[stage] += steps[stage];
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
            {
                auto& sample = block.channels[channel][frame];
                sample = sweep(channel, sample);
            }
        }
    }

private:
    float sweep(std::size_t channel, float input) noexcept
    {
        float signal = input + voicing.feedback * last[channel];
        for (std::size_t stage = 0; stage < voicing.stages; ++stage)
        {
            auto& state = states[channel][stage];
            const float output = coefficients[stage] * signal + state;
            state = signal - coefficients[stage] * output;
            signal = output;
        }
        last[channel] = signal;
        // Resonance lifts the peaks to 1 / (1 - feedback); this keeps the power near 1.
        return std::sqrt(1 - voicing.feedback * voicing.feedback) * signal;
    }

    /// Where the corners shall be when this control period ends.
    void control() noexcept
    {
        untilControl = samplesPerControl;
        lfo.advance();
        const float wave = voicing.lamp ? lamp.process(lfo.sine()) : lfo.sine();
        const float ratio = std::exp2(octaves.next() * wave);
        for (std::size_t stage = 0; stage < voicing.stages; ++stage)
        {
            const float g = warpedFrequency(static_cast<double>(voicing.corners[stage] * ratio), sampleRate);
            const float coefficient = (g - 1) / (g + 1);
            if (snapNext)
                coefficients[stage] = coefficient;
            steps[stage] = (coefficient - coefficients[stage]) / samplesPerControl;
        }
        snapNext = false;
    }

    Voicing voicing;
    double sampleRate = 48000;
    Lfo lfo;
    Smoother octaves;
    Lamp lamp;
    std::array<float, mostStages> coefficients{};
    std::array<float, mostStages> steps{};
    std::array<std::array<float, mostStages>, 2> states{};
    std::array<float, 2> last{};
    int untilControl = 0;
    bool snapNext = true;
};
} // namespace

std::unique_ptr<ModulationEffect> makePhaser()
{
    return std::make_unique<AllpassSweep>(phaserVoicing);
}

std::unique_ptr<ModulationEffect> makeUnivibe()
{
    return std::make_unique<AllpassSweep>(univibeVoicing);
}

} // namespace tonewright::dsp
