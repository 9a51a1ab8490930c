#include "dsp/SignalChain.h"

#include "dsp/Decibels.h"
#include "dsp/Stages.h"

#include <algorithm>

namespace tonewright::dsp
{
namespace
{
using MakeStage = std::unique_ptr<Stage> (*)();

/// By StageId.
constexpr std::array<MakeStage, stageCount> stageMakers{
    makeGate,      makeCompressor, makeBoost,   makeDrive, makeAmp,    makeCabinet,
    makeEqualiser, makeModulation, makeTremolo, makeDelay, makeReverb, makeOutput};

/// The toggle of each stage, by StageId; `output` has none and always runs.
constexpr std::array<ParameterIndex, stageCount - 1> enabledToggles{
    "gate.enabled"_p,    "compressor.enabled"_p, "boost.enabled"_p,     "drive.enabled"_p,
    "amp.enabled"_p,     "cabinet.enabled"_p,    "equaliser.enabled"_p, "modulation.enabled"_p,
    "tremolo.enabled"_p, "delay.enabled"_p,      "reverb.enabled"_p};

constexpr std::size_t indexOf(StageId stage) noexcept
{
    return static_cast<std::size_t>(stage);
}

bool isEnabled(StageId stage, const ParameterSet& parameters) noexcept
{
    return stage == StageId::output || parameters.isOn(enabledToggles[indexOf(stage)]);
}

void multiply(const AudioBlock& block, const float* gains) noexcept
{
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
        for (int frame = 0; frame < block.frames; ++frame)
            block.channels[channel][frame] *= gains[frame];
}

void copyToSecondChannel(AudioBlock& block) noexcept
{
    if (block.channelCount == 1)
        std::copy_n(block.channels[0], block.frames, block.channels[1]);
    block.channelCount = 2;
}
} // namespace

SignalChain::SignalChain()
{
    for (std::size_t index = 0; index < stageCount; ++index)
        stages[index] = stageMakers[index]();
}

SignalChain::~SignalChain() = default;

void SignalChain::prepare(const ProcessSpec& spec)
{
    for (auto& stage : stages)
        stage->prepare(spec);
    inputTrim.prepare(spec.sampleRate);
}

void SignalChain::reset() noexcept
{
    for (auto& stage : stages)
        stage->reset();
    inputTrim.reset();
}

void SignalChain::setParameters(const ParameterSet& parameters, const Transport& transport) noexcept
{
    current = parameters;
    const auto ringsOn = [&](StageId stage)
    { return (stage == StageId::delay || stage == StageId::reverb) && isEnabled(stage, current); };
    tailStart = static_cast<std::size_t>(std::find_if(current.order.begin(), current.order.end(), ringsOn) -
                                         current.order.begin());
    inputTrim.setTarget(gainFromDecibels(parameters["input.trim"_p]));
    for (std::size_t index = 0; index < stageCount; ++index)
        if (isEnabled(static_cast<StageId>(index), parameters))
            stages[index]->setParameters(parameters, transport);
}

void SignalChain::process(AudioBlock& block) noexcept
{
    trim(block);
    processStages(block, 0, tailStart);
    tailChannelCount = block.channelCount;
    processStages(block, tailStart, stageCount);
    finish(block);
}

void SignalChain::processFading(AudioBlock& block, const float* gains) noexcept
{
    trim(block);
    processStages(block, 0, tailStart);
    tailChannelCount = block.channelCount;
    if (hasTail())
        multiply(block, gains);
    processStages(block, tailStart, stageCount);
    finish(block);
    if (!hasTail())
        multiply(block, gains);
}

void SignalChain::processTail(AudioBlock& block) noexcept
{
    block.channelCount = tailChannelCount;
    for (auto* channel : block.channels)
        std::fill_n(channel, block.frames, 0.0f);
    processStages(block, tailStart, stageCount);
    finish(block);
}

void SignalChain::trim(AudioBlock& block) noexcept
{
    for (int frame = 0; frame < block.frames; ++frame)
    {
        const float gain = inputTrim.next();
        for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
            block.channels[channel][frame] *= gain;
    }
}

void SignalChain::processStages(AudioBlock& block, std::size_t first, std::size_t last) noexcept
{
    for (std::size_t place = first; place < last; ++place)
    {
        const auto stage = current.order[place];
        if (stage != StageId::output && isEnabled(stage, current))
            stages[indexOf(stage)]->process(block);
    }
}

void SignalChain::finish(AudioBlock& block) noexcept
{
    copyToSecondChannel(block);
    stages[indexOf(StageId::output)]->process(block);
}

int SignalChain::latencySamples() const noexcept
{
    int sum = 0;
    for (const auto& stage : stages)
        sum += stage->latencySamples();
    return sum;
}

double SignalChain::tailSeconds(const ParameterSet& parameters) const noexcept
{
    double sum = 0;
    for (std::size_t index = 0; index < stageCount; ++index)
        if (isEnabled(static_cast<StageId>(index), parameters))
            sum += stages[index]->tailSeconds(parameters);
    return sum;
}

} // namespace tonewright::dsp
