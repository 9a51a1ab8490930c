#pragma once

#include "dsp/RealFft.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace tonewright::test
{

/// What a sine has become, whatever it went through: `bin` whole cycles in `period` samples, so that the
/// settled output is periodic too and every bin is either a harmonic or folded.
class HarmonicSpectrum
{
public:
    /// `process` changes a signal in place: some periods of the sine, of which the last is looked at.
    template <typename Process>
    HarmonicSpectrum(Process&& process, std::size_t bin, double inputDecibels, double rate = 48000,
                     std::size_t periodSamples = 65536)
        : period(periodSamples), fundamentalBin(bin), sampleRate(rate), bins(periodSamples / 2 + 1)
    {
        // At least 0.4 s to settle.
        const double settling = std::ceil(0.4 * rate / static_cast<double>(period));
        std::vector<float> signal(period * (1 + static_cast<std::size_t>(settling)));
        const double amplitude = std::pow(10, inputDecibels / 20);
        for (std::size_t n = 0; n < signal.size(); ++n)
            signal[n] = static_cast<float>(
                amplitude * std::sin(2 * std::numbers::pi * static_cast<double>(bin * n % period) /
                                     static_cast<double>(period)));
        process(signal);
        dsp::AlignedVector<float> settled(signal.end() - static_cast<std::ptrdiff_t>(period), signal.end());
        dsp::AlignedVector<std::complex<float>> spectrum(bins.size());
        dsp::RealFft(period).forward(settled.data(), spectrum.data());
        for (std::size_t k = 0; k < bins.size(); ++k)
            bins[k] = 2 * static_cast<double>(std::abs(spectrum[k])) / static_cast<double>(period);
    }

    /// Amplitude of one bin.
    double amplitude(std::size_t bin) const { return bins.at(bin); }

    /// Amplitude of harmonic `order` (1 is the fundamental).
    double harmonic(std::size_t order) const { return bins.at(order * fundamentalBin); }

    /// dB of harmonic `order` relative to the fundamental.
    double relative(std::size_t order) const { return decibels(harmonic(order) / harmonic(1)); }

    /// Harmonics 2 to 39 relative to the fundamental, dB.
    double distortion() const
    {
        double energy = 0;
        for (std::size_t order = 2; order <= 39 && order * fundamentalBin < bins.size(); ++order)
            energy += harmonic(order) * harmonic(order);
        return decibels(std::sqrt(energy) / harmonic(1));
    }

    /// Energy between the harmonics relative to that in them, 20 Hz to 20 kHz, dB.
    double aliasing() const
    {
        double signal = 0;
        double folded = 0;
        for (std::size_t k = bin(20); k < std::min(bin(20000), bins.size()); ++k)
            (k % fundamentalBin == 0 ? signal : folded) += bins[k] * bins[k];
        return decibels(std::sqrt(folded / signal));
    }

    /// Mean of the output, dBFS.
    double offset() const { return decibels(bins[0] / 2); }

private:
    static double decibels(double ratio) { return 20 * std::log10(std::max(ratio, 1e-12)); }

    std::size_t bin(double frequency) const
    {
        return static_cast<std::size_t>(frequency * static_cast<double>(period) / sampleRate);
    }

    std::size_t period;
    std::size_t fundamentalBin;
    double sampleRate;
    std::vector<double> bins;
};

} // namespace tonewright::test
