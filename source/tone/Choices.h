#pragma once

#include <array>
#include <string_view>

namespace tonewright
{

/// The values of the choice parameters. Each enum's order is its table's order: a choice travels as its index
/// in a ParameterSet and as its name in JSON. Append at the end only: hosts automate by index.

enum class CompressorType
{
    vca,
    optical
};
inline constexpr std::array<std::string_view, 2> compressorTypes{"vca", "optical"};

enum class BoostType
{
    clean,
    treble,
    mid
};
inline constexpr std::array<std::string_view, 3> boostTypes{"clean", "treble", "mid"};

enum class DriveType
{
    transparent,
    overdrive,
    distortion,
    fuzz,
    octaveFuzz
};
inline constexpr std::array<std::string_view, 5> driveTypes{"transparent", "overdrive", "distortion", "fuzz",
                                                            "octave_fuzz"};

enum class AmpModel
{
    americanClean,
    americanTweed,
    britishChime,
    britishCrunch,
    modernHighGain,
    boutiqueLead,
    studioPreamp
};
inline constexpr std::array<std::string_view, 7> ampModels{
    "american_clean",   "american_tweed", "british_chime", "british_crunch",
    "modern_high_gain", "boutique_lead",  "studio_preamp"};

enum class CabinetModel
{
    tweed1x12Open,
    american1x12Open,
    american2x12Open,
    tweed4x10Open,
    british2x12Open,
    british4x12Closed,
    modern4x12Closed,
    boutique2x12Closed,
    user ///< the player's own impulse response
};
inline constexpr std::array<std::string_view, 9> cabinetModels{
    "tweed_1x12_open",    "american_1x12_open",   "american_2x12_open",
    "tweed_4x10_open",    "british_2x12_open",    "british_4x12_closed",
    "modern_4x12_closed", "boutique_2x12_closed", "user"};
/// The models that are ours: all but `user`.
inline constexpr std::size_t builtInCabinetCount = 8;

enum class Microphone
{
    dynamic,
    ribbon,
    condenser
};
inline constexpr std::array<std::string_view, 3> microphones{"dynamic", "ribbon", "condenser"};

enum class ModulationType
{
    chorus,
    flanger,
    phaser,
    vibrato,
    univibe,
    rotary
};
inline constexpr std::array<std::string_view, 6> modulationTypes{"chorus",  "flanger", "phaser",
                                                                 "vibrato", "univibe", "rotary"};

enum class TremoloType
{
    bias,
    harmonic,
    chop
};
inline constexpr std::array<std::string_view, 3> tremoloTypes{"bias", "harmonic", "chop"};

enum class DelayType
{
    digital,
    tape,
    analogue,
    pingPong
};
inline constexpr std::array<std::string_view, 4> delayTypes{"digital", "tape", "analogue", "ping_pong"};

/// Note lengths; `off` and a host without a tempo leave `delay.time` in charge.
enum class DelaySync
{
    off,
    half,
    quarterDotted,
    quarter,
    quarterTriplet,
    eighthDotted,
    eighth,
    eighthTriplet,
    sixteenth
};
inline constexpr std::array<std::string_view, 9> delaySyncs{
    "off",           "half",   "quarter_dotted", "quarter",  "quarter_triplet",
    "eighth_dotted", "eighth", "eighth_triplet", "sixteenth"};

/// Length of each DelaySync in quarter notes (0 for off).
inline constexpr std::array<double, 9> delaySyncQuarters{0.0,  2.0, 1.5,       1.0, 2.0 / 3.0,
                                                         0.75, 0.5, 1.0 / 3.0, 0.25};

enum class ReverbType
{
    spring,
    plate,
    room,
    hall,
    cathedral,
    shimmer
};
inline constexpr std::array<std::string_view, 6> reverbTypes{"spring", "plate",     "room",
                                                             "hall",   "cathedral", "shimmer"};

} // namespace tonewright
