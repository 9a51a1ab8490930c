#pragma once

#include "bench/BenchCase.h"
#include "bench/Engines.h"
#include "bench/Measures.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tonewright::bench
{

/// A mean over cases with its 95 % interval (percentile bootstrap over the cases).
struct Figure
{
    double mean = 0;
    double low = 0;
    double high = 0;
    std::size_t cases = 0;
};

struct CaseResult
{
    const BenchCase* benchCase = nullptr;
    double score = 0;                  ///< mean over the engine's runs
    std::vector<std::string> failures; ///< of the first run that failed
};

struct EngineResult
{
    std::string engine;
    std::array<Figure, suiteNames.size()> figures;
    std::vector<CaseResult> cases;
    std::size_t asked = 0; ///< prompts, over all runs
    std::map<std::string, std::size_t>
        unanswered; ///< prompts without a usable answer, by the sentence that says why
};

/// [any] Mean and interval of scores. Deterministic for one seed, on every machine.
Figure figureOf(const std::vector<double>& scores, std::uint64_t seed);

/// Told the part done (0 to 1); returning false stops the run.
using BenchProgress = std::function<bool(const std::string& engine, double part)>;

/// [worker] Lets an engine answer every case. Empty `cases` in the result when stopped.
EngineResult runEngine(const Engine& engine, const std::vector<BenchCase>& cases, Measures& measures,
                       std::uint64_t seed, const BenchProgress& progress);

} // namespace tonewright::bench
