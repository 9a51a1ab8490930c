#pragma once

#include "tone/ParameterTable.h"
#include "tone/StageId.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright::offline
{

/// What can be said about a tone. The names are also the keys of a "tone" in resources/knowledge.
enum class Axis : std::uint8_t
{
    gain, ///< distortion class: 0 clean, .3 edge of breakup, .5 crunch, .65 overdriven, .8 high gain, 1
          ///< extreme
    brightness,
    lows,      ///< below 200 Hz, after the distortion
    lowMids,   ///< 200 to 500 Hz: body, mud, box
    mids,      ///< 500 Hz to 1.5 kHz; negative is scooped
    presence,  ///< 2 to 5 kHz: bite
    top,       ///< above 5 kHz: air or fizz
    tightness, ///< fewer lows before the distortion, less sag
    attack,    ///< positive lets the pick through, negative softens it
    level,
    width,
    compression,
    gate,
    pitch,
    wah,
    boost,
    drive,
    modulation,
    tremolo,
    delay,
    reverb,
    doubler,
    wahPosition, ///< of a pedal left standing: 0 heel, 1 toe
    reverbDecay,
    reverbPredelay,
    reverbTone,
    delayTime,
    delayRepeats,
    delayTone,
    modulationRate,
    modulationDepth,
    tremoloRate,
    tremoloDepth,
    tempo,
    distance, ///< of the microphone
    amp,
    cabinet,
    microphone,
    pitchType,
    pitchInterval,
    wahType,
    compressorType,
    boostType,
    driveType,
    modulationType,
    tremoloType,
    delayType,
    delayNote,
    tremoloNote,
    reverbType
};
inline constexpr std::size_t axisCount = static_cast<std::size_t>(Axis::reverbType) + 1;

/// What a second voice may play, and the semitones of each. "detune" is a few cents: the guitar, thickened.
inline constexpr std::array<std::string_view, 9> pitchIntervals{
    "two_octaves_down", "octave_down", "fourth_down", "detune",        "third_up",
    "fourth_up",        "fifth_up",    "octave_up",   "two_octaves_up"};
inline constexpr std::array<double, pitchIntervals.size()> pitchIntervalSemitones{-24, -12, -5, 0, 4,
                                                                                  5,   7,   12, 24};
inline constexpr std::size_t detuneInterval = 3;

/// How values on an axis combine.
enum class AxisKind : std::uint8_t
{
    tilt,     ///< -1 to 1 around neutral; everything said adds up, with saturation
    amount,   ///< 0 (none) to 1; the strongest rank decides
    quantity, ///< in a unit, heard in octaves; the strongest rank decides, offsets are octaves
    choice    ///< an index into `choices`; the strongest rank decides, the first said wins
};

struct AxisInfo
{
    std::string_view name;
    AxisKind kind;
    double minimum;
    double maximum;
    double usual; ///< where "more" and "less" start when nothing else was said
    std::span<const std::string_view> choices;
};

/// [any] The line of an axis.
const AxisInfo& infoOf(Axis axis) noexcept;

/// [any] The axis of that name, if there is one.
std::optional<Axis> findAxis(std::string_view name) noexcept;

/// [any] The stage that an axis switches on and off (Axis::delay -> delay), if it does.
std::optional<StageId> stageOf(Axis axis) noexcept;

/// [any] The amount axis of a stage (delay -> Axis::delay), if it has one.
std::optional<Axis> amountAxisOf(StageId stage) noexcept;

/// Who speaks louder.
enum class Rank : std::uint8_t
{
    nobody,
    descriptor,
    genre,
    artist,
    song,
    negation,
    spoken ///< said in so many words: "clean", "with chorus", "delay 350 ms"
};

/// What was said about one axis. Unsaid: no target, no offset.
struct Wish
{
    std::optional<double> target; ///< what it shall be; a choice's index
    double offset = 0;            ///< how much more (+) or less (-): axis units, octaves for quantities
    bool isUnwanted = false;      ///< "no reverb"
    bool isMentionOnly = false;   ///< named without an amount: an edit leaves the amount of what is on alone
    Rank rank = Rank::nobody;     ///< of the target
    std::string reason;           ///< the words it comes from
    bool isRestored = false;      ///< an effect that comes back as it was
    bool isAtMost = false;        ///< "not much of it": an edit adds none to what is there
    double added = 0;             ///< "add a bit of it": so much more where an edit finds as much already

    bool isSaid() const noexcept { return target.has_value() || offset != 0; }
};

/// How a number meets the value that is there.
enum class Change : std::uint8_t
{
    to,    ///< "gain at 7"
    by,    ///< "+3 dB", "down 2": in the parameter's unit
    times, ///< "-6 dB" of a mix in per cent, "20 % longer"
    turn   ///< a part of the knob's whole travel
};

/// A parameter named with its value: "gain at 7".
struct ParameterWish
{
    ParameterIndex parameter{};
    float value = 0; ///< may be out of range: the mapper clamps
    Change change = Change::to;
    bool isAnyStage = false; ///< "mix" alone: of the effect that is on
    std::string reason;
};

/// "Cut 3 dB at 2 kHz".
struct BandWish
{
    double frequency = 0;  ///< Hz
    double decibels = 0;   ///< more or less than what is
    int shelf = 0;         ///< -1: all below it ("high pass at 80 Hz"), 1: all above it
    bool isFilter = false; ///< takes away as many decibels and no more if said twice; above 0 it opens
    std::string reason;
};

enum class Side : std::uint8_t
{
    before,
    after,
    other ///< than it is on
};

/// "The delay before the amp".
struct Placement
{
    StageId stage{};
    StageId anchor{};
    Side side{};
    bool isIfBothOn = false; ///< "swap the delay with the reverb": else one takes the other's place
};

/// What a prompt asks for, in human units; the step between words and parameters. The mapper turns it into a
/// preset.
struct ToneIntent
{
    std::array<Wish, axisCount> wishes;
    std::vector<ParameterWish> parameters;
    std::vector<BandWish> bands;
    std::vector<Placement> placements;
    std::vector<ParameterIndex> exchanges;  ///< "a different amp"
    std::vector<ParameterIndex> held;       ///< "keep the gain": these stay, whatever else is asked for
    std::vector<std::string> kept;          ///< what was named to stay, or described as it is
    std::vector<std::string> conflicts;     ///< one phrase each, for the explanation
    std::vector<std::string> notUnderstood; ///< words of the prompt
    std::vector<std::string> corrections;   ///< "metalica" read as "metallica"
    std::vector<std::string> tags;
    double again = 0;         ///< the last change once more, by this share; negative takes it back in part
    double understood = 0;    ///< part of the prompt's words that meant something, 0 to 1
    bool asksForUndo = false; ///< "undo that", "go back"
    bool isEdit = false;      ///< change the current preset instead of making a new one
    bool wasCut = false;      ///< the prompt was longer than what is read

    Wish& operator[](Axis axis) noexcept { return wishes[static_cast<std::size_t>(axis)]; }
    const Wish& operator[](Axis axis) const noexcept { return wishes[static_cast<std::size_t>(axis)]; }

    /// [any] Target and offset together, inside the axis's range; `base` where no target was said.
    double valueOr(Axis axis, double base) const noexcept;
    double value(Axis axis) const noexcept { return valueOr(axis, infoOf(axis).usual); }
};

/// One thing said about one axis.
struct Contribution
{
    Axis axis{};
    double value = 0;
    bool isOffset = false;
    bool isUnwanted = false;
    bool isMentionOnly = false;
    Rank rank = Rank::descriptor;
    std::string reason;
    bool isRestored = false;
    bool isAtMost = false;
    bool isOfEra = false;   ///< a decade's custom
    double added = 0;       ///< where there is as much already: so much more
    bool isGeneral = false; ///< said of all effects at once: one named besides is no contradiction
};

/// [any] Combines what was said: the higher rank decides, equals meet in the middle (and are named as a
/// conflict when they are far apart), tilts and offsets add up.
void combine(const std::vector<Contribution>& contributions, ToneIntent& intent);

} // namespace tonewright::offline
