#pragma once

#include "tone/ParameterSet.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace tonewright
{

/// A quality of a tone that the audition can measure.
enum class Quality : std::uint8_t
{
    brightness, ///< ERB
    lows,       ///< dB, energy below 250 Hz against all
    lowMids,    ///< dB, 200 to 500 Hz
    mids,       ///< dB, 400 Hz to 1.6 kHz against what lies on both sides; negative is scooped
    presence,   ///< dB, 2 to 5 kHz
    top,        ///< dB, above 5 kHz
    width,      ///< 1 - correlation of left and right
    level,      ///< LU
    distortion  ///< class: 0 clean, 0.3 edge of breakup, 0.5 crunch, 0.8 high gain, 1 extreme
};
inline constexpr std::size_t qualityCount = static_cast<std::size_t>(Quality::distortion) + 1;

struct QualityInfo
{
    std::string_view more; ///< "brighter"
    std::string_view less;
    double step; ///< what is just worth a correction, in the quality's unit
};

/// [any] The names of a quality's directions.
const QualityInfo& infoOf(Quality quality) noexcept;

/// One value a quality.
using Qualities = std::array<double, qualityCount>;

/// What the audition plays: three ways to play a guitar.
enum class ReferenceRiff : std::uint8_t
{
    chords,
    palmMutes,
    lead
};
inline constexpr std::size_t referenceRiffCount = static_cast<std::size_t>(ReferenceRiff::lead) + 1;

/// What a tone sounds like on each of them.
using RiffQualities = std::array<Qualities, referenceRiffCount>;

/// What the words let one expect of a quality: at least and at most so much, or so much more or less than the
/// reference.
struct Promise
{
    Quality quality{};
    bool isRelative = true;
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();

    /// [any] How far the quality would have to move: above 0 upwards, below 0 downwards, 0 where the promise
    /// is kept.
    double shortfall(const Qualities& heard, const Qualities& reference) const noexcept;

    /// [any] More or less than the reference it shall be however the guitar is played, but for lows on a lead
    /// line, which has none. So much by itself it is on the chords, by which all such figures are calibrated;
    /// width and level are compared there, too, and distortion on a sine.
    bool isJudgedOn(ReferenceRiff riff) const noexcept;
};

/// What a generator's words promise about a preset's sound: what the audition listens for.
struct ToneExpectation
{
    std::vector<Promise> promises;
    ParameterSet reference; ///< what relative promises compare with: the tone before an edit, or the new tone
                            ///< with flat tone controls
    std::vector<ParameterIndex> given; ///< set by the words themselves: the audition leaves them alone
    bool isEdit = false;               ///< what no promise speaks of stays as it is, output.level included
};

/// [any] What the words promise, and what the generator that read them otherwise than the embedded one means.
/// Whether it is an edit is the generator's decision. Of one quality only the words' promise counts; where
/// they take for an edit what the generator took for a new tone (or the reverse), promises against a tone
/// that is not the reference are left out.
ToneExpectation merged(ToneExpectation words, const ToneExpectation& meant);

} // namespace tonewright
