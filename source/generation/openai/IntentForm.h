#pragma once

#include "generation/offline/ToneIntent.h"

#include <array>
#include <span>
#include <string_view>

/// The intent in a language model's answer: offline::ToneIntent in a form small models can fill.
///
///     {"gain": "crunch", "moreGain": 0, "brightness": 0.4, ..., "compression": -1, "amp": "unsaid",
///      "reverb": {"type": "plate", "amount": 0.4, "decay": 1.8}, "delay": {"type": "none", ...}, "drive":
///      null}
///
/// Unsaid is 0, "unsaid" or null; unwanted is -1 or the type "none". This table says what the schema holds
/// and the model is told (IntentSchema.h), and what is read (IntentReader.h).
namespace tonewright::form
{
using offline::Axis;

enum class Kind
{
    gainClass, ///< one of gainWords
    shade,     ///< -1 to 1: less or more
    amount,    ///< -1 unwanted, 0 unsaid, else how much
    pick,      ///< one of the axis's choices
    type,      ///< the same, or "none"; first part of an effect
    share,     ///< 0 unsaid, to 1; part of an effect
    quantity   ///< 0 unsaid, else in its unit; part of an effect
};

struct Member
{
    std::string_view name;
    Kind kind;
    Axis axis;
    std::string_view meaning;
};

inline constexpr std::string_view unsaid = "unsaid";
inline constexpr std::string_view none = "none";

/// By class of distortion, the middle of what each word covers (Axis::gain).
struct GainWord
{
    std::string_view word;
    double value;
};
inline constexpr std::array<GainWord, 6> gainWords{{{"clean", 0.1},
                                                    {"edge_of_breakup", 0.32},
                                                    {"crunch", 0.5},
                                                    {"overdriven", 0.65},
                                                    {"high_gain", 0.82},
                                                    {"extreme", 0.97}}};

inline constexpr std::array members{
    Member{"gain", Kind::gainClass, Axis::gain,
           "class of distortion; for an edit leave it unsaid and use moreGain"},
    Member{"moreGain", Kind::shade, Axis::gain, "change of the present gain; a bit is 0.2"},
    Member{"brightness", Kind::shade, Axis::brightness, "dark to bright"},
    Member{"lows", Kind::shade, Axis::lows, "thin to fat, below 200 Hz"},
    Member{"lowMids", Kind::shade, Axis::lowMids, "without mud to full body, 200 to 500 Hz"},
    Member{"mids", Kind::shade, Axis::mids, "scooped to forward, 500 Hz to 1.5 kHz"},
    Member{"presence", Kind::shade, Axis::presence, "soft to biting, 2 to 5 kHz"},
    Member{"top", Kind::shade, Axis::top, "smooth, no fizz to airy, above 5 kHz"},
    Member{"tightness", Kind::shade, Axis::tightness, "loose, saggy to tight"},
    Member{"attack", Kind::shade, Axis::attack, "soft to percussive pick; little or much dynamics"},
    Member{"level", Kind::shade, Axis::level, "softer to louder, for edits"},
    Member{"width", Kind::shade, Axis::width, "narrow to wide"},
    Member{"compression", Kind::amount, Axis::compression, "a compressor"},
    Member{"gate", Kind::amount, Axis::gate, "a noise gate"},
    Member{"boost", Kind::amount, Axis::boost, "a boost pedal"},
    Member{"doubler", Kind::amount, Axis::doubler, "double tracking"},
    Member{"amp", Kind::pick, Axis::amp, ""},
    Member{"cabinet", Kind::pick, Axis::cabinet, ""},
};

struct Effect
{
    std::string_view name;
    Axis axis; ///< its amount
    std::span<const Member> parts;
};

inline constexpr std::array drive{Member{"type", Kind::type, Axis::driveType, ""},
                                  Member{"amount", Kind::share, Axis::drive, ""}};
inline constexpr std::array pitch{Member{"type", Kind::type, Axis::pitchInterval, ""},
                                  Member{"amount", Kind::share, Axis::pitch, ""}};
inline constexpr std::array wah{Member{"type", Kind::type, Axis::wahType, ""},
                                Member{"amount", Kind::share, Axis::wah, ""}};
inline constexpr std::array modulation{Member{"type", Kind::type, Axis::modulationType, ""},
                                       Member{"amount", Kind::share, Axis::modulation, ""},
                                       Member{"rate", Kind::quantity, Axis::modulationRate, "Hz"}};
inline constexpr std::array tremolo{Member{"type", Kind::type, Axis::tremoloType, ""},
                                    Member{"amount", Kind::share, Axis::tremolo, ""},
                                    Member{"rate", Kind::quantity, Axis::tremoloRate, "Hz"}};
inline constexpr std::array delay{
    Member{"type", Kind::type, Axis::delayType, ""}, Member{"amount", Kind::share, Axis::delay, ""},
    Member{"time", Kind::quantity, Axis::delayTime, "ms"}, Member{"note", Kind::pick, Axis::delayNote, ""},
    Member{"repeats", Kind::share, Axis::delayRepeats, ""}};
inline constexpr std::array reverb{Member{"type", Kind::type, Axis::reverbType, ""},
                                   Member{"amount", Kind::share, Axis::reverb, ""},
                                   Member{"decay", Kind::quantity, Axis::reverbDecay, "s"}};

inline constexpr std::array effects{
    Effect{"drive", Axis::drive, drive},
    Effect{"pitch", Axis::pitch, pitch},
    Effect{"wah", Axis::wah, wah},
    Effect{"modulation", Axis::modulation, modulation},
    Effect{"tremolo", Axis::tremolo, tremolo},
    Effect{"delay", Axis::delay, delay},
    Effect{"reverb", Axis::reverb, reverb},
};

/// [any] Whether a member is said in one of a list of words.
constexpr bool isWord(Kind kind)
{
    return kind == Kind::gainClass || kind == Kind::pick || kind == Kind::type;
}

} // namespace tonewright::form
