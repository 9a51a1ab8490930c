#include "plugin/DryFade.h"

namespace tonewright::plugin
{

void DryFade::mix(const float* inputLeft, const float* inputRight, float* outputLeft, float* outputRight,
                  int frames) noexcept
{
    for (int frame = 0; frame < frames; ++frame)
    {
        const float share = dry.next();
        outputLeft[frame] += share * (inputLeft[frame] - outputLeft[frame]);
        outputRight[frame] += share * (inputRight[frame] - outputRight[frame]);
    }
}

} // namespace tonewright::plugin
