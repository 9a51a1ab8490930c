#pragma once

#include <cstdint>
#include <random>

namespace tonewright::test
{

/// The seed of this run: TONEWRIGHT_TEST_SEED if set, else a fixed one. Printed once, so that a failure can
/// be repeated.
std::uint64_t runSeed();

/// A generator for one test; `salt` keeps two tests of one run apart.
inline std::mt19937_64 randomGenerator(std::uint64_t salt = 0)
{
    return std::mt19937_64(runSeed() + salt);
}

} // namespace tonewright::test
