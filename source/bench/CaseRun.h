#pragma once

#include "bench/BenchCase.h"
#include "bench/Engines.h"
#include "bench/Measures.h"

#include <string>
#include <vector>

namespace tonewright::bench
{

/// How one answerer did on one case.
struct CaseScore
{
    double score = 0;                  ///< 0 to 1
    std::vector<std::string> failures; ///< one sentence each, with the values found
};

/// [worker] Lets the tones of a case be made and scores its checks. A named tone: 1 for all that must hold,
/// up to a half more for what usually holds, less a half for each effect nobody asked for, over what can be
/// reached. A pair: the share of riffs on which it holds. Edits and robustness: all or nothing.
CaseScore runCase(const BenchCase& benchCase, const Answer& answer, Measures& measures);

} // namespace tonewright::bench
