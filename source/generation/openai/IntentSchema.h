#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace tonewright
{

/// What a language model is asked to fill in of an intent (IntentForm.h).

/// [any] Its schema: every member required and no other allowed where `isStrict`, else only types and enums.
nlohmann::ordered_json intentSchema(bool isStrict);

/// [any] What the model is told about it: one line a member.
std::string intentGuide();

} // namespace tonewright
