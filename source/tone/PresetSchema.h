#pragma once

#include <nlohmann/json.hpp>

namespace tonewright
{

/// [any] JSON Schema (draft 2020-12) of a preset file, derived from the parameter table; byte-stable for one
/// version. Unknown members are allowed: a reader keeps them.
nlohmann::ordered_json presetSchema();

/// [any] The table as a JSON array [{id, stage, name, unit, type, min, max, default, choices, description}].
nlohmann::ordered_json parameterTableJson();

} // namespace tonewright
