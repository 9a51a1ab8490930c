#pragma once

#include "dsp/measure/ToneMeasurement.h"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tonewright::cli
{

/// [any] Every figure under its name, plain numbers.
nlohmann::ordered_json measurementJson(const dsp::ToneMeasurement& measurement);

/// [any] A table with one line a figure and one titled column a measurement.
std::string measurementTable(const std::vector<std::pair<std::string, dsp::ToneMeasurement>>& columns);

} // namespace tonewright::cli
