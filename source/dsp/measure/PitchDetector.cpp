#include "dsp/measure/PitchDetector.h"

#include "dsp/measure/NormalisedDifference.h"
#include "dsp/measure/PartialSeries.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tonewright::dsp
{
namespace
{
constexpr double analysisRate = 14'000; // at least, for partials up to 4 kHz
constexpr double windowSeconds = 0.11;
constexpr double lowestFrequency = 27;    // below B0 by more than two semitones
constexpr double highestFrequency = 1500; // above E6 by more than two
constexpr double leastClarity = 0.8;
constexpr float quietest = 0.0003f; // RMS, -70 dBFS: below it lies what an interface makes by itself
/// Partials far up are stretched and hide the period; what is looked at for it falls off above this.
constexpr double periodCorner = 1200;

std::unique_ptr<NormalisedDifference> differenceAt(double rate)
{
    return std::make_unique<NormalisedDifference>(static_cast<std::size_t>(windowSeconds * rate),
                                                  static_cast<std::size_t>(rate / highestFrequency),
                                                  static_cast<std::size_t>(rate / lowestFrequency));
}

/// A copy of `sound` through two one-pole low-passes, without DC.
std::vector<float> softened(std::span<const float> sound, double rate)
{
    const auto keep = static_cast<float>(std::exp(-2 * 3.14159265358979 * periodCorner / rate));
    std::vector<float> result(sound.begin(), sound.end());
    for (int pass = 0; pass < 2; ++pass)
    {
        float state = result.front();
        for (auto& sample : result)
            sample = state = sample + keep * (state - sample);
    }
    const float mean =
        std::accumulate(result.begin(), result.end(), 0.0f) / static_cast<float>(result.size());
    for (auto& sample : result)
        sample -= mean;
    return result;
}

float rmsOf(const std::vector<float>& samples)
{
    const float sum = std::inner_product(samples.begin(), samples.end(), samples.begin(), 0.0f);
    return std::sqrt(sum / static_cast<float>(samples.size()));
}
} // namespace

PitchDetector::PitchDetector(double sampleRate)
    : decimator(sampleRate, analysisRate),
      wanted(static_cast<std::size_t>(partialSeriesSeconds(lowestFrequency) * decimator.outputRate()) + 2),
      difference(differenceAt(decimator.outputRate()))
{
}

PitchDetector::~PitchDetector() = default;
PitchDetector::PitchDetector(PitchDetector&&) noexcept = default;
PitchDetector& PitchDetector::operator=(PitchDetector&&) noexcept = default;

void PitchDetector::add(std::span<const float> samples)
{
    decimator.process(samples, history);
    if (history.size() > 2 * wanted)
        history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(wanted));
}

std::optional<Pitch> PitchDetector::detect()
{
    const std::size_t length = difference->length();
    if (history.size() < length)
        return std::nullopt;
    const double rate = decimator.outputRate();
    const auto window = softened(std::span(history).last(length), rate);
    if (!(rmsOf(window) > quietest))
        return std::nullopt;
    const auto period = difference->find(window);
    if (period.clarity < leastClarity)
        return std::nullopt;
    const double guess = rate / period.lag;
    // Where the octave's odd partials sound as well, the string is the one an octave below.
    for (const double frequency : {guess, guess / 2})
        if (frequency > lowestFrequency)
            if (const auto exact = firstPartial(history, rate, frequency))
                return Pitch{*exact, std::min(1.0, period.clarity)};
    return std::nullopt;
}

void PitchDetector::reset()
{
    history.clear();
    decimator.reset();
}

} // namespace tonewright::dsp
