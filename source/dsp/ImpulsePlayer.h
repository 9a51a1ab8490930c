#pragma once

#include "dsp/Convolver.h"
#include "dsp/ImpulseResponse.h"
#include "dsp/Stage.h"
#include "dsp/TailConvolver.h"

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace tonewright::dsp
{

/// A user's impulse response ready to be convolved at one sample rate: levelled, resampled, cut into
/// partitions. Immutable.
class PreparedImpulse
{
public:
    /// [worker] `impulse` must be trimmed.
    PreparedImpulse(const ImpulseResponse& impulse, double sampleRate);

private:
    friend class ImpulsePlayer;
    struct Channel
    {
        PartitionedImpulse early; ///< until two big partitions have passed
        TailSpectra late;
    };
    std::size_t partition;
    std::vector<Channel> channels;
};

/// Plays an impulse response of up to longestImpulseSeconds without latency, on 1 or 2 channels: small
/// partitions for its first 40 ms, as for our own cabinets, big ones for the rest.
class ImpulsePlayer
{
public:
    /// [worker] Allocates all it needs, as much as this impulse response is long.
    explicit ImpulsePlayer(std::shared_ptr<const PreparedImpulse> impulse);

    /// [audio] Forgets the input.
    void reset() noexcept;

    /// [audio] Convolves in place: left with left, right with right. A stereo impulse response makes a mono
    /// signal stereo. Any number of frames.
    void process(AudioBlock& block) noexcept;

private:
    struct Side
    {
        Convolver early;
        std::unique_ptr<TailConvolver> late; ///< null for short ones
        void reset() noexcept;
    };

    void processSide(std::size_t side, float* samples, int frames) noexcept;

    std::shared_ptr<const PreparedImpulse> impulse;
    std::array<Side, 2> sides;
    int channelCount = 1;
};

} // namespace tonewright::dsp
