#pragma once

#include "tone/Preset.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace tonewright
{

/// The parameters that a model's answer sets, in the parameters' own units. Not yet clamped.
struct AnswerSettings
{
    nlohmann::json values = nlohmann::json::object(); ///< id -> boolean, choice's name or number
    ValidationReport report;                          ///< what was ignored, one sentence each
    int offered = 0;                                  ///< values that were there
    int used = 0;                                     ///< of them, understood
};

/// [any] Collects what has the id of a parameter wherever a model may put it: stages at the top or inside
/// "stages", "parameters" or the like, as objects or as lists ({"stage": "amp", ...}, {"id": "amp.gain",
/// "value": 6}), ids with a dot. Numbers may be text with a unit; choices and switches any spelling. Where
/// the whole answer tells percentages as 0 to 1, or amplifier knobs as 0 to 1 or 0 to 100, they are
/// converted; so are single times and frequencies that are out of range by just a thousand. A stage with
/// settings but without "enabled" is on. The member "intent" is not looked into.
AnswerSettings settingsIn(const nlohmann::json& answer);

/// [any] The name of the answer's member that holds the intent.
inline constexpr std::string_view intentMember = "intent";

} // namespace tonewright
