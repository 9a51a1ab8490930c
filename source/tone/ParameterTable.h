#pragma once

#include "tone/Choices.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tonewright
{

/// What a parameter's number means: a quantity in `unit`, off/on (0/1), or an index into `choices`.
enum class ParameterType : std::uint8_t
{
    number,
    toggle,
    choice
};

/// How a knob spreads its range: evenly, or evenly in octaves (for times and frequencies; the minimum is then
/// above 0).
enum class Taper : std::uint8_t
{
    linear,
    logarithmic
};

/// One knob or switch. `number`: any value from minimum to maximum; `toggle`: 0 or 1; `choice`: 0 to
/// choices.size() - 1.
struct ParameterInfo
{
    std::string_view id;   ///< `stage.name`, stable for ever
    std::string_view name; ///< for labels
    std::string_view
        unit; ///< "dB", "ms", "s", "Hz", "%", "cm", or "" (an amp knob from 0 to 10, a toggle, a choice)
    ParameterType type;
    float minimum;
    float maximum;
    float defaultValue;
    Taper taper;
    std::span<const std::string_view> choices;
    std::string_view description; ///< what a player hears; shown as a tool tip and told to the language model

    constexpr std::string_view stage() const noexcept { return id.substr(0, id.find('.')); }
};

namespace table
{
constexpr ParameterInfo number(std::string_view id, std::string_view name, std::string_view unit,
                               float minimum, float maximum, float defaultValue, std::string_view description,
                               Taper taper = Taper::linear)
{
    return {id, name, unit, ParameterType::number, minimum, maximum, defaultValue, taper, {}, description};
}
constexpr ParameterInfo knob(std::string_view id, std::string_view name, float defaultValue,
                             std::string_view description)
{
    return number(id, name, "", 0, 10, defaultValue, description);
}
constexpr ParameterInfo percent(std::string_view id, std::string_view name, float defaultValue,
                                std::string_view description)
{
    return number(id, name, "%", 0, 100, defaultValue, description);
}
constexpr ParameterInfo logarithmic(std::string_view id, std::string_view name, std::string_view unit,
                                    float minimum, float maximum, float defaultValue,
                                    std::string_view description)
{
    return number(id, name, unit, minimum, maximum, defaultValue, description, Taper::logarithmic);
}
constexpr ParameterInfo toggle(std::string_view id, std::string_view name, bool on,
                               std::string_view description)
{
    return {id, name, "", ParameterType::toggle, 0, 1, on ? 1.0f : 0.0f, Taper::linear, {}, description};
}
template <typename Enum>
constexpr ParameterInfo choice(std::string_view id, std::string_view name,
                               std::span<const std::string_view> choices, Enum defaultChoice,
                               std::string_view description)
{
    return {id,
            name,
            "",
            ParameterType::choice,
            0,
            static_cast<float>(choices.size() - 1),
            static_cast<float>(defaultChoice),
            Taper::linear,
            choices,
            description};
}
} // namespace table

// clang-format off
/// The single source of truth: host parameters, JSON and its schema, validation, the language model's prompt, labels, units
/// and `tonewright params` are derived from it. Adding a knob is one line here, plus its sound. Grouped by stage; append
/// within a stage (hosts find parameters by id, not by position).
inline constexpr std::array parameterTable{
    table::number("input.trim", "Input trim", "dB", -24, 24, 0, "Level of the guitar before everything"),

    table::toggle("gate.enabled", "Gate", false, "Silences hum between notes"),
    table::number("gate.threshold", "Threshold", "dB", -90, -20, -60, "Level below which the gate closes"),
    table::logarithmic("gate.release", "Release", "ms", 5, 1000, 80, "How gently the gate closes"),

    table::toggle("compressor.enabled", "Compressor", false, "Evens out the level"),
    table::choice("compressor.type", "Type", compressorTypes, CompressorType::vca, "vca: fast and firm; optical: slow and gentle"),
    table::number("compressor.threshold", "Threshold", "dB", -60, 0, -24, "Level above which it compresses"),
    table::logarithmic("compressor.ratio", "Ratio", "", 1, 20, 3, "How strongly it compresses"),
    table::logarithmic("compressor.attack", "Attack", "ms", 0.1f, 200, 10, "Longer lets the pick through"),
    table::logarithmic("compressor.release", "Release", "ms", 10, 2000, 150, "How soon it lets go"),
    table::number("compressor.makeup", "Make-up", "dB", 0, 24, 3, "Gain after compression"),
    table::percent("compressor.mix", "Mix", 100, "100 % is fully compressed; less adds the untouched signal"),

    table::toggle("boost.enabled", "Boost", false, "Pushes what follows"),
    table::choice("boost.type", "Type", boostTypes, BoostType::clean, "clean: flat; treble: cuts lows and lifts the top; mid: lifts the middle"),
    table::number("boost.level", "Level", "dB", 0, 24, 6, "How much it pushes"),
    table::knob("boost.tone", "Tone", 5, "Darker to brighter"),

    table::toggle("drive.enabled", "Drive", false, "Overdrive, distortion or fuzz pedal in front of the amplifier"),
    table::choice("drive.type", "Type", driveTypes, DriveType::overdrive, "transparent: low-gain, flat; overdrive: soft clipping with a mid hump; distortion: hard clipping; fuzz: thick, round and sustained; octave_fuzz: gated, with an upper octave"),
    table::knob("drive.gain", "Gain", 4, "How much it distorts"),
    table::knob("drive.tone", "Tone", 5, "Darker to brighter"),
    table::knob("drive.level", "Level", 5, "Output of the pedal; 5 is about unity"),

    table::toggle("amp.enabled", "Amp", true, "Preamplifier, tone stack and power amplifier"),
    table::choice("amp.model", "Model", ampModels, AmpModel::americanClean, "american_clean: scooped, glassy, lots of headroom; american_tweed: warm, breaks up early; british_chime: bright, jangly; british_crunch: mid-forward rock; modern_high_gain: tight, saturated; boutique_lead: smooth, singing; studio_preamp: full-range, for acoustic or very clean"),
    table::knob("amp.gain", "Gain", 4, "Preamplifier gain, from clean to saturated within the model"),
    table::knob("amp.bass", "Bass", 5, "Lows of the tone stack"),
    table::knob("amp.mid", "Mid", 5, "Middle of the tone stack; low is scooped"),
    table::knob("amp.treble", "Treble", 5, "Highs of the tone stack"),
    table::knob("amp.presence", "Presence", 5, "Upper highs of the power amplifier"),
    table::knob("amp.resonance", "Resonance", 5, "Low end of the power amplifier: loose or tight"),
    table::knob("amp.master", "Master", 5, "Power amplifier drive: higher is louder, compresses and sags"),

    table::toggle("cabinet.enabled", "Cabinet", true, "Loudspeaker and microphone; off only for an acoustic or direct sound"),
    table::choice("cabinet.model", "Model", cabinetModels, CabinetModel::american1x12Open, "Speakers and box: open backs are airy, closed 4x12s thump; user: an impulse response that the player loaded"),
    table::choice("cabinet.mic", "Microphone", microphones, Microphone::dynamic, "dynamic: present mids; ribbon: dark and smooth; condenser: wide and detailed"),
    table::logarithmic("cabinet.distance", "Distance", "cm", 1, 100, 5, "Close is full in the lows, far is roomier and thinner"),

    table::toggle("equaliser.enabled", "Equaliser", false, "Five bands after the cabinet"),
    table::logarithmic("equaliser.low_frequency", "Low freq", "Hz", 30, 400, 100, "Corner of the low shelf"),
    table::number("equaliser.low_gain", "Low gain", "dB", -15, 15, 0, "Low shelf"),
    table::logarithmic("equaliser.low_q", "Low Q", "", 0.3f, 2, 0.7f, "Steepness of the low shelf"),
    table::logarithmic("equaliser.low_mid_frequency", "Low-mid freq", "Hz", 100, 1000, 300, "Centre of the low-mid bell"),
    table::number("equaliser.low_mid_gain", "Low-mid gain", "dB", -15, 15, 0, "Body, mud and box"),
    table::logarithmic("equaliser.low_mid_q", "Low-mid Q", "", 0.3f, 8, 1, "Narrowness of the low-mid bell"),
    table::logarithmic("equaliser.mid_frequency", "Mid freq", "Hz", 300, 3000, 800, "Centre of the mid bell"),
    table::number("equaliser.mid_gain", "Mid gain", "dB", -15, 15, 0, "Scoop or push"),
    table::logarithmic("equaliser.mid_q", "Mid Q", "", 0.3f, 8, 1, "Narrowness of the mid bell"),
    table::logarithmic("equaliser.high_mid_frequency", "High-mid freq", "Hz", 1000, 8000, 2500, "Centre of the high-mid bell"),
    table::number("equaliser.high_mid_gain", "High-mid gain", "dB", -15, 15, 0, "Bite, presence and harshness"),
    table::logarithmic("equaliser.high_mid_q", "High-mid Q", "", 0.3f, 8, 1, "Narrowness of the high-mid bell"),
    table::logarithmic("equaliser.high_frequency", "High freq", "Hz", 2000, 16000, 6000, "Corner of the high shelf"),
    table::number("equaliser.high_gain", "High gain", "dB", -15, 15, 0, "Air or fizz"),
    table::logarithmic("equaliser.high_q", "High Q", "", 0.3f, 2, 0.7f, "Steepness of the high shelf"),

    table::toggle("modulation.enabled", "Modulation", false, "Chorus, flanger, phaser, vibrato, uni-vibe or rotary speaker"),
    table::choice("modulation.type", "Type", modulationTypes, ModulationType::chorus, "Which movement"),
    table::logarithmic("modulation.rate", "Rate", "Hz", 0.05f, 10, 0.8f, "Speed"),
    table::percent("modulation.depth", "Depth", 50, "Width of the movement"),
    table::percent("modulation.mix", "Mix", 50, "50 % is the classic blend; vibrato wants 100 %"),

    table::toggle("tremolo.enabled", "Tremolo", false, "Level that pulses"),
    table::choice("tremolo.type", "Type", tremoloTypes, TremoloType::bias, "bias: round; harmonic: lows and highs take turns; chop: on and off"),
    table::logarithmic("tremolo.rate", "Rate", "Hz", 0.5f, 15, 5, "Speed"),
    table::percent("tremolo.depth", "Depth", 50, "How far the level falls"),

    table::toggle("delay.enabled", "Delay", false, "Echoes"),
    table::choice("delay.type", "Type", delayTypes, DelayType::digital, "digital: clean; tape: warm with wow; analogue: dark; ping_pong: left and right"),
    table::logarithmic("delay.time", "Time", "ms", 20, 2000, 380, "Time between echoes; 80 to 140 is slapback"),
    table::number("delay.feedback", "Feedback", "%", 0, 95, 30, "How many echoes"),
    table::percent("delay.mix", "Mix", 25, "Level of the echoes; at 50 % the first equals the guitar"),
    table::percent("delay.tone", "Tone", 60, "Darker to brighter echoes"),
    table::choice("delay.sync", "Sync", delaySyncs, DelaySync::off, "Note length at the host's tempo instead of time"),

    table::toggle("reverb.enabled", "Reverb", false, "Space"),
    table::choice("reverb.type", "Type", reverbTypes, ReverbType::plate, "spring: drippy, surf; plate: dense and bright; room: short; hall: wide; cathedral: endless; shimmer: with an octave above"),
    table::logarithmic("reverb.decay", "Decay", "s", 0.1f, 20, 1.8f, "Time the space takes to fade by 60 dB"),
    table::number("reverb.predelay", "Pre-delay", "ms", 0, 250, 15, "Gap before the space answers"),
    table::percent("reverb.tone", "Tone", 50, "Darker to brighter space"),
    table::percent("reverb.mix", "Mix", 20, "Level of the space"),

    table::number("output.level", "Level", "dB", -36, 24, 0, "Final level"),
    table::number("output.width", "Width", "%", 0, 200, 100, "Stereo width of the effects: 0 is mono"),
};
// clang-format on

inline constexpr std::size_t parameterCount = parameterTable.size();

/// Position of a parameter in the table and in a ParameterSet.
enum class ParameterIndex : std::uint16_t
{
};

/// [any+audio] The parameter of that id, if there is one. Linear search; compile time or message thread.
constexpr std::optional<ParameterIndex> findParameter(std::string_view id) noexcept
{
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].id == id)
            return static_cast<ParameterIndex>(index);
    return std::nullopt;
}

inline namespace literals
{
/// `"amp.gain"_p`: the parameter's index, found by the compiler; an id that does not exist does not compile.
consteval ParameterIndex operator""_p(const char* id, std::size_t length)
{
    return findParameter(std::string_view(id, length)).value();
}
} // namespace literals

/// [any+audio] The table's line of a parameter.
constexpr const ParameterInfo& infoOf(ParameterIndex index) noexcept
{
    return parameterTable[static_cast<std::size_t>(index)];
}

/// [any+audio] `value` made legal: inside the range, whole for toggles and choices; anything not finite
/// becomes the default.
float legalValue(const ParameterInfo& parameter, float value) noexcept;

/// [any+audio] Position of a value on its knob, 0 to 1, by the taper; and back (the result is legal).
float toNormalised(const ParameterInfo& parameter, float value) noexcept;
float fromNormalised(const ParameterInfo& parameter, float position) noexcept;

/// [any] What a player reads: "3.2", "-12.0 dB", "On", "American Clean". Locale-independent.
std::string textOf(const ParameterInfo& parameter, float value);

/// [any] The value a player typed, with or without unit or in any letter case; nothing when it cannot be
/// read.
std::optional<float> valueFromText(const ParameterInfo& parameter, std::string_view text);

/// [any] A choice's or stage's word made readable: "american_1x12_open" -> "American 1x12 Open".
std::string displayName(std::string_view word);

} // namespace tonewright
