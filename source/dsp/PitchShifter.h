#pragma once

#include "dsp/CoarseHistory.h"
#include "dsp/DelayLine.h"
#include "dsp/Filters.h"
#include "dsp/InputHistory.h"

#include <array>
#include <span>

namespace tonewright::dsp
{

/// Shifts pitch by reading a delay line faster or slower than it is written. Where the reading point would
/// run out of line, it moves by a stretch after which the signal is most like itself (normalised correlation,
/// first at 6 kHz, then around the best place at the full rate), and the two readings are crossfaded by how
/// alike they are: single notes pass without a seam, chords with a slight one. Both channels move together,
/// so that the image stays. The voice is late by 5 to 40 ms, an octave by 16 on average. All [audio] but for
/// prepare().
class PitchShifter
{
public:
    /// [setup] Allocates and resets.
    void prepare(double sampleRate);
    void reset() noexcept;

    /// After reset() and setRatio(): the line holds what it would, had it been written all along, as far back
    /// as is read of it.
    void recall(const InputHistory& past, float gain) noexcept;

    /// Speed of reading: 2 is an octave up. Between 0.2 and 4.5; ramps belong to the caller.
    void setRatio(float newRatio) noexcept;

    /// One sample of `active` channels; the voice replaces it.
    void process(std::array<float, 2>& frame, std::size_t active) noexcept;

private:
    struct Match
    {
        float distance; ///< samples
        float likeness; ///< -1 to 1
    };

    bool mustMove() const noexcept;
    void startMove() noexcept;
    Match bestMatch(float shortest, float longest) const noexcept;
    Match coarseMatch(float shortest, float longest) const noexcept;
    float refined(float distance) const noexcept;
    void compare(int first, std::span<float> likeness) const noexcept;
    float samples(double seconds) const noexcept;
    double reachSeconds() const noexcept;
    float landing() const noexcept;
    void setFilters() noexcept;

    double sampleRate = 48000;
    float ratio = 1;
    float filteredRatio = 0; ///< for which the filters were set
    float delay = 0;         ///< of the reading point
    float oldDelay = 0;      ///< of the one it comes from, while fading
    float fade = 1;          ///< 0 to 1: the move is done
    float fadeStep = 0;
    float fadeLikeness = 0;
    bool isMono = true;
    std::array<DelayLine, 2> lines;
    std::array<std::array<StateVariable, 3>, 2> filters; ///< against aliasing when reading fast
    CoarseHistory coarse;
};

} // namespace tonewright::dsp
