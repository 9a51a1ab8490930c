#include "dsp/OfflineChain.h"

#include "realtime/ScopedFlushDenormals.h"

#include <algorithm>

namespace tonewright::dsp
{
namespace
{
constexpr int blockFrames = 512;
}

OfflineChain::OfflineChain(double sampleRate) : rate(sampleRate)
{
    chain.prepare({rate, blockFrames, Quality::live});
}

void OfflineChain::setAssets(const StageAssets& assets)
{
    chain.setAssets(assets);
}

void OfflineChain::start(const ParameterSet& parameters, const Transport& transport)
{
    playing = parameters;
    time = transport;
    healthy = true;
    chain.reset();
}

void OfflineChain::play(std::span<const float> input, StereoSound& output)
{
    const ScopedFlushDenormals flushDenormals;
    const std::size_t before = output[0].size();
    for (auto& channel : output)
        channel.insert(channel.end(), input.begin(), input.end());
    for (std::size_t start = 0; start < input.size(); start += blockFrames)
    {
        AudioBlock block;
        block.channels = {output[0].data() + before + start, output[1].data() + before + start};
        block.frames = static_cast<int>(std::min<std::size_t>(blockFrames, input.size() - start));
        chain.setParameters(playing, time);
        chain.process(block);
        healthy = healthy && chain.isHealthy();
    }
}

StereoSound OfflineChain::render(const ParameterSet& parameters, std::span<const float> input,
                                 const Transport& transport)
{
    start(parameters, transport);
    StereoSound output;
    play(input, output);
    return output;
}

} // namespace tonewright::dsp
