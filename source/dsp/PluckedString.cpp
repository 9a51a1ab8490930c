#include "dsp/PluckedString.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double pi = std::numbers::pi;
constexpr double brightFrequency = 4000;
/// The second plane of vibration: slightly out of tune with the first, dies sooner, is heard less.
constexpr std::array<double, 2> planeDetune{1.0, 1.00018};
constexpr std::array<double, 2> planeDecay{1.0, 0.35};
constexpr std::array<float, 2> planeLevel{0.6f, 0.4f};

/// Gain of one round trip that makes `frequency` fall by 60 dB in `seconds`.
double roundTripGain(double frequency, double seconds)
{
    return std::pow(10.0, -3.0 / (frequency * seconds));
}

double onePoleMagnitude(double pole, double omega)
{
    return (1 - pole) / std::sqrt(1 + pole * pole - 2 * pole * std::cos(omega));
}

/// Delay in samples of the one-pole low-pass at `omega`.
double onePolePhaseDelay(double pole, double omega)
{
    return std::atan2(pole * std::sin(omega), 1 - pole * std::cos(omega)) / omega;
}

/// The pole whose low-pass has the power `ratio` at `omega` against 0 Hz.
double poleForPowerRatio(double ratio, double omega)
{
    if (ratio > 0.999999)
        return 0;
    const double b = 1 - ratio * std::cos(omega);
    const double c = 1 - ratio;
    return (b - std::sqrt(std::max(0.0, b * b - c * c))) / c;
}

float whiteNoise(std::uint32_t& state)
{
    state = state * 1664525u + 1013904223u; // Numerical Recipes' linear congruential generator
    return static_cast<float>(static_cast<std::int32_t>(state)) * 4.6566129e-10f;
}
} // namespace

PluckedString::PluckedString(double sampleRate, double lowestFrequency, double pickupPosition,
                             std::uint32_t seed)
    : rate(sampleRate), openFrequency(lowestFrequency), pickup(pickupPosition), frequency(lowestFrequency),
      noise(seed)
{
    const auto longest = static_cast<std::size_t>(rate / lowestFrequency * 1.1) + 8;
    for (auto& loop : loops)
        loop.line.assign(std::bit_ceil(longest), 0.0f);
    tune();
}

float PluckedString::Loop::read(std::size_t writeAt, double samplesAgo) const
{
    // Third-order Lagrange interpolation, the point between the two middle samples (Laakso et al. 1996).
    const auto whole = static_cast<std::size_t>(samplesAgo);
    const auto d = static_cast<float>(samplesAgo - static_cast<double>(whole)) + 1.0f;
    const std::size_t mask = line.size() - 1;
    const std::size_t first = writeAt - whole + 1;
    const float x0 = line[first & mask];
    const float x1 = line[(first - 1) & mask];
    const float x2 = line[(first - 2) & mask];
    const float x3 = line[(first - 3) & mask];
    const float d1 = d - 1;
    const float d2 = d - 2;
    const float d3 = d - 3;
    return -d1 * d2 * d3 * x0 / 6 + d * d2 * d3 * x1 / 2 - d * d1 * d3 * x2 / 2 + d * d1 * d2 * x3 / 6;
}

float PluckedString::Loop::near(std::size_t writeAt, double samplesAgo) const
{
    const auto whole = static_cast<std::size_t>(samplesAgo);
    const auto part = static_cast<float>(samplesAgo - static_cast<double>(whole));
    const std::size_t mask = line.size() - 1;
    const float newer = line[(writeAt - whole) & mask];
    return newer + part * (line[(writeAt - whole - 1) & mask] - newer);
}

void PluckedString::pluck(const Pluck& pluck)
{
    frequency = pluck.frequency;
    setDecay(pluck.sustainSeconds, pluck.brightSeconds);
    tune();

    // The plectrum lets go: a pulse whose spectrum falls by 6 dB an octave (a string pulled aside and
    // released), rounder when played softly; and the scrape of its edge.
    const double period = rate / frequency;
    const double width = rate * (0.00009 + 0.00022 * (1.0 - static_cast<double>(pluck.velocity)));
    const auto pulseLength = static_cast<std::size_t>(period);
    const auto shift = static_cast<std::size_t>(std::max(1.0, period * pluck.pickPosition));
    std::vector<float> pulse(pulseLength);
    const double leak = std::exp(-2 * pi * frequency * 0.7 / rate);
    double released = 0;
    float previousNoise = 0;
    for (std::size_t n = 0; n < pulseLength; ++n)
    {
        const double t = static_cast<double>(n);
        const double push = t < width ? 0.5 - 0.5 * std::cos(2 * pi * t / width) : 0.0;
        released = leak * released + push / width;
        const float scrape = whiteNoise(noise);
        const double scrapeLevel = 0.03 * std::exp(-t / (0.0008 * rate));
        pulse[n] = pluck.velocity *
                   static_cast<float>(released + scrapeLevel * static_cast<double>(scrape - previousNoise));
        previousNoise = scrape;
    }
    // What runs to the bridge comes back upside down: the comb that makes picking near the bridge thin.
    excitation.assign(pulseLength + shift, 0.0f);
    for (std::size_t n = 0; n < pulseLength; ++n)
    {
        excitation[n] += pulse[n];
        excitation[n + shift] -= pulse[n];
    }
    excitationIndex = 0;
}

void PluckedString::setFrequency(double newFrequency)
{
    frequency = newFrequency;
    tune();
}

void PluckedString::damp(double seconds)
{
    setDecay(seconds, seconds * 0.5);
    tune();
}

void PluckedString::setDecay(double sustainSeconds, double brightSeconds)
{
    const double omega = 2 * pi * brightFrequency / rate;
    const double fundamental = 2 * pi * frequency / rate;
    for (std::size_t plane = 0; plane < loops.size(); ++plane)
    {
        const double sustain = roundTripGain(frequency, sustainSeconds * planeDecay[plane]);
        const double bright =
            roundTripGain(frequency, std::min(brightSeconds, sustainSeconds) * planeDecay[plane]);
        const double pole = poleForPowerRatio(std::pow(bright / sustain, 2), omega);
        loops[plane].pole = static_cast<float>(pole);
        loops[plane].gain =
            static_cast<float>(std::min(0.99999, sustain / onePoleMagnitude(pole, fundamental)));
    }
}

void PluckedString::tune()
{
    const double omega = 2 * pi * frequency / rate;
    for (std::size_t plane = 0; plane < loops.size(); ++plane)
    {
        auto& loop = loops[plane];
        const double wanted = rate / (frequency * planeDetune[plane]) -
                              onePolePhaseDelay(static_cast<double>(loop.pole), omega);
        loop.delay = std::clamp(wanted, 4.0, static_cast<double>(loop.line.size()) - 8.0);
    }
}

float PluckedString::nextExcitation()
{
    return excitationIndex < excitation.size() ? excitation[excitationIndex++] : 0.0f;
}

float PluckedString::next()
{
    const float struck = nextExcitation();
    // The pickup does not move when a finger shortens the string; it hears the wave twice, coming and going.
    const double coverage = std::min(0.45, pickup * frequency / openFrequency);
    float heard = 0;
    for (std::size_t plane = 0; plane < loops.size(); ++plane)
    {
        auto& loop = loops[plane];
        const float returned = loop.read(writeIndex, loop.delay);
        loop.state = (1 - loop.pole) * loop.gain * returned + loop.pole * loop.state;
        const float wave = loop.state + struck;
        loop.line[writeIndex & (loop.line.size() - 1)] = wave;
        heard += planeLevel[plane] * (wave - loop.near(writeIndex, std::max(1.0, loop.delay * coverage)));
    }
    ++writeIndex;
    return heard;
}

} // namespace tonewright::dsp
