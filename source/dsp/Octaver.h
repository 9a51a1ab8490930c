#pragma once

#include "dsp/CoarseHistory.h"
#include "dsp/ControlRate.h"
#include "dsp/Filters.h"
#include "dsp/InputHistory.h"
#include "dsp/Smoother.h"

#include <array>

namespace tonewright::dsp
{

/// An octave below a single note, without delay, the way analogue octavers make it: the note's fundamental is
/// filtered out and its polarity turned over once a period, at a zero crossing, so that it repeats itself
/// only every second period. The fundamental is found by the autocorrelation of the last 20 ms and followed
/// by a band-pass. Where no period is found (chords, noise) the voice fades away. All [audio] but for
/// prepare().
class Octaver
{
public:
    /// [setup] Allocates and resets.
    void prepare(double sampleRate);
    void reset() noexcept;

    /// After reset(): knows the note that is being played.
    void recall(const InputHistory& past, float gain) noexcept;

    /// The voice below a sample of the guitar.
    float process(float sample) noexcept;

private:
    void findPeriod() noexcept;
    int searchFrames() const noexcept;
    void follow() noexcept;

    double sampleRate = 48000;
    CoarseHistory coarse;
    StateVariable fundamental;
    StateVariable belowHarmonics;
    std::array<OnePole, 2> emphasis; ///< of the fundamental, before the period is looked for
    OnePole softener;                ///< takes the edge off the corners at the turns
    OnePole secondSoftener;
    GainRamp makeUp; ///< so that the voice is as loud as the guitar, however weak its fundamental
    float levelStep = 1;
    float guitarPower = 0;
    float fundamentalPower = 0;
    Smoother presence;     ///< 1 while there is a period
    float frequency = 110; ///< Hz, of the guitar's note
    float followed = 110;  ///< the same, on its way
    float polarity = 1;
    float previous = 0;   ///< of the fundamental
    bool isArmed = false; ///< it has been below zero since the last turn
    int untilSearch = 0;
    int untilFollow = 0;
};

} // namespace tonewright::dsp
