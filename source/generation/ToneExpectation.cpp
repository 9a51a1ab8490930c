#include "generation/ToneExpectation.h"

#include <algorithm>

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

bool Promise::isJudgedOn(ReferenceRiff riff) const noexcept
{
    if (riff == ReferenceRiff::chords)
        return true;
    if (quality == Quality::lows && riff == ReferenceRiff::lead)
        return false;
    return isRelative && quality <= Quality::top;
}

ToneExpectation merged(ToneExpectation words, const ToneExpectation& meant)
{
    // "A bit less gain" answered with a whole new tone is still less than before: the words keep their
    // reference.
    const bool keepsReference = words.isEdit && !meant.isEdit;
    if (!words.isEdit && meant.isEdit)
        std::erase_if(words.promises, [](const Promise& promise) { return promise.isRelative; });
    for (const auto& promise : meant.promises)
    {
        const bool isSpoken =
            std::any_of(words.promises.begin(), words.promises.end(),
                        [&](const Promise& said) { return said.quality == promise.quality; });
        if (!isSpoken && !(keepsReference && promise.isRelative))
            words.promises.push_back(promise);
    }
    words.given.insert(words.given.end(), meant.given.begin(), meant.given.end());
    if (!keepsReference)
        words.reference = meant.reference;
    words.isEdit = meant.isEdit;
    return words;
}

} // namespace tonewright
