#pragma once

#include "dsp/Convolver.h"
#include "tone/Choices.h"

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace tonewright::dsp
{

/// Every cabinet with every microphone at a few distances, ready to convolve at one sample rate. Immutable.
class CabinetBank
{
public:
    /// Centimetres. In between, Cabinet blends the two nearest.
    static constexpr std::array<float, 4> distances{1, 5, 22, 100};

    /// [setup] Computes all of them: some 50 ms of work and 2 MB at 48 kHz.
    explicit CabinetBank(double sampleRate);

    /// [any+audio]
    const PartitionedImpulse& at(CabinetModel model, Microphone microphone,
                                 std::size_t distance) const noexcept
    {
        return impulses[(static_cast<std::size_t>(model) * microphones.size() +
                         static_cast<std::size_t>(microphone)) *
                            distances.size() +
                        distance];
    }

    /// [any+audio]
    std::size_t partitionFrames() const noexcept { return partition; }
    std::size_t tailPartitions() const noexcept { return impulses.front().tailPartitions(); }

private:
    std::size_t partition;
    std::vector<PartitionedImpulse> impulses;
};

/// [setup] The bank of that rate, shared by everyone in the process who uses it. The last one asked for is
/// kept, so that renders one after another do not compute it again. Waits while another thread computes one.
std::shared_ptr<const CabinetBank> cabinetBank(double sampleRate);

} // namespace tonewright::dsp
