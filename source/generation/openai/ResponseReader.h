#pragma once

#include "generation/offline/ToneIntent.h"
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
/// fences, prose): at most 8, in order, each whole; strict but for comments and commas before a closing
/// bracket. Nothing from inside a broken one.
std::vector<nlohmann::json> objectsIn(std::string_view text);

/// What an answer is read against.
struct AnswerContext
{
    const ParameterSet* current = nullptr; ///< the present tone, for answers that change it
    double tempo = 0;                      ///< quarter notes a minute; 0 unknown
    bool wordsAreEdit =
        false; ///< whether the player's words change the present tone, for answers that do not say
};

/// What a model answered, made legal.
struct ModelTone
{
    std::string name; ///< as it came, may be empty
    ParameterSet parameters;
    offline::ToneIntent intent; ///< what it said it should sound like; may be empty
    bool isEdit = false;        ///< whether it changes the present tone
    ValidationReport report;    ///< what was corrected or ignored
    int used = 0;               ///< values that were taken over, clamped or not
    int offered = 0;            ///< values that were there
};

/// [any] Reads the first object of the text that says anything about a tone. The intent is mapped as the
/// embedded generator's is; settings given outright (AnswerSettings.h) are laid upon that, and either may be
/// missing. Every value is clamped to its parameter's range. The error says what was wrong, in words for the
/// model.
Result<ModelTone> readModelTone(std::string_view text, const AnswerContext& context = {});

} // namespace tonewright
