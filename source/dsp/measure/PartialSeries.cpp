#include "dsp/measure/PartialSeries.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace tonewright::dsp
{
namespace
{
constexpr double pi = std::numbers::pi;
/// Neighbouring partials are 8 bins apart, well outside each other's main lobe of a Hann window.
constexpr double periods = 8;
constexpr double shortestWindow = 0.09; // seconds
constexpr double advance = 0.25;        // of the second window, as a part of their length
constexpr int mostPartials = 24;
constexpr double highestFrequency = 5000;
constexpr double faintest = 0.01;          // partials below -40 dB of the strongest are left out
constexpr double strangest = 0.06;         // what may lie between the partials: -24 dB of the strongest
constexpr double farthestCents = 35;       // from where the partials below would have it
constexpr double largestResidual = 3;      // cents, RMS
constexpr double largestUncertainty = 0.3; // cents, a standard deviation
/// A note that begins within the windows has less than this share of their mean power in their first eighth.
constexpr double leastBeginning = 0.4;
/// The inharmonicity coefficient: from a hair of its estimate's noise below nothing to a short thick string.
constexpr double leastStiffness = -4e-5;
constexpr double mostStiffness = 3e-3;
/// Two strings a fifth or a fourth apart repeat themselves as one string an octave or two below would, but
/// have none of its partials 1, 5, 7, 11..., and a pure third has but one of its odd ones.
constexpr double leastShareOfOwn = 0.01;
constexpr double loudOdd = 0.05; // of the strongest: -26 dB

double cents(double ratio)
{
    return 1200 * std::log2(ratio);
}

struct Partial
{
    int number = 0;
    double frequency = 0;
    double amplitude = 0;
    double weight = 0; ///< one over the variance of frequency / number
};

/// A stiff string's partials, f_k = k sqrt(a + b (k^2 - 1)): its first partial is sqrt(a).
struct Series
{
    double a = 0;
    double b = 0;
    double deviation = 0; ///< the standard deviation of first(), Hz

    double at(int number) const { return number * std::sqrt(a + b * (number * number - 1)); }
    double first() const { return std::sqrt(a); }
};

/// By least squares: the squares of f_k / k lie on a line over k^2.
Series fit(const std::vector<Partial>& partials)
{
    double s0 = 0, s1 = 0, s2 = 0, y0 = 0, y1 = 0;
    for (const auto& partial : partials)
    {
        const double x = partial.number * partial.number - 1;
        const double y = std::pow(partial.frequency / partial.number, 2);
        const double weight = partial.weight / (4 * y); // of y instead of its root
        s0 += weight;
        s1 += weight * x;
        s2 += weight * x * x;
        y0 += weight * y;
        y1 += weight * x * y;
    }
    Series series{y0 / s0, 0, std::sqrt(1 / s0)};
    if (partials.size() > 2)
    {
        const double determinant = s0 * s2 - s1 * s1;
        const double a = (s2 * y0 - s1 * y1) / determinant;
        const double b = (s0 * y1 - s1 * y0) / determinant;
        const double kept = std::clamp(b, leastStiffness * a, mostStiffness * a);
        series = kept == b ? Series{a, b, std::sqrt(s2 / determinant)}
                           : Series{(y0 - kept * s1) / s0, kept, series.deviation};
    }
    series.deviation /= 2 * series.first();
    return series;
}

/// Two windows of the same sound, one a little later.
class TwoWindows
{
public:
    /// `sound` is as long as both together.
    TwoWindows(std::span<const float> sound, double rateOfSound, std::size_t length, std::size_t distance)
        : samples(sound), rate(rateOfSound), apart(distance), window(length)
    {
        for (std::size_t n = 0; n < length; ++n)
            window[n] =
                0.5 - 0.5 * std::cos(2 * pi * (static_cast<double>(n) + 0.5) / static_cast<double>(length));
    }

    /// The amplitude of the component at `frequency` in the later window.
    double amplitudeAt(double frequency) const { return std::abs(component(apart, frequency)); }

    /// What oscillates near `frequency`: its own frequency and amplitude.
    Partial partialNear(double frequency) const
    {
        const double seconds = static_cast<double>(apart) / rate;
        const auto earlier = component(0, frequency);
        const auto later = component(apart, frequency);
        const double expected = 2 * pi * frequency * seconds;
        const double turned = std::remainder(std::arg(later) - std::arg(earlier) - expected, 2 * pi);
        return {0, frequency + turned / (2 * pi * seconds), std::abs(later), 0};
    }

private:
    std::complex<double> component(std::size_t start, double frequency) const
    {
        const double step = -2 * pi * frequency / rate;
        const std::complex<double> turn = std::polar(1.0, step);
        constexpr std::size_t stretch = 512; // the recurrence is started afresh before it drifts
        std::complex<double> sum;
        for (std::size_t first = 0; first < window.size(); first += stretch)
        {
            auto phasor = std::polar(1.0, step * static_cast<double>(first));
            const std::size_t end = std::min(window.size(), first + stretch);
            for (std::size_t n = first; n < end; ++n)
            {
                sum += window[n] * static_cast<double>(samples[start + n]) * phasor;
                const double real = phasor.real() * turn.real() - phasor.imag() * turn.imag();
                phasor = {real, phasor.real() * turn.imag() + phasor.imag() * turn.real()};
            }
        }
        return sum * (4.0 / static_cast<double>(window.size()));
    }

    std::span<const float> samples;
    double rate;
    std::size_t apart;
    std::vector<double> window;
};

/// The sound halfway between the partials: noise, or another string.
struct Between
{
    double typical = 0;
    double loudest = 0;
};

Between betweenPartials(const TwoWindows& windows, double frequency, int count)
{
    std::vector<double> amplitudes;
    for (int number = 0; number < count; ++number)
        amplitudes.push_back(windows.amplitudeAt((number + 0.5) * frequency));
    std::sort(amplitudes.begin(), amplitudes.end());
    return {amplitudes[amplitudes.size() / 2], amplitudes.back()};
}

/// How far partials lie from where one string would have them.
struct Misfit
{
    double power = 0;
    double squares = 0;

    void add(double offsetInCents, double amplitude)
    {
        power += amplitude * amplitude;
        squares += std::pow(amplitude * offsetInCents, 2);
    }
    double rms() const { return power > 0 ? std::sqrt(squares / power) : 0; }
};

double meanPower(std::span<const float> samples)
{
    double sum = 0;
    for (const float sample : samples)
        sum += static_cast<double>(sample) * static_cast<double>(sample);
    return sum / static_cast<double>(samples.size());
}

bool isOwn(int number)
{
    return number % 2 != 0 && number % 3 != 0;
}

/// Whether the first partial is there or, where a string is too long for it to be heard, two of the next odd
/// ones.
bool hasOddPartials(const std::vector<Partial>& partials, double strongest)
{
    const auto isOdd = [strongest](const Partial& partial)
    { return partial.number % 2 != 0 && partial.number <= 7 && partial.amplitude > loudOdd * strongest; };
    return partials.front().number == 1 || std::count_if(partials.begin(), partials.end(), isOdd) >= 2;
}
} // namespace

double partialSeriesSeconds(double frequency)
{
    return std::max(shortestWindow, periods / frequency) * (1 + advance) + 0.001;
}

std::optional<double> firstPartial(std::span<const float> samples, double sampleRate, double guess)
{
    const auto length = static_cast<std::size_t>(std::max(shortestWindow, periods / guess) * sampleRate);
    const auto distance = static_cast<std::size_t>(advance * static_cast<double>(length));
    if (samples.size() < length + distance)
        return std::nullopt;
    const auto sound = samples.last(length + distance);
    if (meanPower(sound.first(sound.size() / 8)) < leastBeginning * meanPower(sound))
        return std::nullopt;
    const TwoWindows windows(sound, sampleRate, length, distance);
    const int count =
        std::clamp(static_cast<int>(std::min(0.3 * sampleRate, highestFrequency) / guess), 1, mostPartials);
    const auto between = betweenPartials(windows, guess, count);
    const double noise = std::max(between.typical, 1e-9);
    const double phaseToFrequency = sampleRate / (2 * pi * static_cast<double>(distance));

    std::vector<Partial> partials;
    Series series{guess * guess, 0, 0};
    double strongest = 0;
    double energy = 0;
    double ownEnergy = 0;
    for (int number = 1; number <= count; ++number)
    {
        const double expected = series.at(number);
        auto partial = windows.partialNear(expected);
        if (std::abs(partial.frequency - expected) > 0.25 * sampleRate / static_cast<double>(length))
            partial = windows.partialNear(partial.frequency);
        strongest = std::max(strongest, partial.amplitude);
        if (partial.amplitude < std::max(faintest * strongest, 4 * noise))
            continue;
        energy += partial.amplitude * partial.amplitude;
        if (isOwn(number))
            ownEnergy += partial.amplitude * partial.amplitude;
        if (!(std::abs(cents(partial.frequency / expected)) < farthestCents))
            continue;
        partial.number = number;
        partial.weight = std::pow(number * partial.amplitude / (noise * phaseToFrequency), 2);
        partials.push_back(partial);
        series = fit(partials);
    }
    if (partials.empty() || !hasOddPartials(partials, strongest) || between.loudest > strangest * strongest ||
        ownEnergy < leastShareOfOwn * energy)
        return std::nullopt;

    // Strings of a chord each fit a line of their own.
    Misfit all;
    Misfit own;
    for (const auto& partial : partials)
    {
        const double offset = cents(partial.frequency / series.at(partial.number));
        all.add(offset, partial.amplitude);
        if (isOwn(partial.number))
            own.add(offset, partial.amplitude);
    }
    const double uncertainty = cents(1 + series.deviation / series.first());
    if (all.rms() > largestResidual || own.rms() > largestResidual || all.power < 0.8 * energy ||
        !(uncertainty < largestUncertainty))
        return std::nullopt;
    return series.first();
}

} // namespace tonewright::dsp
