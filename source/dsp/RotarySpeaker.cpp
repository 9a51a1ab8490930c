#include "dsp/DelayLine.h"
#include "dsp/Filters.h"
#include "dsp/Lfo.h"
#include "dsp/ModulationEffect.h"

namespace tonewright::dsp
{
namespace
{
/// A rotor: its way to the microphones and the level it loses when it looks away, at full depth, and how its
/// speed follows the rate.
struct RotorVoicing
{
    float sway; ///< seconds of delay, up and down
    float shadow;
    float speed; ///< relative to the rate; negative turns the other way
    double inertia;
};

// A horn of 18 cm radius moves its mouth by 0.5 ms of sound; the drum is heavier, slower and turns against
// it.
constexpr RotorVoicing horn{0.0005f, 0.7f, 1.0f, 0.8};
constexpr RotorVoicing drum{0.0003f, 0.5f, -0.83f, 2.5};
constexpr double crossover = 800;
constexpr float microphoneAngle = 0.25f; ///< of a turn, between left and right

class Rotor
{
public:
    explicit Rotor(const RotorVoicing& chosen) noexcept : voicing(chosen) {}

    void prepare(double newSampleRate)
    {
        sampleRate = static_cast<float>(newSampleRate);
        lfo.prepare(newSampleRate, voicing.inertia);
        line.prepare(static_cast<int>(2 * voicing.sway * sampleRate) + 8);
    }

    void reset() noexcept
    {
        lfo.reset();
        line.reset();
    }

    void setRate(float rate) noexcept { lfo.setRate(rate * voicing.speed); }

    /// Left and right microphone.
    std::array<float, 2> process(float input, float depth) noexcept
    {
        lfo.advance();
        std::array<float, 2> heard{};
        for (std::size_t side = 0; side < 2; ++side)
        {
            const float nearness = lfo.sine(side == 0 ? 0 : microphoneAngle);
            const float delay = 2 + voicing.sway * sampleRate * (1 - depth * nearness);
            const float level = 1 - depth * voicing.shadow * 0.5f * (1 - nearness);
            heard[side] = level * line.readBetween(delay);
        }
        line.write(input);
        return heard;
    }

private:
    RotorVoicing voicing;
    float sampleRate = 48000;
    Lfo lfo;
    DelayLine line;
};

class RotarySpeaker final : public ModulationEffect
{
public:
    void prepare(double sampleRate) override
    {
        hornRotor.prepare(sampleRate);
        drumRotor.prepare(sampleRate);
        depth.prepare(sampleRate, 0.05);
        // A damping of 1/q = 2 makes low minus high a Linkwitz-Riley crossover: flat when nothing turns.
        split.setFrequency(crossover, 0.5, sampleRate);
        reset();
    }

    void reset() noexcept override
    {
        hornRotor.reset();
        drumRotor.reset();
        depth.reset();
        split.reset();
    }

    void setTargets(float rate, float newDepth) noexcept override
    {
        hornRotor.setRate(rate);
        drumRotor.setRate(rate);
        depth.setTarget(newDepth);
    }

    bool isStereo() const noexcept override { return true; }

    void process(const AudioBlock& block) noexcept override
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            auto& left = block.channels[0][frame];
            auto& right = block.channels[1][frame];
            const auto bands = split.process(0.5f * (left + right));
            const float width = depth.next();
            const auto low = drumRotor.process(bands.low, width);
            const auto high = hornRotor.process(-bands.high, width);
            left = low[0] + high[0];
            right = low[1] + high[1];
        }
    }

private:
    Rotor hornRotor{horn};
    Rotor drumRotor{drum};
    Smoother depth;
    StateVariable split;
};
} // namespace

std::unique_ptr<ModulationEffect> makeRotarySpeaker()
{
    return std::make_unique<RotarySpeaker>();
}

} // namespace tonewright::dsp
