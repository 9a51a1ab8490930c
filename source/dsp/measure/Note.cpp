#include "dsp/measure/Note.h"

#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr int a4 = 69;
constexpr int keysInOctave = 12;
constexpr std::array<const char*, keysInOctave> names{"C",  "C#", "D",  "D#", "E",  "F",
                                                      "F#", "G",  "G#", "A",  "A#", "B"};
} // namespace

std::string Note::name() const
{
    return names[static_cast<std::size_t>((number % keysInOctave + keysInOctave) % keysInOctave)];
}

int Note::octave() const
{
    return static_cast<int>(std::floor(static_cast<double>(number) / keysInOctave)) - 1;
}

Note nearestNote(double frequency, double reference)
{
    const double keys = a4 + keysInOctave * std::log2(frequency / reference);
    const double nearest = std::round(keys);
    return {static_cast<int>(nearest), 100 * (keys - nearest)};
}

} // namespace tonewright::dsp
