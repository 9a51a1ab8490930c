#pragma once

#include "dsp/measure/ToneMeasurement.h"
#include "dsp/measure/ToneProbe.h"

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

/// [any] Adds what a preset does to known signals, under other names than a recording's.
void addProbe(nlohmann::ordered_json& json, const dsp::ToneProbe& probe);

/// [any] The same as lines below measurementTable().
std::string probeTable(const dsp::ToneProbe& probe);

} // namespace tonewright::cli
