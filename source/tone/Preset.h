#pragma once

#include "tone/ParameterSet.h"
#include "tone/Result.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// Who made a preset.
struct PresetSource
{
    std::string engine = "manual"; ///< "offline", "openai", "factory" or "manual"
    std::string model;             ///< the language model's name, or empty
    double confidence = 1.0;       ///< 0 to 1: how sure the generator is that this is what was meant
    bool fallback = false;         ///< true when the offline generator stood in for another engine
    std::string fallbackReason;    ///< one sentence; empty unless `fallback`
    int variation =
        0; ///< the seed of an alternative: the same words and number give it again; 0: the plain answer
    std::string difference =
        {}; ///< how an alternative differs from the first answer, in one line; else empty

    bool operator==(const PresetSource&) const = default;
};

/// A complete, validated description of a tone.
struct Preset
{
    std::string name = "Untitled";
    std::string prompt;
    std::string explanation; ///< why it is set so, in one or two sentences, made from the final values
    std::vector<std::string> tags;
    PresetSource source;
    ParameterSet parameters;
    std::string impulseResponseName; ///< for eyes; what sounds is parameters.impulseResponse
    /// Parameters of the file that this version does not know: kept and written back, so that nothing is
    /// lost.
    std::map<std::string, nlohmann::json> unknownParameters;

    bool operator==(const Preset&) const = default;
};

/// What validation changed or noticed, one sentence each ("amp.gain 12 is above 10 and was set to 10.").
using ValidationReport = std::vector<std::string>;

inline constexpr std::string_view presetFormat = "tonewright-preset";
inline constexpr int presetVersion = 1;
inline constexpr std::string_view presetExtension = ".tone.json";

/// Longest texts a preset keeps, in bytes; longer ones are cut at a character's edge. They bound what a
/// hostile file or server can put into a DAW's project.
inline constexpr std::size_t maximumNameLength = 120;
inline constexpr std::size_t maximumTextLength = 10'000;

/// [any] A preset as its file's JSON, keys in the documented order, every parameter of the table present.
nlohmann::ordered_json toJson(const Preset& preset);

/// [any] A preset from JSON: missing parameters get their defaults, unknown ones are kept and reported,
/// values of the wrong kind or out of range are made legal and reported. An error only when it is no preset
/// at all (no object, another format, a newer version).
Result<Preset> presetFromJson(const nlohmann::json& json, ValidationReport& report);

/// [any] The same from text of at most 4 MiB; the error says where the JSON breaks.
Result<Preset> presetFromText(std::string_view text, ValidationReport& report);

/// [any] Sets the parameters named in `object` (id -> value) on `parameters`; everything else stays. Reports
/// as above; unknown ids go into `unknown` where given.
void applyParameters(const nlohmann::json& object, ParameterSet& parameters, ValidationReport& report,
                     std::map<std::string, nlohmann::json>* unknown = nullptr);

/// [any] A parameter's value as JSON: a boolean, a choice's name, or a number with as few digits as tell it
/// apart.
nlohmann::ordered_json parameterToJson(const ParameterInfo& parameter, float value);

/// [any] The stage order as JSON names.
nlohmann::ordered_json orderToJson(const StageOrder& order);

/// [any] The same back; stages the array leaves out take their default place (`completedOrder`). Nothing when
/// it is no array, or names something that is no stage, a stage twice, or one behind output.
std::optional<StageOrder> orderFromJson(const nlohmann::json& array);

} // namespace tonewright
