#pragma once

#include "tone/Preset.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// Deepest nesting and longest text of an answer that is looked into.
inline constexpr int maximumNesting = 64;
inline constexpr std::size_t maximumAnswerLength = 256u << 10;

/// [any] JSON from a stranger: nothing when it is no JSON, or nests deeper than maximumNesting (what is deep
/// is dangerous to copy and print).
std::optional<nlohmann::json> parseBounded(std::string_view text);

/// [any] The JSON objects in a model's text, whatever it wrapped them in (byte order mark, <think>, code
/// fences, prose): at most 8, in order, each whole and strict JSON. Nothing from inside a broken one.
std::vector<nlohmann::json> objectsIn(std::string_view text);

/// What a model answered, made legal.
struct ModelTone
{
    std::string name; ///< clean, may be empty
    ParameterSet parameters;
    ValidationReport report; ///< what was corrected or ignored
    int used = 0;            ///< values that were taken over, clamped or not
    int offered = 0;         ///< values that were there
};

/// [any] Reads the first object of the text that sets at least one parameter. Accepts the schema's form, a
/// preset file's and mixtures: stages at the top or inside "stages" or "parameters", ids with a dot, numbers
/// as text, names in any letter case. A stage with settings but without "enabled" is on. Every value is
/// clamped to its parameter's range; whatever is not in the table is ignored. `current`: what "startFrom":
/// "current" means. The error says what was wrong, in words for the model.
Result<ModelTone> readModelTone(std::string_view text, const ParameterSet* current);

} // namespace tonewright
