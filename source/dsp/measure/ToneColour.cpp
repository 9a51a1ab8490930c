#include "dsp/measure/ToneColour.h"

#include "dsp/measure/PowerSpectrum.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double floorLevel = -120;
constexpr double everything = 1e6; // Hz

double powerDecibels(double power, double reference)
{
    return power > 0 && reference > 0 ? std::max(floorLevel, 10 * std::log10(power / reference)) : floorLevel;
}

double erbRateOf(double frequency)
{
    return 21.4 * std::log10(1 + 0.00437 * frequency); // Glasberg and Moore 1990
}

double frequencyOfErbRate(double erbRate)
{
    return (std::pow(10.0, erbRate / 21.4) - 1) / 0.00437;
}

/// Centroid on the ERB-rate scale of the specific loudness, energy^0.3 in half-ERB bands: distortion, which
/// adds overtones everywhere, moves it less than a tone control does.
double brightnessOf(const PowerSpectrum& spectrum)
{
    constexpr double step = 0.5;
    double weighted = 0;
    double total = 0;
    for (double erb = erbRateOf(60); erb < erbRateOf(12'000); erb += step)
    {
        const double energy = spectrum.between(frequencyOfErbRate(erb), frequencyOfErbRate(erb + step));
        const double loudness = std::pow(std::max(0.0, energy), 0.3);
        weighted += (erb + step / 2) * loudness;
        total += loudness;
    }
    return total > 0 ? weighted / total : 0;
}

} // namespace

ToneColour colourOf(std::span<const std::vector<float>> channels, double sampleRate)
{
    ToneColour result;
    const PowerSpectrum spectrum(channels, sampleRate);
    const double total = spectrum.between(0, everything);
    const auto level = [&](double low, double high)
    { return powerDecibels(spectrum.between(low, high), total); };
    result.brightness = brightnessOf(spectrum);
    result.lows = level(0, 250);
    result.mids = level(400, 1600);
    result.highs = level(2000, everything);
    result.lowMids = level(200, 500);
    result.presence = level(2000, 5000);
    result.top = level(5000, everything);
    result.scoop = result.mids - (level(100, 300) + result.presence) / 2;
    return result;
}

double bandLevel(std::span<const std::vector<float>> channels, double sampleRate, double low, double high)
{
    const PowerSpectrum spectrum(channels, sampleRate);
    return powerDecibels(spectrum.between(low, high), spectrum.between(0, everything));
}

} // namespace tonewright::dsp
