#pragma once

#include "bench/Benchmark.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace tonewright::cli
{

/// [any] The figures of all engines, and what the first one missed.
std::string benchTable(const std::vector<bench::EngineResult>& results);

/// [any] The same for programs.
nlohmann::ordered_json benchJson(const std::vector<bench::EngineResult>& results, std::uint64_t seed);

} // namespace tonewright::cli
