#include "dsp/Octaver.h"

#include "dsp/ControlRate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double lowestNote = 38;   ///< Hz
constexpr double highestNote = 900; ///< Hz
constexpr double windowSeconds = 0.02;
constexpr double searchSeconds = 0.005;
constexpr float quietest = 1e-4f; ///< RMS below which nothing is searched
/// Likeness of a period from which on it counts; a fifth of a chord stays below.
constexpr float convincing = 0.85f;
/// The first period that is nearly as good as the best is the note; the best may be two of them.
constexpr float nearlyBest = 0.92f;
/// Together they take the second harmonic down by 20 dB, so that only the fundamental crosses zero.
constexpr double bandQ = 1.4;
constexpr double lowPassQ = 1;
/// Pickups near the bridge hear more of the second harmonic than of the fundamental; its half period must not
/// be taken for the note.
constexpr double emphasisCorner = 120; ///< Hz
/// How fast the levels of the guitar and of its fundamental are compared, and the most that is made up for.
constexpr double levelSeconds = 0.03;
constexpr float mostMakeUp = 4;
constexpr float least = 1e-12f;
} // namespace

void Octaver::prepare(double newSampleRate)
{
    sampleRate = newSampleRate;
    coarse.prepare(sampleRate, windowSeconds + 1 / lowestNote);
    presence.prepare(sampleRate, 0.015);
    for (auto& filter : emphasis)
        filter.setFrequency(emphasisCorner, sampleRate);
    levelStep = static_cast<float>(1 - std::exp(-1 / (levelSeconds * sampleRate)));
    makeUp.prepare(controlInterval);
    reset();
}

void Octaver::reset() noexcept
{
    coarse.reset();
    fundamental.reset();
    belowHarmonics.reset();
    for (auto& filter : emphasis)
        filter.reset();
    softener.reset();
    secondSoftener.reset();
    makeUp.reset();
    guitarPower = fundamentalPower = 0;
    presence.reset();
    presence.setTarget(0);
    frequency = followed = 110;
    polarity = 1;
    previous = 0;
    isArmed = false;
    untilSearch = untilFollow = 0;
}

void Octaver::recall(const InputHistory& past, float gain) noexcept
{
    std::array<OnePole, 2> slow;
    for (auto& filter : slow)
        filter.setFrequency(emphasisCorner, coarse.stepRate());
    constexpr double filtersSwingIn = 0.01;
    const auto reach =
        static_cast<int>((windowSeconds + 1 / lowestNote + filtersSwingIn) * coarse.stepRate());
    coarse.recall(past.middle(), gain, reach,
                  [&](float step) { return slow[1].lowPass(slow[0].lowPass(step)); });
    // The filters at the full rate swing in on the last moments.
    const auto& left = past.samples(0);
    const auto& right = past.samples(1);
    const int swingIn = std::min(left.length(), static_cast<int>(0.005 * sampleRate));
    for (int age = swingIn; age > 0; --age)
        emphasis[1].lowPass(emphasis[0].lowPass(0.5f * gain * (left.read(age) + right.read(age))));
    findPeriod();
    followed = frequency;
    const float target = presence.targetValue();
    presence.reset();
    presence.setTarget(target);
    untilSearch = searchFrames();
}

float Octaver::process(float sample) noexcept
{
    coarse.write(emphasis[1].lowPass(emphasis[0].lowPass(sample)));
    if (untilSearch == 0)
    {
        findPeriod();
        untilSearch = searchFrames();
    }
    if (untilFollow == 0)
    {
        follow();
        untilFollow = controlInterval;
    }
    --untilSearch;
    --untilFollow;

    const float band = fundamental.process(sample).band / static_cast<float>(bandQ);
    const float note = belowHarmonics.process(band).low;
    guitarPower += levelStep * (sample * sample - guitarPower);
    fundamentalPower += levelStep * (note * note - fundamentalPower);
    if (note < 0)
        isArmed = true;
    else if (isArmed && previous < 0)
    {
        polarity = -polarity;
        isArmed = false;
    }
    previous = note;
    const float soft = secondSoftener.lowPass(softener.lowPass(polarity * note));
    return presence.next() * makeUp.next() * soft;
}

int Octaver::searchFrames() const noexcept
{
    return std::max(1, static_cast<int>(searchSeconds * sampleRate));
}

void Octaver::follow() noexcept
{
    makeUp.tick(std::clamp(std::sqrt((guitarPower + least) / (fundamentalPower + least)), 1.0f, mostMakeUp));
    followed += 0.2f * (frequency - followed);
    fundamental.setFrequency(static_cast<double>(followed), bandQ, sampleRate);
    belowHarmonics.setFrequency(static_cast<double>(followed), lowPassQ, sampleRate);
    for (auto* filter : {&softener, &secondSoftener})
        filter->setFrequency(1.3 * static_cast<double>(followed), sampleRate);
}

void Octaver::findPeriod() noexcept
{
    constexpr std::size_t mostSteps = 1024;
    const auto window = static_cast<std::size_t>(windowSeconds * coarse.stepRate());
    const auto shortest = static_cast<std::size_t>(coarse.stepRate() / highestNote);
    const auto longest = static_cast<std::size_t>(coarse.stepRate() / lowestNote);
    std::array<float, mostSteps> past{};
    std::array<float, mostSteps> likeness{};
    coarse.copy(1, std::span(past).first(window + longest + 1));
    const float own = dotProduct(past.data(), past.data(), window);
    if (own < quietest * quietest * static_cast<float>(window))
    {
        presence.setTarget(0);
        return;
    }
    float energy = own;
    for (std::size_t lag = 1; lag <= longest; ++lag)
    {
        energy += past[lag + window - 1] * past[lag + window - 1] - past[lag - 1] * past[lag - 1];
        if (lag + 1 >= shortest)
            likeness[lag] = 2 * dotProduct(past.data(), past.data() + lag, window) / (own + energy);
    }
    const auto isPeak = [&](std::size_t lag)
    { return likeness[lag] >= likeness[lag - 1] && likeness[lag] > likeness[lag + 1]; };
    float best = 0;
    for (std::size_t lag = shortest; lag < longest; ++lag)
        if (isPeak(lag))
            best = std::max(best, likeness[lag]);
    presence.setTarget(best > convincing ? 1.0f : 0.0f);
    for (std::size_t lag = shortest; best > convincing && lag < longest; ++lag)
        if (isPeak(lag) && likeness[lag] >= nearlyBest * best)
        {
            const float curvature = 2 * likeness[lag] - likeness[lag - 1] - likeness[lag + 1];
            const float offset =
                curvature > 1e-9f ? 0.5f * (likeness[lag + 1] - likeness[lag - 1]) / curvature : 0;
            frequency = static_cast<float>(coarse.stepRate()) / (static_cast<float>(lag) + offset);
            return;
        }
}

} // namespace tonewright::dsp
