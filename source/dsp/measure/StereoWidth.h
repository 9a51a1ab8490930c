#pragma once

#include <span>
#include <vector>

namespace tonewright::dsp
{

/// [worker] 1 - correlation of left and right: 0 is mono, 1 two strangers, 2 opposites. 0 for one channel and
/// for silence.
double stereoWidth(std::span<const std::vector<float>> channels);

} // namespace tonewright::dsp
