#pragma once

#include <chrono>
#include <cstdlib>

namespace tonewright::test
{

/// How long a stress lasts: TONEWRIGHT_STRESS_SECONDS, else 2 s, which is for every day; 60 shows what is
/// rare.
inline std::chrono::steady_clock::time_point endOfStress()
{
    const char* wanted = std::getenv("TONEWRIGHT_STRESS_SECONDS");
    const double seconds = wanted != nullptr ? std::strtod(wanted, nullptr) : 2.0;
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<long>(seconds * 1000.0));
}

} // namespace tonewright::test
