#include "support/Random.h"

#include <cstdlib>
#include <iostream>

namespace tonewright::test
{

std::uint64_t runSeed()
{
    static const std::uint64_t seed = []
    {
        const char* given = std::getenv("TONEWRIGHT_TEST_SEED");
        const std::uint64_t value = given != nullptr ? std::strtoull(given, nullptr, 10) : 20261122u;
        std::cout << "seed: " << value << " (repeat with TONEWRIGHT_TEST_SEED=" << value << ")\n";
        return value;
    }();
    return seed;
}

} // namespace tonewright::test
