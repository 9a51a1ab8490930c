#pragma once

#include "generation/Cancellation.h"
#include "generation/ToneExpectation.h"
#include "tone/Preset.h"

#include <string>
#include <vector>

namespace tonewright
{

/// What a preset sounded like before anybody heard it.
struct AuditionReport
{
    double loudness = 0;        ///< LUFS of the reference riff after the corrections
    double levelCorrection = 0; ///< dB added to output.level
    bool isSound = true; ///< false: something not finite, silent, off centre or growing came out; the preset
                         ///< is then untouched
    std::vector<std::string>
        notes{}; ///< what was moved to keep the promises: "Equaliser high gain from 0.0 dB to 3.0 dB"
    double missingBefore =
        0; ///< how far the promises were from being kept, in steps (ToneCorrection.h); 0 kept
    double missingAfter = 0;
};

/// [worker] Listens to a preset with short built-in riffs (chords, palm mutes, a lead line), through the very
/// chain that will play it. Where the measurement disagrees with what the words promised, the parameters that
/// carry it are moved once, and kept when that helped. A new tone is then set to -18 LUFS (true peak below
/// -2 dBTP) by output.level, measured on the chords, so that every preset plays at the same loudness; the
/// picks of the other riffs may reach 4.5 dB into the limiter. An edit keeps its level, unless it became so
/// much louder without having been asked to that it would jump out of the speakers. Deterministic; no state
/// is kept. When cancelled it returns within milliseconds and leaves the preset untouched.
AuditionReport audition(Preset& preset, const ToneExpectation& expectation = {},
                        const Cancellation& cancellation = {});

} // namespace tonewright
