#include "dsp/OfflineRender.h"

#include "dsp/PresetCrossfader.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double secondsPerReport = 0.1;

/// Part of the input from `start`, silence beyond its end.
void copyPart(const std::vector<float>& from, std::size_t start, std::vector<float>& to)
{
    const auto available = start < from.size() ? std::min(from.size() - start, to.size()) : 0;
    for (std::size_t frame = 0; frame < available; ++frame)
        to[frame] = from[start + frame];
    std::fill(to.begin() + static_cast<std::ptrdiff_t>(available), to.end(), 0.0f);
}
} // namespace

std::array<std::vector<float>, 2> renderOffline(const ParameterSet& parameters,
                                                std::span<const std::vector<float>> input,
                                                const RenderOptions& options, const RenderProgress& progress)
{
    if (input.empty())
        return {};
    const auto blockFrames = static_cast<std::size_t>(std::max(1, options.blockFrames));
    PresetCrossfader player;
    player.prepare({options.sampleRate, static_cast<int>(blockFrames), options.quality}, parameters,
                   options.assets);
    player.setParameters(parameters, options.transport, options.assets);

    const auto latency = static_cast<std::size_t>(player.latencySamples());
    const auto tail =
        static_cast<std::size_t>(std::llround(std::max(0.0, options.tailSeconds) * options.sampleRate));
    const std::size_t wantedFrames = input[0].size() + tail;
    const std::size_t totalFrames = wantedFrames + latency;
    const auto framesPerReport = static_cast<std::size_t>(std::ceil(secondsPerReport * options.sampleRate));

    std::array<std::vector<float>, 2> output;
    for (auto& channel : output)
        channel.resize(wantedFrames);
    std::array<std::vector<float>, 2> piece;
    std::size_t nextReport = 0;
    for (std::size_t start = 0; start < totalFrames;)
    {
        if (progress && start >= nextReport)
        {
            if (!progress(static_cast<double>(start) / static_cast<double>(totalFrames)))
                return {};
            nextReport = start + framesPerReport;
        }
        const std::size_t frames = std::min(blockFrames, totalFrames - start);
        for (std::size_t side = 0; side < 2; ++side)
        {
            piece[side].resize(frames);
            copyPart(input[std::min(side, input.size() - 1)], start, piece[side]);
        }
        player.setParameters(parameters, options.transport, options.assets);
        player.process(piece[0].data(), input.size() > 1 ? piece[1].data() : nullptr, piece[0].data(),
                       piece[1].data(), static_cast<int>(frames));
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t frame = 0; frame < frames; ++frame)
                if (start + frame >= latency)
                    output[side][start + frame - latency] = piece[side][frame];
        start += frames;
    }
    if (progress && !progress(1.0))
        return {};
    return output;
}

} // namespace tonewright::dsp
