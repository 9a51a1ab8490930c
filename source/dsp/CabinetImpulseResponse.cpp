#include "dsp/CabinetImpulseResponse.h"

#include "dsp/GuitarLevel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double speedOfSound = 343;   ///< m/s
constexpr double audibleLimit = 20000; ///< Hz; above it only the direct sound counts
constexpr double quietest = 1e-8;      ///< power; keeps the logarithm of the magnitude finite
constexpr double coneRadius = 0.13;    ///< m
/// A cone is no point: near it the wave front is as curved as if it came from this far behind the grille, m.
constexpr double sourceDepth = 0.14;
/// Of the sound of a neighbouring cone: its break-up never matches that of the miked one.
constexpr double neighbourCoherence = 0.35;
/// Hz; a 12 inch cone becomes directional from here on (its circumference is one wavelength near 700 Hz, but
/// break-up leaves the highs to its middle).
constexpr double beamingCorner = 1300;

/// The room: a treated studio. Metres from the miked driver to the walls at its sides, to the ceiling over
/// the floor and to the wall it looks at.
constexpr double leftWall = 1.7;
constexpr double rightWall = 2.4;
constexpr double ceiling = 2.7;
constexpr double wallBehindCabinet = 0.6;
constexpr double reflection = 0.6;        ///< of the pressure, a bounce
constexpr double reflectionCorner = 5000; ///< Hz, what carpet and curtains leave after one bounce
constexpr double rearCorner = 900;        ///< Hz, what comes round the box from the cone's back

constexpr int coneModes = 18;

double squared(double value) noexcept
{
    return value * value;
}

/// How loud a cone is on its axis at `length` metres, against another cone (or its image) `reference` metres
/// away: the near field of a piston at low frequencies, sqrt(r^2 + a^2) - r, which far away becomes a^2 / 2r
/// (Beranek, "Acoustics").
double spreading(double reference, double length) noexcept
{
    const double near = std::hypot(reference, coneRadius) - reference;
    return coneRadius * coneRadius / (2 * length) / near;
}

/// The same numbers on every machine (Park and Miller's generator, "Random number generators: good ones are
/// hard to find", 1988), 0 to 1.
class Dice
{
public:
    explicit Dice(std::uint32_t seed) noexcept : state(seed * 48271u % 2147483647u) {}
    double next() noexcept
    {
        state = state * 48271u % 2147483647u;
        return static_cast<double>(state) / 2147483647.0;
    }

private:
    std::uint64_t state;
};

std::size_t impulseFramesAt(double sampleRate) noexcept
{
    return static_cast<std::size_t>(std::ceil(cabinetImpulseSeconds * sampleRate));
}
} // namespace

// Four times the length leaves the cepstrum and the late reflections room before they wrap around.
CabinetSynthesiser::CabinetSynthesiser(double rate)
    : sampleRate(rate), impulseFrames(impulseFramesAt(rate)), fft(std::bit_ceil(4 * impulseFramesAt(rate))),
      binWidth(rate / static_cast<double>(fft.size())),
      audibleBins(std::min(fft.size() / 2 + 1, static_cast<std::size_t>(audibleLimit / binWidth))),
      power(fft.size() / 2 + 1), source(fft.size() / 2 + 1), air(audibleBins), spectrum(fft.size() / 2 + 1),
      samples(fft.size())
{
}

std::vector<float> CabinetSynthesiser::impulse(CabinetModel model, Microphone microphone, double distance)
{
    chooseSource(model, microphone);
    listPaths(designOf(model), distance);
    listRoom(designOf(model), distance);
    sumPaths(designOf(microphone).gradientPart);

    std::copy(source.begin(), source.end(), spectrum.begin());
    for (std::size_t bin = 0; bin < audibleBins; ++bin)
        spectrum[bin] *= std::complex<float>(air[bin]);
    spectrum[0] = 0;
    const double gain = levellingGain() / static_cast<double>(fft.size());
    fft.inverse(spectrum.data(), samples.data());

    std::vector<float> result(impulseFrames);
    const double fadeStart = 0.75 * static_cast<double>(impulseFrames);
    for (std::size_t frame = 0; frame < impulseFrames; ++frame)
    {
        const double late = std::max(0.0, (static_cast<double>(frame) - fadeStart) /
                                              (static_cast<double>(impulseFrames) - fadeStart));
        const double fade = 0.5 * (1 + std::cos(std::numbers::pi * late));
        result[frame] = static_cast<float>(gain * fade * static_cast<double>(samples[frame]));
    }
    return result;
}

void CabinetSynthesiser::chooseSource(CabinetModel model, Microphone microphone)
{
    if (hasSource && model == currentModel && microphone == currentMicrophone)
        return;
    const auto& cabinet = designOf(model);
    const auto& mic = designOf(microphone);
    for (std::size_t bin = 0; bin < audibleBins; ++bin)
    {
        const double frequency = frequencyOf(bin);
        const auto highPass = [frequency](double corner, double q)
        {
            const double square = squared(frequency / corner);
            return squared(square) / (squared(1 - square) + square / squared(q));
        };
        const auto lowPass = [frequency](double corner, double order)
        { return 1 / (1 + std::pow(frequency / corner, 2 * order)); };
        power[bin] = highPass(cabinet.resonance, cabinet.resonanceQ) * highPass(mic.highPass, mic.highPassQ) *
                     lowPass(cabinet.rollOff, cabinet.rollOffOrder) * lowPass(mic.lowPass, mic.lowPassOrder);
    }
    addMagnitude(cabinet.cone);
    addMagnitude(mic.capsule);
    addConeModes(cabinet.modesSeed);
    std::fill(power.begin() + static_cast<std::ptrdiff_t>(audibleBins), power.end(), power[audibleBins - 1]);
    makeMinimumPhase();
    hasSource = true;
    currentModel = model;
    currentMicrophone = microphone;
}

void CabinetSynthesiser::addMagnitude(std::span<const Resonance> resonances)
{
    for (const auto& resonance : resonances)
    {
        const double amplitude = std::pow(10.0, resonance.decibels / 40);
        for (std::size_t bin = 0; bin < audibleBins; ++bin)
            power[bin] *= prototypePower(resonance.shape, amplitude, resonance.q,
                                         frequencyOf(bin) / resonance.frequency);
    }
}

/// The many small ring and bell modes of a paper cone: narrow, mostly dips, denser the higher.
void CabinetSynthesiser::addConeModes(std::uint32_t seed)
{
    Dice dice(seed);
    std::array<Resonance, coneModes> modes{};
    for (auto& mode : modes)
    {
        const double frequency = 450 * std::pow(20.0, std::sqrt(dice.next()));
        const double decibels = -3.5 + 5.5 * dice.next();
        const double q = 5 + 8 * dice.next();
        mode = {BandShape::bell, frequency, decibels, q};
    }
    addMagnitude(modes);
}

/// Oppenheim and Schafer, "Discrete-Time Signal Processing", chapter on cepstrum analysis: the causal half of
/// the real cepstrum, doubled, is the cepstrum of the minimum-phase response.
void CabinetSynthesiser::makeMinimumPhase()
{
    for (std::size_t bin = 0; bin < power.size(); ++bin)
        spectrum[bin] = static_cast<float>(0.5 * std::log(power[bin] + quietest));
    fft.inverse(spectrum.data(), samples.data());
    const std::size_t half = fft.size() / 2;
    const float scale = 1.0f / static_cast<float>(fft.size());
    samples[0] *= scale;
    for (std::size_t frame = 1; frame < half; ++frame)
        samples[frame] *= 2 * scale;
    samples[half] *= scale;
    std::fill(samples.begin() + static_cast<std::ptrdiff_t>(half) + 1, samples.end(), 0.0f);
    fft.forward(samples.data(), source.data());
    for (auto& value : source)
        value = std::exp(value);
}

void CabinetSynthesiser::listPaths(const CabinetDesign& cabinet, double distance)
{
    paths.clear();
    paths.push_back({0, 1, 0, 1, distance + sourceDepth});
    for (const auto& driver : cabinet.neighbours)
    {
        const double aside = std::hypot(driver.x, driver.y);
        const double length = std::hypot(aside, distance);
        paths.push_back({(length - distance) / speedOfSound, neighbourCoherence * spreading(distance, length),
                         beamingCorner * length / aside, distance / length, length + sourceDepth});
    }
    if (!cabinet.isOpen)
        return;
    // The cone's back pushes when its front pulls: dipole cancellation round the box, and an echo from the
    // wall behind.
    const double around = distance + cabinet.rearPath;
    paths.push_back({cabinet.rearPath / speedOfSound, -0.85 * spreading(distance, around), rearCorner, 0.8,
                     around + sourceDepth});
    const double behind = distance + 2 * wallBehindCabinet;
    paths.push_back({2 * wallBehindCabinet / speedOfSound, -reflection * spreading(distance, behind),
                     rearCorner, 0.9, behind + sourceDepth});
}

/// First and second-order mirror images of the driver in floor, ceiling and side walls (Allen and Berkley,
/// "Image method for efficiently simulating small-room acoustics", 1979).
void CabinetSynthesiser::listRoom(const CabinetDesign& cabinet, double distance)
{
    for (const double sideways : {0.0, -2 * leftWall, 2 * rightWall})
        for (const double upwards : {0.0, -2 * cabinet.height, 2 * (ceiling - cabinet.height)})
        {
            const double aside = std::hypot(sideways, upwards);
            if (aside <= 0)
                continue;
            const int bounces = (sideways != 0.0 ? 1 : 0) + (upwards != 0.0 ? 1 : 0);
            const double length = std::hypot(aside, distance);
            const double corner = std::min(reflectionCorner / bounces, beamingCorner * length / aside);
            paths.push_back({(length - distance) / speedOfSound,
                             std::pow(reflection, bounces) * spreading(distance, length), corner,
                             distance / length, length + sourceDepth});
        }
}

/// Adds the paths up as a microphone hears them whose gradient part also feels the curvature of the wave
/// front: 1 + c / (j w r), the proximity effect (Beranek, "Acoustics").
void CabinetSynthesiser::sumPaths(double gradientPart)
{
    using Complex = std::complex<double>;
    std::fill(air.begin(), air.end(), Complex{});
    for (const auto& path : paths)
    {
        const double gradient = gradientPart * path.cosine;
        const double flat = path.gain * (1 - gradientPart + gradient);
        const double curved =
            path.gain * gradient * speedOfSound / (2 * std::numbers::pi * path.effectiveRadius);
        const double angle = -2 * std::numbers::pi * binWidth * path.delay;
        const double stepReal = std::cos(angle);
        const double stepImaginary = std::sin(angle);
        double real = 1;
        double imaginary = 0;
        for (std::size_t bin = 1; bin < audibleBins; ++bin)
        {
            const double turned = real * stepReal - imaginary * stepImaginary;
            imaginary = real * stepImaginary + imaginary * stepReal;
            real = turned;

            const double frequency = frequencyOf(bin);
            const double lag = path.corner > 0 ? frequency / path.corner : 0;
            // (flat - j curved / f) / (1 + j lag)
            const double scale = 1 / (1 + lag * lag);
            const double bend = curved / frequency;
            const double hearReal = (flat - bend * lag) * scale;
            const double hearImaginary = -(bend + flat * lag) * scale;
            air[bin] += Complex(real * hearReal - imaginary * hearImaginary,
                                real * hearImaginary + imaginary * hearReal);
        }
    }
}

/// What brings noise with a guitar's long-term spectrum back to the level it came in with.
double CabinetSynthesiser::levellingGain() const
{
    return 1 / std::sqrt(guitarPower(spectrum, binWidth, sampleRate));
}

} // namespace tonewright::dsp
