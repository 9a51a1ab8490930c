#include "plugin/TunerReading.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tonewright::plugin
{
namespace
{
constexpr std::size_t mostRecent = 5;
constexpr double sameNoteRatio = 1.035; // 60 cents
constexpr double longestGap = 0.15;     // s without a reading that a note survives
constexpr double holdSeconds = 2;
} // namespace

void TunerFollower::add(const std::optional<dsp::Pitch>& pitch, double seconds)
{
    silentFor += seconds;
    if (!pitch)
    {
        if (silentFor > holdSeconds)
            recent.clear();
        return;
    }
    const bool isSame = !recent.empty() && silentFor <= longestGap + seconds &&
                        pitch->frequency < recent.back() * sameNoteRatio &&
                        recent.back() < pitch->frequency * sameNoteRatio;
    if (!isSame)
        recent.clear();
    recent.push_back(pitch->frequency);
    if (recent.size() > mostRecent)
        recent.pop_front();
    silentFor = 0;
}

std::optional<TunerReading> TunerFollower::reading(double referenceOfA) const
{
    if (recent.empty())
        return std::nullopt;
    std::vector<double> sorted(recent.begin(), recent.end());
    std::sort(sorted.begin(), sorted.end());
    const double frequency = sorted[sorted.size() / 2];
    return TunerReading{silentFor <= longestGap, dsp::nearestNote(frequency, referenceOfA), frequency};
}

void TunerFollower::reset()
{
    recent.clear();
    silentFor = 0;
}

} // namespace tonewright::plugin
