#pragma once

#include "tone/ParameterSet.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// The form of a language model's answer, derived from the parameter table:
///
///     {"idea": "...", "name": "...", "startFrom": "defaults" | "current", "intent": {"gain": "crunch", ...},
///      "order": [stages] | null, "stages": {"amp": {"model": "british_crunch", "gain": 6.5, ...}, "reverb":
///      null, ...}}
///
/// The intent (IntentForm.h) says what the tone shall be and is mapped to settings as the embedded
/// generator's is; "stages" gives settings outright. A stage that is null keeps what it starts from, so an
/// answer is as short as the tone is simple. Shorter than a preset file, and inside what servers call the
/// strict subset: every member required, no others allowed, no ranges (validation clamps in any case), no
/// list that a small model could go on with for ever but the order. Byte-stable for one version, because
/// servers cache the schema they compiled.

/// [any] The whole schema, for "strict": true.
nlohmann::ordered_json strictModelSchema();

/// [any] The same with nothing but types, members and enums, for servers that reject the rest.
nlohmann::ordered_json looseModelSchema();

/// [any] The first words of the parameters' ids in table order: the stages and `input`.
std::vector<std::string_view> parameterGroups();

/// [any] "0 to 10", "-60 to 0 dB", "true or false", or "one of: a, b".
std::string rangeText(const ParameterInfo& parameter);

/// [any] A value as it is written to the model: "5", "0.7", "true", "\"plate\"".
std::string valueText(const ParameterInfo& parameter, float value);

/// [any] Settings in the form of an answer's "stages": only the groups that differ from `base`.
nlohmann::ordered_json stagesJson(const ParameterSet& parameters, const ParameterSet& base);

} // namespace tonewright
