#pragma once

#include "tone/ParameterSet.h"

#include <string>

namespace tonewright::cli
{

/// [any] The chain as a small table: a line for each stage that is on, in order, with its settings.
std::string chainTable(const ParameterSet& parameters);

} // namespace tonewright::cli
