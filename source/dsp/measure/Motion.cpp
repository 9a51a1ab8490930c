#include "dsp/measure/Motion.h"

#include "dsp/RealFft.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace tonewright::dsp
{
namespace
{
constexpr double hopSeconds = 0.005;
constexpr double windowSeconds = 0.025;
constexpr double floorPower = 1e-12;

double meanOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Squared amplitude of one frequency of a curve under a Hann window, its mean removed.
double powerAt(std::span<const double> curve, double mean, double cyclesPerPoint)
{
    const auto count = static_cast<double>(curve.size());
    const auto windowStep = std::polar(1.0, 2 * std::numbers::pi / count);
    const auto step = std::polar(1.0, -2 * std::numbers::pi * cyclesPerPoint);
    auto windowPhase = std::polar(1.0, std::numbers::pi / count);
    std::complex<double> phase = 1;
    std::complex<double> sum = 0;
    for (const double value : curve)
    {
        sum += (0.5 - 0.5 * windowPhase.real()) * (value - mean) * phase;
        windowPhase *= windowStep;
        phase *= step;
    }
    return std::norm(4.0 * sum / count);
}

/// From the lowest to the highest of the mean course of one period.
double foldedRange(std::span<const double> curve, double pointsPerPeriod)
{
    const auto places = static_cast<std::size_t>(std::clamp(std::floor(pointsPerPeriod), 4.0, 40.0));
    std::vector<double> sums(places, 0.0);
    std::vector<double> counts(places, 0.0);
    for (std::size_t i = 0; i < curve.size(); ++i)
    {
        const double cycles = static_cast<double>(i) / pointsPerPeriod;
        const auto place = std::min(places - 1, static_cast<std::size_t>((cycles - std::floor(cycles)) *
                                                                         static_cast<double>(places)));
        sums[place] += curve[i];
        counts[place] += 1;
    }
    double lowest = 1e9;
    double highest = -1e9;
    for (std::size_t place = 0; place < places; ++place)
        if (counts[place] > 0)
        {
            lowest = std::min(lowest, sums[place] / counts[place]);
            highest = std::max(highest, sums[place] / counts[place]);
        }
    return std::max(0.0, highest - lowest);
}

/// The complex amplitude of a sine, one value a hop.
std::vector<std::complex<double>> demodulated(const std::vector<float>& sound, double frequency,
                                              double sampleRate)
{
    const auto hop = static_cast<std::size_t>(std::lround(hopSeconds * sampleRate));
    const auto length = static_cast<std::size_t>(std::lround(windowSeconds * sampleRate));
    std::vector<std::complex<double>> kernel(length);
    for (std::size_t n = 0; n < length; ++n)
    {
        const double place = (static_cast<double>(n) + 0.5) / static_cast<double>(length);
        kernel[n] = (1 - std::cos(2 * std::numbers::pi * place)) / static_cast<double>(length) *
                    std::polar(2.0, -2 * std::numbers::pi * frequency * static_cast<double>(n) / sampleRate) *
                    0.5;
    }
    std::vector<std::complex<double>> result;
    for (std::size_t start = 0; start + length <= sound.size(); start += hop)
    {
        std::complex<double> sum = 0;
        for (std::size_t n = 0; n < length; ++n)
            sum += static_cast<double>(sound[start + n]) * kernel[n];
        const double turn = 2 * std::numbers::pi * frequency * static_cast<double>(start) / sampleRate;
        result.push_back(2.0 * sum * std::polar(1.0, -turn));
    }
    return result;
}

/// Cents off the mean pitch from hop to hop, weighted by amplitude; the weights' RMS is 1.
std::vector<double> pitchDeviations(const std::vector<std::complex<double>>& amplitude, double frequency)
{
    std::vector<double> cents;
    std::vector<double> weights;
    double squares = 0;
    double sum = 0;
    for (std::size_t i = 1; i < amplitude.size(); ++i)
    {
        const auto turn = amplitude[i] * std::conj(amplitude[i - 1]);
        const double weight = std::abs(turn);
        const double offset =
            weight > floorPower ? std::arg(turn) / (2 * std::numbers::pi * hopSeconds) / frequency : 0.0;
        cents.push_back(1200 * std::log2(std::max(0.01, 1 + offset)));
        weights.push_back(weight);
        squares += weight;
        sum += weight * cents.back();
    }
    for (std::size_t i = 0; i < cents.size(); ++i)
        cents[i] = squares > 0 ? (cents[i] - sum / squares) *
                                     std::sqrt(weights[i] * static_cast<double>(cents.size()) / squares)
                               : 0.0;
    return cents;
}

/// The part of a curve between two frequencies, as RMS.
double bandRms(std::span<const double> curve, double rate, double lowest, double highest)
{
    const auto count = curve.size();
    const double mean = meanOf(curve);
    double power = 0;
    for (std::size_t bin = 1; bin <= count / 2; ++bin)
    {
        const double frequency = static_cast<double>(bin) * rate / static_cast<double>(count);
        if (frequency < lowest || frequency > highest)
            continue;
        std::complex<double> sum = 0;
        const auto step =
            std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(bin) / static_cast<double>(count));
        std::complex<double> phase = 1;
        for (const double value : curve)
        {
            sum += (value - mean) * phase;
            phase *= step;
        }
        const double share = 2 * bin == count ? 1.0 : 2.0;
        power += share * std::norm(sum / static_cast<double>(count));
    }
    return std::sqrt(power);
}

/// Third-octave levels in dB, one curve a band, a point a period; less what all bands share.
std::vector<std::vector<double>> bandCurves(const std::vector<float>& sound, std::size_t period,
                                            double sampleRate)
{
    constexpr double lowestCentre = 125;
    constexpr int bandCount = 18;
    const RealFft fft(period);
    AlignedVector<float> frame(period);
    AlignedVector<std::complex<float>> bins(period / 2 + 1);
    const double binWidth = sampleRate / static_cast<double>(period);
    std::vector<std::vector<double>> curves(bandCount);
    for (std::size_t start = 0; start + period <= sound.size(); start += period)
    {
        std::copy_n(sound.begin() + static_cast<std::ptrdiff_t>(start), period, frame.begin());
        fft.forward(frame.data(), bins.data());
        double mean = 0;
        for (int band = 0; band < bandCount; ++band)
        {
            const double centre = lowestCentre * std::exp2(band / 3.0);
            const auto first = static_cast<std::size_t>(std::ceil(centre * std::exp2(-1.0 / 6) / binWidth));
            const auto last = static_cast<std::size_t>(std::ceil(centre * std::exp2(1.0 / 6) / binWidth));
            double power = 0;
            for (std::size_t bin = first; bin < std::min(last, bins.size()); ++bin)
                power += static_cast<double>(std::norm(bins[bin]));
            power /= static_cast<double>(period) * static_cast<double>(period);
            const double level = 10 * std::log10(std::max(power, floorPower));
            curves[static_cast<std::size_t>(band)].push_back(level);
            mean += level / bandCount;
        }
        for (auto& curve : curves)
            curve.back() -= mean;
    }
    return curves;
}

/// A notch that goes up and down passes a band twice: the rate is the frequency that, with its double,
/// explains most of all bands' movement.
double sweepRate(const std::vector<std::vector<double>>& curves, double rate, double lowest, double highest)
{
    constexpr double step = 0.05;
    const auto count = static_cast<std::size_t>(2 * highest / step) + 1;
    std::vector<double> power(count, 0.0);
    for (const auto& curve : curves)
    {
        const double mean = meanOf(curve);
        for (std::size_t i = 1; i < count; ++i)
            power[i] += powerAt(curve, mean, static_cast<double>(i) * step / rate);
    }
    std::size_t best = 1;
    const auto score = [&](std::size_t i) { return power[i] + power[2 * i]; };
    for (auto i = static_cast<std::size_t>(lowest / step); i <= (count - 1) / 2; ++i)
        if (score(i) > score(best))
            best = i;
    return static_cast<double>(best) * step;
}

Swing sweepOfChannel(const std::vector<float>& sound, std::size_t period, double sampleRate)
{
    constexpr double lowest = 0.1;
    constexpr double highest = 8;
    const auto curves = bandCurves(sound, period, sampleRate);
    if (curves[0].size() < 4)
        return {};
    const double rate = sampleRate / static_cast<double>(period);
    double power = 0;
    for (const auto& curve : curves)
    {
        const double extent = bandRms(curve, rate, lowest, highest);
        power += extent * extent / static_cast<double>(curves.size());
    }
    const double extent = std::sqrt(power);
    constexpr double unheard = 0.01; // dB
    return {extent, extent > unheard ? sweepRate(curves, rate, lowest, highest) : 0.0};
}
} // namespace

Swing strongestSwing(std::span<const double> curve, double rate, double lowest, double highest)
{
    constexpr double unheard = 1e-3; // of whatever the curve is in: dB, cents
    constexpr std::size_t fewest = 8;
    if (curve.size() < fewest)
        return {};
    const double mean = meanOf(curve);
    // Finer than the curve's own resolution, then finer around the best.
    const double coarse = 0.25 * rate / static_cast<double>(curve.size());
    double best = lowest;
    double strongest = -1;
    const auto look = [&](double frequency)
    {
        const double power = powerAt(curve, mean, frequency / rate);
        if (power > strongest)
        {
            strongest = power;
            best = frequency;
        }
    };
    for (double frequency = lowest; frequency <= highest; frequency += coarse)
        look(frequency);
    for (double step = coarse / 2; step > coarse / 64; step /= 2)
    {
        const double centre = best;
        for (const double frequency : {centre - step, centre + step})
            if (frequency >= lowest && frequency <= highest)
                look(frequency);
    }
    if (std::sqrt(strongest) < unheard)
        return {};
    return {foldedRange(curve, rate / best), best};
}

SineMotion motionOfSine(std::span<const std::vector<float>> channels, double frequency, double sampleRate)
{
    constexpr double curveRate = 1 / hopSeconds;
    SineMotion result;
    std::vector<double> power;
    for (const auto& channel : channels)
    {
        const auto amplitude = demodulated(channel, frequency, sampleRate);
        if (amplitude.size() < 16)
            return {};
        power.resize(amplitude.size(), 0.0);
        for (std::size_t i = 0; i < amplitude.size(); ++i)
            power[i] += std::norm(amplitude[i]) / static_cast<double>(channels.size());

        const auto cents = pitchDeviations(amplitude, frequency);
        const double deviation = std::sqrt(2.0) * bandRms(cents, curveRate, 0.1, 10);
        if (deviation > result.pitch.extent)
            result.pitch = {deviation, strongestSwing(cents, curveRate, 0.1, 10).rate};
    }
    for (auto& value : power)
        value = 10 * std::log10(std::max(value, floorPower));
    if (!power.empty())
        result.level = strongestSwing(power, curveRate, 1, 15);
    return result;
}

Swing sweepOfNoise(std::span<const std::vector<float>> channels, std::size_t period, double sampleRate)
{
    Swing result;
    for (const auto& channel : channels)
        if (const auto sweep = sweepOfChannel(channel, period, sampleRate); sweep.extent > result.extent)
            result = sweep;
    return result;
}

} // namespace tonewright::dsp
