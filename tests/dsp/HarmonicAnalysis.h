#pragma once

#include "StagePlayer.h"
#include "dsp/RealFft.h"

namespace tonewright::test
{

/// A sine through a stage: `bin` whole cycles in `period` samples, so that the settled output is periodic too
/// and every bin is either a harmonic or folded.
class HarmonicAnalysis
{
public:
    template <typename MakeStage>
    HarmonicAnalysis(MakeStage&& makeStage, const ParameterSet& parameters, std::size_t bin,
                     double inputDecibels, double rate = 48000, dsp::Quality quality = dsp::Quality::live,
                     std::size_t periodSamples = 65536)
        : period(periodSamples), fundamentalBin(bin), sampleRate(rate), bins(periodSamples / 2 + 1)
    {
        const auto stage = makeStage();
        stage->prepare({rate, 512, quality});
        // At least 0.4 s to settle.
        const double settling = std::ceil(0.4 * rate / static_cast<double>(period));
        Signal signal(period * (1 + static_cast<std::size_t>(settling)));
        const double amplitude = std::pow(10, inputDecibels / 20);
        for (std::size_t n = 0; n < signal.size(); ++n)
            signal[n] = static_cast<float>(
                amplitude * std::sin(2 * std::numbers::pi * static_cast<double>(bin * n % period) /
                                     static_cast<double>(period)));
        Signal unused(512);
        for (std::size_t done = 0; done < signal.size(); done += 512)
        {
            dsp::AudioBlock block;
            block.channels = {signal.data() + done, unused.data()};
            block.frames = static_cast<int>(std::min<std::size_t>(512, signal.size() - done));
            stage->setParameters(parameters, {});
            stage->process(block);
        }
        dsp::AlignedVector<float> settled(signal.end() - static_cast<std::ptrdiff_t>(period), signal.end());
        dsp::AlignedVector<std::complex<float>> spectrum(bins.size());
        dsp::RealFft(period).forward(settled.data(), spectrum.data());
        for (std::size_t k = 0; k < bins.size(); ++k)
            bins[k] = 2 * static_cast<double>(std::abs(spectrum[k])) / static_cast<double>(period);
    }

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
    std::size_t bin(double frequency) const
    {
        return static_cast<std::size_t>(frequency * static_cast<double>(period) / sampleRate);
    }

    std::size_t period;
    std::size_t fundamentalBin;
    double sampleRate;
    std::vector<double> bins;
};

/// Harmonics of 220 Hz: exactly 22 cycles in a tenth of a second at every rate.
template <typename MakeStage>
HarmonicAnalysis harmonicsOf220(MakeStage&& makeStage, const ParameterSet& parameters, double inputDecibels,
                                double rate = 48000)
{
    return HarmonicAnalysis(makeStage, parameters, 22, inputDecibels, rate, dsp::Quality::live,
                            static_cast<std::size_t>(rate / 10));
}

/// The gain classes' D20 and D40: distortion at -20 and -40 dBFS peak.
template <typename MakeStage>
double distortionAt(MakeStage&& makeStage, const ParameterSet& parameters, double inputDecibels)
{
    return harmonicsOf220(makeStage, parameters, inputDecibels).distortion();
}

} // namespace tonewright::test
