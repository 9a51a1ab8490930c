#include "plugin/DryFade.h"

#include <algorithm>

namespace tonewright::plugin
{
namespace
{
constexpr double fadeSeconds = 0.010;
} // namespace

void DryFade::prepare(double sampleRate, bool isBypassed) noexcept
{
    setBypassed(isBypassed);
    dry = target;
    step = static_cast<float>(1.0 / std::max(1.0, fadeSeconds * sampleRate));
}

void DryFade::mix(const float* inputLeft, const float* inputRight, float* outputLeft, float* outputRight,
                  int frames) noexcept
{
    for (int frame = 0; frame < frames; ++frame)
    {
        dry = dry < target ? std::min(target, dry + step) : std::max(target, dry - step);
        outputLeft[frame] += dry * (inputLeft[frame] - outputLeft[frame]);
        outputRight[frame] += dry * (inputRight[frame] - outputRight[frame]);
    }
}

} // namespace tonewright::plugin
