#include "bench/ProbeMeasures.h"

#include <algorithm>
#include <array>

namespace tonewright::bench
{
namespace
{
constexpr std::array<std::string_view, 16> names{
    "harmonics 20", "harmonics 40", "gain class",      "touch",        "wet",         "decay",
    "echo time",    "echo count",   "tremolo depth",   "tremolo rate", "pitch cents", "sweep",
    "gate",         "width",        "tail brightness", "echo level"};
}

bool isProbeMeasure(std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<double> ProbeMeasures::of(std::string_view)
{
    return std::nullopt;
}

} // namespace tonewright::bench
