#include "dsp/SignalChain.h"

#include "dsp/Decibels.h"
#include "dsp/InputHistory.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
using MakeStage = std::unique_ptr<Stage> (*)();

/// By StageId.
constexpr std::array<MakeStage, stageCount> stageMakers{
    makeGate,    makePitch,     makeWah,        makeCompressor, makeBoost, makeDrive,  makeAmp,
    makeCabinet, makeEqualiser, makeModulation, makeTremolo,    makeDelay, makeReverb, makeOutput};

constexpr double swellSeconds = 0.003;

/// The toggle of each stage, by StageId; `output` has none and always runs.
constexpr std::array<ParameterIndex, stageCount - 1> enabledToggles{
    "gate.enabled"_p,      "pitch.enabled"_p,      "wah.enabled"_p,     "compressor.enabled"_p,
    "boost.enabled"_p,     "drive.enabled"_p,      "amp.enabled"_p,     "cabinet.enabled"_p,
    "equaliser.enabled"_p, "modulation.enabled"_p, "tremolo.enabled"_p, "delay.enabled"_p,
    "reverb.enabled"_p};

constexpr std::size_t indexOf(StageId stage) noexcept
{
    return static_cast<std::size_t>(stage);
}

bool isEnabled(StageId stage, const ParameterSet& parameters) noexcept
{
    return stage == StageId::output || parameters.isOn(enabledToggles[indexOf(stage)]);
}

bool echoes(StageId stage) noexcept
{
    return stage == StageId::delay || stage == StageId::reverb;
}

/// Whether what comes out is not proportional to what goes in.
bool distorts(StageId stage) noexcept
{
    return stage <= StageId::amp;
}

/// Place of the first enabled stage that echoes and behind which nothing distorts; stageCount if none does.
std::size_t startOfEchoes(const ParameterSet& parameters) noexcept
{
    std::size_t start = stageCount;
    for (std::size_t place = stageCount; place-- > 0;)
    {
        const auto stage = parameters.order[place];
        if (!isEnabled(stage, parameters))
            continue;
        if (distorts(stage))
            break;
        if (echoes(stage))
            start = place;
    }
    return start;
}

/// Whether a stage is given the guitar itself, or something as loud.
bool hearsTheGuitar(StageId stage) noexcept
{
    return stage <= StageId::compressor;
}

bool isFinite(const AudioBlock& block) noexcept
{
    float sum = 0; // stays 0 unless something is infinite or not a number
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
        for (int frame = 0; frame < block.frames; ++frame)
            sum += block.channels[channel][frame] * 0.0f;
    return sum == 0.0f;
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
    inputTrim.prepare(spec.sampleRate, longRamp);
    swellFrames = std::max(1, static_cast<int>(std::lround(swellSeconds * spec.sampleRate)));
    swollenFrames = swellFrames;
}

void SignalChain::reset() noexcept
{
    for (auto& stage : stages)
        stage->reset();
    inputTrim.reset();
    swollenFrames = swellFrames;
    gateListens = false;
}

void SignalChain::setAssets(const StageAssets& assets) noexcept
{
    for (auto& stage : stages)
        stage->setAssets(assets);
}

void SignalChain::setParameters(const ParameterSet& parameters, const Transport& transport) noexcept
{
    current = parameters;
    echoesStart = startOfEchoes(current);
    tailLeft = echoesStart < stageCount || stages[indexOf(StageId::output)]->tailSeconds(current) > 0;
    inputTrim.setTarget(gainFromDecibels(parameters["input.trim"_p]));
    for (std::size_t index = 0; index < stageCount; ++index)
        if (isEnabled(static_cast<StageId>(index), parameters))
            stages[index]->setParameters(parameters, transport);
}

void SignalChain::startAmidst(const InputHistory& past) noexcept
{
    for (swellPlace = 0; swellPlace < stageCount; ++swellPlace)
    {
        const auto stage = current.order[swellPlace];
        if (!isEnabled(stage, current))
            continue;
        if (!hearsTheGuitar(stage))
            break;
        stages[indexOf(stage)]->recall(past, inputTrim.value());
    }
    // Into echoes the fade itself swells.
    swollenFrames = swellPlace < echoesStart ? 0 : swellFrames;
    const auto gate = std::find(current.order.begin(), current.order.end(), StageId::gate);
    const auto gatePlace = static_cast<std::size_t>(gate - current.order.begin());
    gateListens = isEnabled(StageId::gate, current) && gatePlace > swellPlace && gatePlace < echoesStart;
    gatePeak = 0;
}

void SignalChain::continueAmidst(const InputHistory& past) noexcept
{
    if (!gateListens)
        return;
    gateListens = false;
    const float played = past.peakSinceMark();
    stages[indexOf(StageId::gate)]->infer(past, played > 0 ? gatePeak / played : 0);
}

void SignalChain::process(AudioBlock& block) noexcept
{
    processPlaying(block);
    processEchoes(block);
}

void SignalChain::processPlaying(AudioBlock& block) noexcept
{
    trim(block);
    processStages(block, 0, echoesStart);
    echoesChannelCount = block.channelCount;
    healthy = isFinite(block);
}

void SignalChain::processEchoes(AudioBlock& block) noexcept
{
    processStages(block, echoesStart, stageCount);
    healthy = isFinite(block);
    copyToSecondChannel(block);
    stages[indexOf(StageId::output)]->process(block);
}

void SignalChain::processTail(AudioBlock& block) noexcept
{
    block.channelCount = echoesChannelCount;
    for (auto* channel : block.channels)
        std::fill_n(channel, block.frames, 0.0f);
    processEchoes(block);
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
        if (place == swellPlace && swollenFrames < swellFrames)
            swell(block);
        const auto stage = current.order[place];
        if (stage == StageId::gate && gateListens)
            listenToGate(block);
        if (stage != StageId::output && isEnabled(stage, current))
            stages[indexOf(stage)]->process(block);
    }
}

void SignalChain::swell(AudioBlock& block) noexcept
{
    for (int frame = 0; frame < block.frames && swollenFrames < swellFrames; ++frame, ++swollenFrames)
    {
        const float part = static_cast<float>(swollenFrames) / static_cast<float>(swellFrames);
        for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
            block.channels[channel][frame] *= part * part * (3 - 2 * part);
    }
}

void SignalChain::listenToGate(const AudioBlock& block) noexcept
{
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
        for (int frame = 0; frame < block.frames; ++frame)
            gatePeak = std::max(gatePeak, std::abs(block.channels[channel][frame]));
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
    // What fades before a distortion is raised by up to 60 dB in it, and takes about twice as long.
    double sum = 0;
    bool isRaised = false;
    for (auto stage = parameters.order.rbegin(); stage != parameters.order.rend(); ++stage)
        if (isEnabled(*stage, parameters))
        {
            sum += (isRaised ? 2 : 1) * stages[indexOf(*stage)]->tailSeconds(parameters);
            isRaised = isRaised || *stage == StageId::drive || *stage == StageId::amp;
        }
    return sum;
}

} // namespace tonewright::dsp
