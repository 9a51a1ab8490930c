#pragma once

#include "dsp/measure/Note.h"
#include "dsp/measure/PitchDetector.h"

#include <deque>
#include <optional>

namespace tonewright::plugin
{

/// What a tuner shows.
struct TunerReading
{
    bool isSounding = false; ///< false: the note is the last one heard
    dsp::Note note;
    double frequency = 0; ///< Hz

    /// Near enough that no ear hears a beat.
    bool isInTune() const noexcept { return note.cents > -inTuneCents && note.cents < inTuneCents; }
    static constexpr double inTuneCents = 1.5;
};

/// Makes a needle that can be read of one pitch after the other: the middle one of the last few, afresh with
/// every new note, held for a moment after the string has died away. Not thread-safe. [any] but audio.
class TunerFollower
{
public:
    /// What was heard `seconds` after the last call.
    void add(const std::optional<dsp::Pitch>& pitch, double seconds);

    /// The present reading; nothing when nothing was heard for two seconds.
    std::optional<TunerReading> reading(double referenceOfA) const;

    /// Forgets what was heard.
    void reset();

private:
    std::deque<double> recent; ///< Hz, of one note
    double silentFor = 0;      ///< seconds
};

} // namespace tonewright::plugin
