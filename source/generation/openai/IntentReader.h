#pragma once

#include "generation/offline/ToneIntent.h"
#include "tone/Preset.h"

#include <nlohmann/json.hpp>

namespace tonewright
{

/// What a model meant, as far as it could be read.
struct ModelIntent
{
    offline::ToneIntent intent;
    ValidationReport report; ///< what was ignored, one sentence each
    int offered = 0;         ///< things said
    int used = 0;            ///< of them, understood
};

/// [any] Reads an intent, in any letter case: numbers as text or in per cent, words ("more", "dark") for
/// shades, an effect's type or amount alone instead of the object. Values are clamped; what the form does not
/// know is ignored.
ModelIntent readIntent(const nlohmann::json& object);

} // namespace tonewright
