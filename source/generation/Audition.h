#pragma once

#include "generation/Cancellation.h"
#include "tone/Preset.h"

namespace tonewright
{

/// What a preset sounded like before anybody heard it.
struct AuditionReport
{
    double loudness = 0;        ///< LUFS of the reference riff after the correction
    double levelCorrection = 0; ///< dB added to output.level
    bool isSound = true; ///< false: something not finite or silent came out; the preset is then untouched
};

/// [worker] Renders the preset with a short built-in riff, and sets output.level so that every preset plays
/// at the same loudness (-18 LUFS, true peak below -2 dBTP). Deterministic; no state is kept. When cancelled
/// it returns within milliseconds and leaves the preset untouched.
AuditionReport audition(Preset& preset, const Cancellation& cancellation = {});

} // namespace tonewright
