#pragma once

#include "dsp/ChainAssets.h"
#include "dsp/Stage.h"
#include "tone/ParameterSet.h"

#include <array>
#include <functional>
#include <span>
#include <vector>

namespace tonewright::dsp
{

struct RenderOptions
{
    double sampleRate = 48000;
    int blockFrames = 512;
    Quality quality = Quality::live;
    double tailSeconds = 0; ///< silence rendered after the input
    Transport transport;
    ChainAssets assets; ///< prepared at sampleRate
};

/// Told the part done (0 to 1) now and then; returning false stops the render.
using RenderProgress = std::function<bool(double part)>;

/// [worker] Plays 1 or 2 channels of equal length through the preset from silence. The result is stereo,
/// sample-aligned with the input (the chain's latency is removed), input length plus tail. Empty when stopped
/// by `progress`.
std::array<std::vector<float>, 2> renderOffline(const ParameterSet& parameters,
                                                std::span<const std::vector<float>> input,
                                                const RenderOptions& options,
                                                const RenderProgress& progress = {});

} // namespace tonewright::dsp
