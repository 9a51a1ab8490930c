#pragma once

#include "dsp/CabinetDesign.h"
#include "dsp/RealFft.h"

#include <array>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace tonewright::dsp
{

/// How long every impulse response is; its last quarter fades out.
inline constexpr double cabinetImpulseSeconds = 2048.0 / 48000.0;

/// Makes the impulse responses of miked guitar cabinets at one sample rate. Speaker, box and microphone are a
/// minimum-phase filter with the magnitude of the designs; the neighbouring drivers, the wave from an open
/// back, the floor and the walls arrive later by their ways through the air, each as the microphone's pattern
/// hears it. Levels are matched: a guitar comes out as loud as it went in (GuitarLevel.h).
class CabinetSynthesiser
{
public:
    /// [setup] `sampleRate` in Hz, 8,000 to 384,000.
    explicit CabinetSynthesiser(double sampleRate);

    /// [worker] One impulse response, cabinetImpulseSeconds long, direct sound at its first sample.
    /// `distance` in metres, above 0, from the grille to the microphone. Not const: it reuses its memory.
    std::vector<float> impulse(CabinetModel model, Microphone microphone, double distance);

private:
    using Spectrum = AlignedVector<std::complex<float>>;

    /// One way from a cone to the microphone.
    struct Path
    {
        double delay;           ///< s later than the direct sound
        double gain;            ///< against the direct sound
        double corner;          ///< Hz, first-order low-pass on the way; 0 for none
        double cosine;          ///< of the angle to the microphone's axis
        double effectiveRadius; ///< m, of the wave front's curvature
    };

    void chooseSource(CabinetModel model, Microphone microphone);
    void addMagnitude(std::span<const Resonance> resonances);
    void addConeModes(std::uint32_t seed);
    void makeMinimumPhase();
    void listPaths(const CabinetDesign& cabinet, double distance);
    void listRoom(const CabinetDesign& cabinet, double distance);
    void sumPaths(double gradientPart);
    double levellingGain() const;
    double frequencyOf(std::size_t bin) const noexcept { return static_cast<double>(bin) * binWidth; }

    double sampleRate;
    std::size_t impulseFrames;
    RealFft fft;
    double binWidth;
    std::size_t audibleBins;
    bool hasSource = false;
    CabinetModel currentModel{};
    Microphone currentMicrophone{};
    std::vector<double> power;
    Spectrum source; ///< speaker, box and microphone, minimum phase
    std::vector<Path> paths;
    std::vector<std::complex<double>> air; ///< what the paths do
    Spectrum spectrum;
    AlignedVector<float> samples;
};

} // namespace tonewright::dsp
