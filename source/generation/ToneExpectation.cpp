#include "generation/ToneExpectation.h"

namespace tonewright
{
namespace
{
/// By Quality. Brightness: the facts' smallest margin is 0.3 ERB, a third of a 6 dB shelf.
constexpr std::array<QualityInfo, qualityCount> qualities{
    {{"brighter", "darker", 0.3},
     {"fuller in the lows", "leaner in the lows", 1},
     {"fuller in the low mids", "leaner in the low mids", 1},
     {"fuller in the mids", "more scooped", 1},
     {"more biting", "softer in the bite", 1},
     {"more open at the top", "smoother at the top", 1},
     {"wider", "narrower", 0.1},
     {"louder", "softer", 1},
     {"more distorted", "cleaner", 0.05}}};
} // namespace

const QualityInfo& infoOf(Quality quality) noexcept
{
    return qualities[static_cast<std::size_t>(quality)];
}

double Promise::shortfall(const Qualities& heard, const Qualities& reference) const noexcept
{
    const auto index = static_cast<std::size_t>(quality);
    const double value = heard[index] - (isRelative ? reference[index] : 0.0);
    if (value < least)
        return least - value;
    return value > most ? most - value : 0.0;
}

} // namespace tonewright
