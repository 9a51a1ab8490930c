#pragma once

#include <string>

namespace tonewright::dsp
{

inline constexpr double standardReference = 440; ///< Hz, the A above middle C (ISO 16)
inline constexpr double lowestReference = 430;
inline constexpr double highestReference = 450;

/// A key of the equal-tempered keyboard and how far a frequency is from it.
struct Note
{
    int number = 69;  ///< as MIDI counts: A4 is 69
    double cents = 0; ///< -50 to 50; positive is sharp

    /// [any] "C", "C#" ... "B".
    std::string name() const;
    /// [any] Scientific: middle C begins octave 4.
    int octave() const;
};

/// [any] The key nearest to `frequency` (in Hz, above 0) where A4 is `reference` Hz.
Note nearestNote(double frequency, double reference);

} // namespace tonewright::dsp
