#pragma once

#include "dsp/Riff.h"

#include <vector>

namespace tonewright::dsp
{

/// One plucked note on one string of a guitar in standard tuning.
struct RiffNote
{
    double start = 0;     ///< seconds
    double stop = 0;      ///< seconds; the hand damps the string here, unless another note came before
    int string = 0;       ///< 0 is the low E, 5 the high one
    int fret = 0;         ///< 0 is the open string
    float velocity = 1;   ///< 0 to 1
    bool isMuted = false; ///< with the palm at the bridge
    float bend = 0;       ///< semitones the finger pushes the string up after the attack
    float vibrato = 0;    ///< cents to either side, once the note stands
};

/// A riff ready to be played: notes by time, and how the guitar is played.
struct RiffScore
{
    std::vector<RiffNote> notes;
    double pickPosition =
        0.13; ///< where the pick strikes the open string, as a part of its length from the bridge
    double pickupPosition = 0.2; ///< where the pickup sits, likewise
    double sustainSeconds = 7;   ///< T60 of the low E's fundamental
};

/// [worker] The notes of a style within `seconds`: a loop of a few bars at a steady tempo, a last chord or
/// note near the end, and the strings damped before it, so that what rings on afterwards is the amplifier's.
/// Timing and velocity vary a little, as a hand does, from a fixed seed.
RiffScore composeRiff(RiffStyle style, double seconds);

} // namespace tonewright::dsp
