#include "dsp/ModulationEffect.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr int framesPerPiece = 64;

struct Kind
{
    std::unique_ptr<ModulationEffect> (*make)();
    bool
        equalPower; ///< how dry and wet share the level: chorus and rotary are hardly correlated with the dry
};

/// By ModulationType.
constexpr std::array<Kind, modulationTypes.size()> kinds{{{makeChorus, true},
                                                          {makeFlanger, false},
                                                          {makePhaser, false},
                                                          {makeVibrato, false},
                                                          {makeUnivibe, false},
                                                          {makeRotarySpeaker, true}}};

class Modulation final : public Stage
{
public:
    Modulation()
    {
        for (std::size_t index = 0; index < kinds.size(); ++index)
            effects[index] = kinds[index].make();
    }

    void prepare(const ProcessSpec& spec) override
    {
        for (auto& effect : effects)
            effect->prepare(spec.sampleRate);
        dryGain.prepare(spec.sampleRate);
        wetGain.prepare(spec.sampleRate);
        reset();
    }

    void reset() noexcept override
    {
        for (auto& effect : effects)
            effect->reset();
        dryGain.reset();
        wetGain.reset();
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        const auto type = static_cast<std::size_t>(parameters.choice<ModulationType>("modulation.type"_p));
        if (type != playing)
            effects[type]->reset();
        playing = type;
        effects[playing]->setTargets(parameters["modulation.rate"_p],
                                     parameters["modulation.depth"_p] * 0.01f);
        const float mix = parameters["modulation.mix"_p] * 0.01f;
        const float angle = 0.5f * std::numbers::pi_v<float> * mix;
        const bool equalPower = kinds[playing].equalPower;
        dryGain.setTarget(equalPower ? std::cos(angle) : 1 - mix);
        wetGain.setTarget(equalPower ? std::sin(angle) : mix);
    }

    void process(AudioBlock& block) noexcept override
    {
        if (block.channelCount == 1 && effects[playing]->isStereo())
        {
            std::copy_n(block.channels[0], block.frames, block.channels[1]);
            block.channelCount = 2;
        }
        for (int start = 0; start < block.frames; start += framesPerPiece)
            processPiece(block, start, std::min(framesPerPiece, block.frames - start));
    }

private:
    void processPiece(const AudioBlock& block, int start, int frames) noexcept
    {
        std::array<std::array<float, framesPerPiece>, 2> wet;
        const AudioBlock piece{{wet[0].data(), wet[1].data()}, block.channelCount, frames};
        const auto channelCount = static_cast<std::size_t>(block.channelCount);
        for (std::size_t channel = 0; channel < channelCount; ++channel)
            for (int frame = 0; frame < frames; ++frame)
                wet[channel][static_cast<std::size_t>(frame)] = block.channels[channel][start + frame];
        effects[playing]->process(piece);
        for (int frame = 0; frame < frames; ++frame)
        {
            const float dry = dryGain.next();
            const float added = wetGain.next();
            for (std::size_t channel = 0; channel < channelCount; ++channel)
            {
                auto& sample = block.channels[channel][start + frame];
                sample = dry * sample + added * wet[channel][static_cast<std::size_t>(frame)];
            }
        }
    }

    std::array<std::unique_ptr<ModulationEffect>, kinds.size()> effects;
    std::size_t playing = 0;
    Smoother dryGain;
    Smoother wetGain;
};
} // namespace

std::unique_ptr<Stage> makeModulation()
{
    return std::make_unique<Modulation>();
}

} // namespace tonewright::dsp
