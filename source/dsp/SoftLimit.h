#pragma once

#include <cmath>

namespace tonewright::dsp
{

/// Leaves everything up to full scale alone and bends what is above towards 2, with no corner: the guard of
/// feedback loops. [any+audio]
inline float softLimit(float sample) noexcept
{
    const float excess = std::abs(sample) - 1;
    if (excess <= 0)
        return sample;
    return std::copysign(1 + excess / (1 + excess), sample);
}

/// Gentle symmetrical saturation with unity gain for small signals and `ceiling` for large ones.
/// [any+audio]
inline float softSaturate(float sample, float ceiling) noexcept
{
    const float ratio = sample / ceiling;
    return sample / std::sqrt(1 + ratio * ratio);
}

} // namespace tonewright::dsp
