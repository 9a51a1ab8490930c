#pragma once

#include "dsp/Riff.h"
#include "tone/EmbeddedFile.h"
#include "tone/ParameterSet.h"
#include "tone/Result.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{
/// [any] The cases compiled in from resources/bench.
std::span<const EmbeddedFile> benchFiles();
} // namespace tonewright

namespace tonewright::bench
{

/// What is scored; never blended into one number.
enum class Suite
{
    intent,    ///< named tones: is it what such a player, song or style sounds like
    direction, ///< pairs: does the sound move the way the words say
    locality,  ///< edits: does what was named move, and nothing else
    robustness ///< negation, degrees, contradictions, misspellings, languages, nonsense, injection
};
inline constexpr std::array<std::string_view, 4> suiteNames{"intent", "direction", "locality", "robustness"};

/// How a tone comes about that a case speaks of.
struct ToneRecipe
{
    std::string name;
    std::string prompt;
    std::string from;                       ///< the tone that sounds when the prompt is said; empty: none
    std::optional<ParameterSet> parameters; ///< given instead of asked for
    double tempo = 0;                       ///< beats a minute; 0 unknown
    int repeat = 1;                         ///< how often the prompt is said
    int variation = 0;
};

/// One thing that must hold.
struct Check
{
    enum class Kind
    {
        value,     ///< `measure` of a tone, or against a second tone, lies between minimum and maximum
        oneOf,     ///< a choice or switch has one of `values`
        rising,    ///< `measure` rises from tone to tone of `names`
        unchanged, ///< every parameter is as in `other`, but for those of `names` (ids or "stage.")
        same,      ///< every parameter is as in `other`
        says,      ///< the explanation has one of `names`
        neverSays, ///< the explanation and the name have none of `names`
        refuses,   ///< no tone, but one sentence that says what to do
        anyOf
    };
    Kind kind = Kind::value;
    std::string of; ///< the tone's name
    std::string measure;
    std::string other; ///< the tone it is compared with
    bool isRatio = false;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::vector<nlohmann::json> values;
    std::vector<std::string> names;
    std::vector<Check> alternatives;
    bool isSoft = false; ///< counts half, on average over the soft ones
};

struct BenchCase
{
    Suite suite{};
    std::string id;
    std::vector<ToneRecipe> tones;
    std::vector<Check> checks;
    std::vector<dsp::RiffStyle> riffs; ///< what the sound is measured on
    /// Stages that may be on without a check asking for them; others are counted as wrong. Nothing: not
    /// judged.
    std::optional<std::vector<std::string>> usualStages;
    bool isQuick = false; ///< part of the short run

    /// [any] The tone that checks speak of where they name none: "tone", else the last.
    const ToneRecipe& judged() const;
};

/// [any] Reads case files, strictly: the error is one sentence naming file, case and what is wrong with it.
Result<std::vector<BenchCase>> readCases(std::span<const EmbeddedFile> files);

} // namespace tonewright::bench
