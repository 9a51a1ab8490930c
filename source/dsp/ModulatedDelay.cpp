#include "dsp/DelayLine.h"
#include "dsp/Lfo.h"
#include "dsp/ModulationEffect.h"

#include <algorithm>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// What tells chorus, flanger and vibrato apart: all are a delay that moves.
struct Voicing
{
    bool stereo;
    std::array<float, 2> shortest; ///< seconds, left and right
    float widest;                  ///< seconds from the centre at full depth, at slow rates
    float cents;                   ///< largest bend of pitch at full depth, at fast rates
    float feedback;                ///< below 1
    float rightPhase;              ///< cycles by which the right channel leads
    bool lingersShort;             ///< sweeps like a tape flange: slow at the top, fast at the bottom
};

constexpr Voicing chorusVoicing{true, {0.0070f, 0.0083f}, 0.004f, 45, 0, 0.25f, false};
constexpr Voicing flangerVoicing{true, {0.0004f, 0.0004f}, 0.0025f, 80, 0.6f, 0.2f, true};
constexpr Voicing vibratoVoicing{false, {0.0005f, 0.0005f}, 0.008f, 90, 0, 0, false};

class ModulatedDelay final : public ModulationEffect
{
public:
    explicit ModulatedDelay(const Voicing& chosen) noexcept : voicing(chosen) {}

    void prepare(double newSampleRate) override
    {
        sampleRate = static_cast<float>(newSampleRate);
        lfo.prepare(newSampleRate);
        deviation.prepare(newSampleRate, 0.05);
        const float longest = std::max(voicing.shortest[0], voicing.shortest[1]) + 2 * voicing.widest;
        for (auto& line : lines)
            line.prepare(static_cast<int>(longest * sampleRate) + 4);
        reset();
    }

    void reset() noexcept override
    {
        lfo.reset();
        deviation.reset();
        for (auto& line : lines)
            line.reset();
    }

    void setTargets(float rate, float depth) noexcept override
    {
        lfo.setRate(rate);
        // A delay d + D sin(2 pi f t) bends the pitch by up to 2 pi f D.
        const float bend = std::exp2(voicing.cents / 1200) - 1;
        const float widest = std::min(voicing.widest, bend / (2 * std::numbers::pi_v<float> * rate));
        deviation.setTarget(depth * widest * sampleRate);
    }

    bool isStereo() const noexcept override { return voicing.stereo; }

    void process(const AudioBlock& block) noexcept override
    {
        // Resonance lifts the peaks of a comb to 1 / (1 - feedback); this keeps its power near 1.
        const float level = std::sqrt(1 - voicing.feedback * voicing.feedback);
        for (int frame = 0; frame < block.frames; ++frame)
        {
            lfo.advance();
            const float reach = deviation.next();
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
            {
                const float wave = shaped(lfo.sine(channel == 0 ? 0 : voicing.rightPhase));
                const float shortest = std::max(2.0f, voicing.shortest[channel] * sampleRate);
                auto& line = lines[channel];
                auto& sample = block.channels[channel][frame];
                const float wet = line.readBetween(shortest + reach * (1 + wave));
                line.write(sample + voicing.feedback * wet);
                sample = level * wet;
            }
        }
    }

private:
    float shaped(float wave) const noexcept
    {
        return voicing.lingersShort ? 0.5f * (1 + wave) * (1 + wave) - 1 : wave;
    }

    Voicing voicing;
    float sampleRate = 48000;
    Lfo lfo;
    Smoother deviation;
    std::array<DelayLine, 2> lines;
};
} // namespace

std::unique_ptr<ModulationEffect> makeChorus()
{
    return std::make_unique<ModulatedDelay>(chorusVoicing);
}

std::unique_ptr<ModulationEffect> makeFlanger()
{
    return std::make_unique<ModulatedDelay>(flangerVoicing);
}

std::unique_ptr<ModulationEffect> makeVibrato()
{
    return std::make_unique<ModulatedDelay>(vibratoVoicing);
}

} // namespace tonewright::dsp
