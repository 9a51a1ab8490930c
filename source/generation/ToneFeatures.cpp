#include "generation/ToneFeatures.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace tonewright
{
namespace
{
using Place = std::array<double, 10>;

/// Each direction in units of a difference that is plainly heard.
Place placeOf(const ToneFeatures& tone) noexcept
{
    constexpr double shortestEcho = 60; // ms
    const double echo = tone.echo > 0 ? 1 + std::log2(tone.echo / shortestEcho) / 2 : 0;
    return {tone.brightness,
            tone.lows / 3,
            tone.mids / 3,
            tone.highs / 4,
            tone.scoop / 4,
            tone.dynamics / 3,
            tone.distortion / 0.15,
            tone.width / 0.25,
            std::log2(1 + tone.decay / 0.5),
            echo};
}
} // namespace

double distance(const ToneFeatures& one, const ToneFeatures& other) noexcept
{
    const auto a = placeOf(one), b = placeOf(other);
    double sum = 0;
    for (std::size_t axis = 0; axis < a.size(); ++axis)
        sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
    return std::sqrt(sum);
}

} // namespace tonewright
