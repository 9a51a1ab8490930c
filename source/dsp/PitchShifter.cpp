#include "dsp/PitchShifter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// The range of moves holds a period of every note down to 40 Hz.
constexpr double shortestMove = 0.006;
constexpr double moveRange = 0.025;
/// What is compared: more than a period of a low E.
constexpr double windowSeconds = 0.015;
/// Of how many samples at least, so that the work for a move is bounded at every sample rate (up to 384 kHz).
constexpr int fewestPoints = 180;
constexpr std::size_t longestWindow = 6144;
constexpr std::size_t mostCandidates = 136;
constexpr double fadeSeconds = 0.008;
constexpr float fastest = 4.5f;
/// Seconds of line that any reading point may reach back: the longest trigger, move and window.
constexpr double longestReach = 0.085;
constexpr float closest = 3; ///< samples: what interpolation needs
/// Twice this long the filters against aliasing hear the past.
constexpr int swingInFrames = 48;
/// A slow reader keeps this much room, so that it can still fade when it suddenly has to read fast.
constexpr double landingSeconds = 0.001;

/// A fast reader runs through more line while it fades; the fade is the shorter for it.
float fadeFor(float ratio) noexcept
{
    return static_cast<float>(fadeSeconds) / (1 + 0.5f * std::max(0.0f, ratio - 1));
}
} // namespace

void PitchShifter::prepare(double newSampleRate)
{
    sampleRate = newSampleRate;
    for (auto& line : lines)
        line.prepare(static_cast<int>(longestReach * sampleRate) + 8);
    coarse.prepare(sampleRate, longestReach);
    filteredRatio = 0;
    reset();
}

void PitchShifter::reset() noexcept
{
    for (auto& line : lines)
        line.reset();
    for (auto& channel : filters)
        for (auto& filter : channel)
            filter.reset();
    coarse.reset();
    isMono = false; // a mono signal copies nothing; a second channel would copy the first one's filters
    fade = 1;
    delay = -1; // set by the first sample, when the ratio is known
}

/// How far back the first move may read of what was before. A fast reader moves at once; a slow one first
/// falls back as far as it may, and hears what comes meanwhile.
double PitchShifter::reachSeconds() const noexcept
{
    constexpr double margin = 0.002;
    const double fast = std::max(0.0, static_cast<double>(ratio) - 1);
    if (fast > 0)
    {
        const double faded = fast * static_cast<double>(fadeFor(ratio));
        const double longest = std::max(shortestMove + moveRange, 1.5 * faded + moveRange);
        return landingSeconds + faded + longest + windowSeconds + margin;
    }
    const double untilMove = (shortestMove + moveRange) / std::max(1e-6, 1 - static_cast<double>(ratio));
    const double fallen = landingSeconds + shortestMove + moveRange + windowSeconds - untilMove;
    return std::max(landingSeconds, fallen) + margin;
}

void PitchShifter::recall(const InputHistory& past, float gain) noexcept
{
    const double reach = reachSeconds();
    coarse.recall(past.middle(), gain, static_cast<int>(reach * coarse.stepRate()),
                  [](float step) { return step; });
    // Beyond the last moments nobody misses the filters against aliasing; they come in smoothly.
    for (std::size_t side = 0; side < 2; ++side)
    {
        const auto& line = past.samples(side);
        const int length = std::min(swingInFrames, line.length() / 2);
        lines[side].recall(line, gain, static_cast<int>(reach * sampleRate) - length, length);
        for (int age = 2 * length; age > 0; --age)
        {
            const float sample = gain * line.read(age);
            float filtered = sample;
            for (auto& filter : filters[side])
                filtered = filter.process(filtered).low;
            const float part = 1 - static_cast<float>(age) / static_cast<float>(length);
            if (part >= 0)
                lines[side].write(sample + part * (filtered - sample));
        }
    }
}

float PitchShifter::samples(double seconds) const noexcept
{
    return static_cast<float>(seconds * sampleRate);
}

float PitchShifter::landing() const noexcept
{
    return closest + samples(landingSeconds);
}

void PitchShifter::setRatio(float newRatio) noexcept
{
    ratio = std::clamp(newRatio, 0.2f, fastest);
    if (std::abs(ratio - filteredRatio) > 1e-4f * ratio)
        setFilters();
}

void PitchShifter::setFilters() noexcept
{
    filteredRatio = ratio;
    // Butterworth of order 6. What lies above half the rate divided by the ratio would fold.
    constexpr std::array<double, 3> qualities{0.5176, 0.7071, 1.9319};
    const double corner = 0.4 * sampleRate / std::max(1.0, static_cast<double>(ratio));
    for (std::size_t section = 0; section < qualities.size(); ++section)
        for (auto& channel : filters)
            channel[section].setFrequency(corner, qualities[section], sampleRate);
}

void PitchShifter::process(std::array<float, 2>& frame, std::size_t active) noexcept
{
    if (active == 2 && isMono)
        filters[1] = filters[0]; // the signal has become stereo
    isMono = active == 1;
    for (std::size_t index = 0; index < active; ++index)
        for (auto& filter : filters[index])
            frame[index] = filter.process(frame[index]).low;
    if (isMono)
        frame[1] = frame[0];
    for (std::size_t index = 0; index < 2; ++index)
        lines[index].write(frame[index]);
    coarse.write(0.5f * (frame[0] + frame[1]));

    if (delay < 0)
        delay = landing() + std::max(0.0f, ratio - 1) * samples(static_cast<double>(fadeFor(ratio)));
    const float drift = 1 - ratio;
    delay = std::max(closest, delay + drift);
    if (fade < 1)
    {
        oldDelay = std::max(closest, oldDelay + drift);
        // Done before the old reading point runs out of line, should the ratio have risen meanwhile.
        const float needed = drift < 0 ? drift * (fade - 1) / (oldDelay - closest + 1) : 0;
        fade = std::min(1.0f, fade + std::max(fadeStep, needed));
    }
    else if (mustMove())
        startMove();

    if (fade >= 1)
    {
        for (std::size_t index = 0; index < active; ++index)
            frame[index] = lines[index].readBetween(delay);
        return;
    }
    const float in = 0.5f - 0.5f * std::cos(std::numbers::pi_v<float> * fade);
    const float out = 1 - in;
    // Equal gain for what is alike, equal power for strangers.
    const float level = 1 / std::sqrt(in * in + out * out + 2 * in * out * fadeLikeness);
    for (std::size_t index = 0; index < active; ++index)
        frame[index] =
            level * (in * lines[index].readBetween(delay) + out * lines[index].readBetween(oldDelay));
}

bool PitchShifter::mustMove() const noexcept
{
    const float fadeReach = std::abs(ratio - 1) * samples(static_cast<double>(fadeFor(ratio)));
    if (ratio > 1)
        return delay <= closest + fadeReach;
    return ratio < 1 && delay >= landing() + samples(shortestMove + moveRange);
}

void PitchShifter::startMove() noexcept
{
    const float fadeReach = std::abs(ratio - 1) * samples(static_cast<double>(fadeFor(ratio)));
    const float shortest = std::max(samples(shortestMove), 1.5f * fadeReach);
    const float longest = std::max(samples(shortestMove + moveRange), shortest + samples(moveRange));
    oldDelay = delay;
    if (ratio > 1)
    {
        const auto match = bestMatch(shortest, longest);
        delay += match.distance;
        fadeLikeness = std::max(0.0f, match.likeness);
    }
    else
    {
        const auto match = bestMatch(-std::min(longest, delay - landing()), -samples(shortestMove));
        delay += match.distance;
        fadeLikeness = std::max(0.0f, match.likeness);
    }
    fade = 0;
    fadeStep = 1 / samples(static_cast<double>(fadeFor(ratio)));
}

PitchShifter::Match PitchShifter::bestMatch(float shortest, float longest) const noexcept
{
    auto match = coarseMatch(shortest, longest);
    match.distance = std::clamp(refined(match.distance), shortest, longest);
    return match;
}

/// `shortest` and `longest` are distances from the reading point, negative towards now.
PitchShifter::Match PitchShifter::coarseMatch(float shortest, float longest) const noexcept
{
    constexpr std::size_t mostSteps = 1024;
    const auto step = static_cast<float>(coarse.stepSize());
    const int here = std::max(1, static_cast<int>(delay / step));
    const int first = std::max(1 - here, static_cast<int>(std::ceil(shortest / step)));
    const int last = static_cast<int>(std::floor(longest / step));
    const auto window = static_cast<std::size_t>(windowSeconds * coarse.stepRate());
    const auto lags = static_cast<std::size_t>(std::max(0, last - first)) + 1;
    std::array<float, mostSteps> own{};
    std::array<float, mostSteps> others{};
    const auto span = std::min(mostSteps, window + lags - 1);
    coarse.copy(here, std::span(own).first(window));
    coarse.copy(here + first, std::span(others).first(span));

    const float ownEnergy = dotProduct(own.data(), own.data(), window);
    float energy = dotProduct(others.data(), others.data(), window);
    Match best{0.5f * (shortest + longest), -1};
    for (std::size_t lag = 0; lag + window <= span; ++lag)
    {
        if (lag > 0)
            energy += others[lag + window - 1] * others[lag + window - 1] - others[lag - 1] * others[lag - 1];
        const float scale = std::sqrt(std::max(0.0f, ownEnergy * energy));
        const float likeness =
            scale > 1e-20f ? dotProduct(own.data(), others.data() + lag, window) / scale : 0;
        if (likeness > best.likeness)
            best = {static_cast<float>(first + static_cast<int>(lag)) * step, likeness};
    }
    return best;
}

/// Into `likeness`: how alike what lies behind the reading point is to what lies `first` samples further
/// back, and one more for each next. A part of the samples does: they are sorted so that those of one
/// comparison are neighbours, whatever the distance.
void PitchShifter::compare(int first, std::span<float> likeness) const noexcept
{
    const int window = static_cast<int>(windowSeconds * sampleRate);
    const auto stride = static_cast<std::size_t>(std::max(1, window / fewestPoints));
    const auto points = static_cast<std::size_t>(window) / stride;
    const auto row = points + (likeness.size() - 1) / stride + 1;
    std::array<float, 2 * fewestPoints> own;
    std::array<float, longestWindow> others;
    std::array<float, mostCandidates> common{};
    std::array<float, mostCandidates> energy{};
    const int start = std::max(static_cast<int>(delay), 1 - first);
    // A mono signal counts twice, so that it is moved to the same place as two equal channels, to the last
    // bit.
    const float weight = isMono ? 2.0f : 1.0f;
    for (std::size_t side = 0; side < (isMono ? 1u : 2u); ++side)
    {
        const auto& line = lines[side];
        for (std::size_t point = 0; point < points; ++point)
            own[point] = line.read(start + static_cast<int>(point * stride));
        for (std::size_t phase = 0; phase < stride; ++phase)
            for (std::size_t point = 0; point < row; ++point)
                others[phase * row + point] =
                    line.read(start + first + static_cast<int>(phase + point * stride));
        for (std::size_t candidate = 0; candidate < likeness.size(); ++candidate)
        {
            const float* other = &others[candidate % stride * row + candidate / stride];
            common[candidate] += weight * dotProduct(own.data(), other, points);
            energy[candidate] += weight * dotProduct(other, other, points);
        }
    }
    for (std::size_t candidate = 0; candidate < likeness.size(); ++candidate)
        likeness[candidate] = common[candidate] / std::sqrt(energy[candidate] + 1e-20f);
}

/// The distance near `distance` after which the signal repeats itself best, between samples.
float PitchShifter::refined(float distance) const noexcept
{
    const int reach = std::min(coarse.stepSize() + 1, static_cast<int>(mostCandidates - 3) / 2);
    const int first = static_cast<int>(distance) - reach - 1;
    std::array<float, mostCandidates> room;
    const auto likeness = std::span(room).first(2 * static_cast<std::size_t>(reach) + 3);
    compare(first, likeness);
    const auto best = std::max_element(likeness.begin() + 1, likeness.end() - 1);
    const float before = *(best - 1);
    const float after = *(best + 1);
    const float curvature = 2 * *best - before - after;
    const float offset = curvature > 1e-12f ? 0.5f * (after - before) / curvature : 0;
    return static_cast<float>(first + static_cast<int>(best - likeness.begin())) +
           std::clamp(offset, -0.5f, 0.5f);
}

} // namespace tonewright::dsp
