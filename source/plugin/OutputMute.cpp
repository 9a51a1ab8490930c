#include "plugin/OutputMute.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::plugin
{

void OutputMute::apply(float* left, float* right, int frames) noexcept
{
    int frame = 0;
    for (; frame < frames && !sound.restsAt(false) && !sound.restsAt(true); ++frame)
    {
        const float gain = 0.5f - 0.5f * std::cos(std::numbers::pi_v<float> * sound.next());
        left[frame] *= gain;
        right[frame] *= gain;
    }
    if (sound.restsAt(false))
    {
        std::fill(left + frame, left + frames, 0.0f);
        std::fill(right + frame, right + frames, 0.0f);
    }
}

} // namespace tonewright::plugin
