#include "dsp/ImpulsePlayer.h"

#include <algorithm>
#include <span>

namespace tonewright::dsp
{
namespace
{
constexpr std::size_t chunkFrames = 64;
} // namespace

PreparedImpulse::PreparedImpulse(const ImpulseResponse& impulse, double sampleRate)
    : partition(partitionFramesAt(sampleRate))
{
    const auto bigPartition = partition * TailConvolver::steps;
    const RealFft fft(2 * partition);
    for (const auto& samples : levelledImpulse(impulse, sampleRate))
    {
        const std::span<const float> all(samples);
        const auto early = std::min(all.size(), 2 * bigPartition);
        channels.push_back({PartitionedImpulse(all.first(early), partition, fft),
                            TailSpectra(all.subspan(early), bigPartition)});
    }
}

ImpulsePlayer::ImpulsePlayer(std::shared_ptr<const PreparedImpulse> prepared) : impulse(std::move(prepared))
{
    for (std::size_t index = 0; index < sides.size(); ++index)
    {
        const auto& channel = impulse->channels[std::min(index, impulse->channels.size() - 1)];
        auto& side = sides[index];
        side.early.prepare(impulse->partition, channel.early.tailPartitions());
        side.early.setImpulse(0, &channel.early);
        if (channel.late.partitionCount() > 0)
            side.late = std::make_unique<TailConvolver>(channel.late);
    }
}

void ImpulsePlayer::Side::reset() noexcept
{
    early.reset();
    if (late)
        late->reset();
}

void ImpulsePlayer::reset() noexcept
{
    for (auto& side : sides)
        side.reset();
    channelCount = 1;
}

void ImpulsePlayer::process(AudioBlock& block) noexcept
{
    if (block.channelCount == 1 && impulse->channels.size() == 2)
    {
        std::copy_n(block.channels[0], block.frames, block.channels[1]);
        block.channelCount = 2;
    }
    if (block.channelCount == 2 && channelCount == 1)
        sides[1].reset();
    channelCount = block.channelCount;
    for (std::size_t side = 0; side < static_cast<std::size_t>(block.channelCount); ++side)
        processSide(side, block.channels[side], block.frames);
}

void ImpulsePlayer::processSide(std::size_t index, float* samples, int frames) noexcept
{
    auto& side = sides[index];
    std::array<float, chunkFrames> output;
    std::array<float, chunkFrames> unused;
    for (std::size_t done = 0; done < static_cast<std::size_t>(frames);)
    {
        const auto count = std::min(chunkFrames, static_cast<std::size_t>(frames) - done);
        side.early.process(samples + done, {output.data(), unused.data()}, static_cast<int>(count));
        if (side.late)
            side.late->addTo(samples + done, output.data(), count);
        std::copy_n(output.data(), count, samples + done);
        done += count;
    }
}

} // namespace tonewright::dsp
