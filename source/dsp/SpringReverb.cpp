#include "dsp/SpringReverb.h"

#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// Hz; the springs run at the sample rate over a whole number, no slower than this: 9600 Hz at 48 kHz, 11025
/// at 44.1.
constexpr double wantedSpringRate = 9600;
constexpr double highestCut = 3900;
// Butterworth of eighth order.
constexpr std::array<double, 4> butterworthQ{0.5098, 0.6013, 0.9, 2.5629};

/// Seconds between two bounces: left pair, right pair.
constexpr std::array<float, 4> springSeconds{0.0331f, 0.0427f, 0.0353f, 0.0409f};
/// Of each allpass at the wanted rate; the nearer to 1, the later the highs.
constexpr double wantedDispersion = 0.72;
/// Hz, where the chirps of all rates arrive together: where a guitar has most to send.
constexpr double chirpReference = 1000;
/// A decay shorter than this shortens the springs.
constexpr float fullSizeDecay = 0.8f;
constexpr float smallestSize = 0.1f;
constexpr float darkCorner = 1200;
constexpr float brightCorner = 3500;
constexpr float darkRatio = 0.35f;
constexpr float brightRatio = 0.9f;

/// Group delay of (a + z^-1) / (1 + a z^-1) in samples, at `turn` radians a sample.
double allpassDelay(double a, double turn) noexcept
{
    return (1 - a * a) / (1 + 2 * a * std::cos(turn) + a * a);
}

/// The coefficient with which an allpass takes as many seconds as the wanted one at its wanted rate.
double dispersionAt(double rate) noexcept
{
    const double turn = 2 * std::numbers::pi * chirpReference;
    const double delay = allpassDelay(wantedDispersion, turn / wantedSpringRate) * rate / wantedSpringRate;
    const double cosine = std::cos(turn / rate);
    // allpassDelay(a) = delay, solved for a: (delay + 1) a^2 + 2 delay cosine a + delay - 1 = 0.
    return (std::sqrt(delay * delay * (cosine * cosine - 1) + 1) - delay * cosine) / (delay + 1);
}
} // namespace

void SpringReverb::prepare(double sampleRate)
{
    samplesPerStep = std::max(1, static_cast<int>(sampleRate / wantedSpringRate));
    springRate = sampleRate / samplesPerStep;
    dispersion = static_cast<float>(dispersionAt(springRate));
    const double cut = std::min(highestCut, 0.41 * springRate);
    for (std::size_t index = 0; index < bandFilterCount; ++index)
    {
        const auto coefficients = biquad::lowPass(cut, butterworthQ[index], sampleRate);
        before[index].setCoefficients(coefficients);
        for (auto& side : after)
            side[index].setCoefficients(coefficients);
    }
    lowCut.setFrequency(90, sampleRate);
    for (std::size_t index = 0; index < springCount; ++index)
        delays[index].prepare(static_cast<int>(static_cast<double>(springSeconds[index]) * springRate) + 8);
    rampCoefficient = rampSpeed(0.02, springRate);
    sizeCoefficient = rampSpeed(0.25, springRate);
    reset();
}

void SpringReverb::reset() noexcept
{
    for (std::size_t index = 0; index < bandFilterCount; ++index)
    {
        before[index].reset();
        for (auto& side : after)
            side[index].reset();
    }
    lowCut.reset();
    for (auto& delay : delays)
        delay.reset();
    chain = {};
    damped = {};
    heard = {};
    untilStep = 0;
    decay = 0;
    snapNext = true;
}

void SpringReverb::setTargets(float newDecay, float newBrightness) noexcept
{
    if (newDecay == decay && newBrightness == brightness)
        return;
    decay = newDecay;
    brightness = newBrightness;
    aim();
    if (!snapNext)
        return;
    snapNext = false;
    length = wantedLength;
    low = wantedLow;
    high = wantedHigh;
    dampingSpeed = wantedDampingSpeed;
}

void SpringReverb::aim() noexcept
{
    const float size = std::clamp(decay / fullSizeDecay, smallestSize, 1.0f);
    const float corner = darkCorner * std::pow(brightCorner / darkCorner, brightness);
    const float highDecay = decay * (darkRatio + brightness * (brightRatio - darkRatio));
    const double turn = 2 * std::numbers::pi * static_cast<double>(DampingDesign::reference) / springRate;
    const auto chainSeconds = static_cast<float>(
        static_cast<double>(chainLength) * allpassDelay(static_cast<double>(dispersion), turn) / springRate);
    for (std::size_t index = 0; index < springCount; ++index)
    {
        const float seconds = std::max(springSeconds[index] * size, 3 / static_cast<float>(springRate));
        const auto damping =
            DampingDesign::make(seconds + chainSeconds, decay, highDecay, corner, springRate);
        wantedLength[index] = seconds * static_cast<float>(springRate);
        // The far end turns the wave over.
        wantedLow[index] = -damping.low;
        wantedHigh[index] = -damping.high;
        wantedDampingSpeed = damping.speed;
    }
}

void SpringReverb::disperse(Springs& signal) noexcept
{
    const float a = dispersion;
    for (auto& states : chain)
        for (std::size_t spring = 0; spring < springCount; ++spring)
        {
            const float output = a * signal[spring] + states[spring];
            states[spring] = signal[spring] - a * output;
            signal[spring] = output;
        }
}

void SpringReverb::bounce(float input) noexcept
{
    dampingSpeed += rampCoefficient * (wantedDampingSpeed - dampingSpeed);
    Springs signal;
    Springs arrived;
    for (std::size_t spring = 0; spring < springCount; ++spring)
    {
        length[spring] += sizeCoefficient * (wantedLength[spring] - length[spring]);
        low[spring] += rampCoefficient * (wantedLow[spring] - low[spring]);
        high[spring] += rampCoefficient * (wantedHigh[spring] - high[spring]);
        arrived[spring] = delays[spring].readBetween(std::max(2.0f, length[spring]));
        damped[spring] += dampingSpeed * (arrived[spring] - damped[spring]);
        signal[spring] =
            input + low[spring] * damped[spring] + high[spring] * (arrived[spring] - damped[spring]);
    }
    disperse(signal);
    for (std::size_t spring = 0; spring < springCount; ++spring)
        delays[spring].write(signal[spring]);
    heard = {arrived[0] - arrived[1], arrived[2] - arrived[3]};
}

void SpringReverb::process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                           int frames) noexcept
{
    const float interpolation = static_cast<float>(samplesPerStep);
    for (int frame = 0; frame < frames; ++frame)
    {
        float input = lowCut.highPass(0.5f * (inputLeft[frame] + inputRight[frame]));
        for (auto& filter : before)
            input = filter.process(input);
        // Zeros between the springs' samples, smoothed by the low-pass that follows.
        std::array<float, 2> output{};
        if (untilStep == 0)
        {
            untilStep = samplesPerStep;
            bounce(input);
            output = {heard[0] * interpolation, heard[1] * interpolation};
        }
        --untilStep;
        for (std::size_t side = 0; side < 2; ++side)
            for (auto& filter : after[side])
                output[side] = filter.process(output[side]);
        wetLeft[frame] = output[0];
        wetRight[frame] = output[1];
    }
}

} // namespace tonewright::dsp
