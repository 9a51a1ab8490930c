#pragma once

#include "tone/ParameterTable.h"

#include <string>

namespace tonewright::plugin
{

/// [any] A parameter's name where its stage is not shown beside it, as hosts list them: "Amp Gain". A stage's
/// own switch is just "Amp".
std::string hostNameOf(const ParameterInfo& parameter);

} // namespace tonewright::plugin
