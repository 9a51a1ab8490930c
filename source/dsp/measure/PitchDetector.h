#pragma once

#include "dsp/measure/Decimator.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace tonewright::dsp
{

class NormalisedDifference;

/// The pitch of a single string.
struct Pitch
{
    double frequency = 0; ///< Hz, of the string's first partial
    double clarity = 0;   ///< 0 to 1, how periodic the sound is
};

/// Finds the pitch of one plucked string from B0 (30.9 Hz) to E6 (1319 Hz), a little beyond on both sides,
/// and says nothing where there is none: silence, noise, chords, the first moments of a note.
///
/// The period comes from the normalised square difference function (McLeod and Wyvill 2005) of the last
/// 110 ms. The frequency of every partial then comes from how far its phase turns between two windows, and
/// the pitch from the line f_k = k (a + b k^2) through them, which follows a stiff string's stretched
/// partials (Fletcher and Rossing, "The Physics of Musical Instruments"). The windows hold 8 periods, 90 ms
/// at least: a guitar's note is read 125 ms after its attack, a bass's low B after 330 ms.
///
/// Not thread-safe; [any] but audio: it allocates.
class PitchDetector
{
public:
    /// `sampleRate` 8,000 to 384,000 Hz.
    explicit PitchDetector(double sampleRate);
    ~PitchDetector();
    PitchDetector(PitchDetector&&) noexcept;
    PitchDetector& operator=(PitchDetector&&) noexcept;

    /// The next samples, finite, full scale 1.0.
    void add(std::span<const float> samples);

    /// The pitch of what was added last; below 2 ms of work, whatever the rate.
    std::optional<Pitch> detect();

    /// Forgets what was added.
    void reset();

private:
    Decimator decimator;
    std::vector<float> history; ///< the last samples at the decimator's rate
    std::size_t wanted;         ///< samples that the longest analysis needs
    std::unique_ptr<NormalisedDifference> difference;
};

} // namespace tonewright::dsp
