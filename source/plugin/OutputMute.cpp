#include "plugin/OutputMute.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::plugin
{
namespace
{
constexpr double fadeSeconds = 0.020;
} // namespace

void OutputMute::prepare(double sampleRate, bool isMuted) noexcept
{
    setMuted(isMuted);
    place = target;
    step = static_cast<float>(1.0 / std::max(1.0, fadeSeconds * sampleRate));
}

void OutputMute::apply(float* left, float* right, int frames) noexcept
{
    int frame = 0;
    for (; frame < frames && place != target; ++frame)
    {
        place = place < target ? std::min(target, place + step) : std::max(target, place - step);
        const float gain = 0.5f - 0.5f * std::cos(std::numbers::pi_v<float> * place);
        left[frame] *= gain;
        right[frame] *= gain;
    }
    if (target == 0.0f)
    {
        std::fill(left + frame, left + frames, 0.0f);
        std::fill(right + frame, right + frames, 0.0f);
    }
}

} // namespace tonewright::plugin
