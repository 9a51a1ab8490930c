#pragma once

#include "SpacePlayer.h"
#include "dsp/PresetCrossfader.h"

namespace tonewright::dsp::test
{

/// What PresetCrossfader gives its chains of this input.
inline Signal withoutOffset(Signal input, double sampleRate)
{
    DcBlocker blocker;
    blocker.prepare(sampleRate, PresetCrossfader::offsetCorner);
    for (auto& sample : input)
        sample = blocker.process(sample);
    return input;
}

} // namespace tonewright::dsp::test
