#pragma once

#include "dsp/Riff.h"

#include <deque>
#include <optional>
#include <string>

namespace tonewright::plugin
{

/// Where the hardest playing should peak as it enters the chain, in dBFS: the level of the reference riffs,
/// by which amplifiers and presets were voiced.
inline constexpr float referencePeak = dsp::riffPeakDecibels;

/// What the level of the playing calls for.
struct InputAdvice
{
    enum class Kind
    {
        unknown, ///< nobody played
        low,
        good,
        hot,
        clipping ///< the interface's converter was overloaded
    };
    Kind kind = Kind::unknown;
    float decibels = 0; ///< how much to raise (positive) or lower the level

    /// One sentence that says what to do.
    std::string sentence() const;
    /// The same in a word, for the meter.
    std::string word() const;
    bool operator==(const InputAdvice&) const = default;
};

/// Judges the playing of the last seconds by its peaks. Not thread-safe. [message]
class InputAdvisor
{
public:
    /// The input's highest peak in dBFS during the last `seconds`, before the trim, and the trim in dB.
    void add(float peak, float trim, double seconds);

    InputAdvice advice() const;

private:
    struct Slot
    {
        double seconds = 0;
        float peak = -200;
    };
    std::deque<Slot> slots; ///< the newest last
    float presentTrim = 0;
};

/// Finds the input trim that brings hard strumming to the reference level. Not thread-safe. [message]
class InputCalibration
{
public:
    enum class State
    {
        idle,
        waiting, ///< for the first strum
        listening,
        done,
        failed
    };

    static constexpr double listeningSeconds = 5;
    static constexpr double waitingSeconds = 10;

    /// Begins to wait for a strum.
    void start();
    void stop() { present = State::idle; }

    /// The input's highest peak in dBFS during the last `seconds`, before the trim.
    void add(float peak, double seconds);

    State state() const noexcept { return present; }
    /// 0 to 1, of the listening.
    double progress() const noexcept;
    /// The trim in dB, legal and to a tenth, once done.
    float trim() const noexcept { return foundTrim; }
    /// How hard the strumming was, in dBFS, once done.
    float strummedPeak() const noexcept { return foundPeak; }
    /// One sentence of what went wrong, once failed.
    const std::string& problem() const noexcept { return text; }

private:
    void finish();
    void fail(std::string sentence);

    State present = State::idle;
    double passed = 0;       ///< seconds in this state
    std::deque<float> peaks; ///< one for every half second
    float foundTrim = 0;
    float foundPeak = 0;
    std::string text;
};

} // namespace tonewright::plugin
