#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tonewright::dsp
{

/// How a string is struck.
struct Pluck
{
    double frequency = 110;
    double pickPosition = 0.13; ///< part of the sounding length, from the bridge
    float velocity = 1;         ///< 0 to 1; harder is louder and brighter
    double sustainSeconds = 6;  ///< T60 of the fundamental
    double brightSeconds = 1.2; ///< T60 at 4 kHz
};

/// One steel string of an electric guitar as its pickup hears it: a digital waveguide (Smith, "Physical Audio
/// Signal Processing", chapters on digital waveguide and Karplus-Strong models). Two loops a string, one for
/// each plane of vibration, give the decay its two slopes. [worker]
class PluckedString
{
public:
    /// `lowestFrequency` is the longest the string gets; `pickupPosition` as a part of the open string, from
    /// the bridge.
    PluckedString(double sampleRate, double lowestFrequency, double pickupPosition, std::uint32_t seed);

    /// Strikes the string; what it still sounds goes on under the new note.
    void pluck(const Pluck& pluck);

    /// Bends the string; smooth when called every few samples.
    void setFrequency(double frequency);

    /// A hand on the string: it dies away with this T60 until the next pluck.
    void damp(double seconds);

    /// The pickup's next sample, before the pickup's own resonance.
    float next();

private:
    struct Loop
    {
        std::vector<float> line;
        double delay = 100;
        float gain = 0;
        float pole = 0;
        float state = 0;
        /// Exact enough to run round and round.
        float read(std::size_t writeAt, double samplesAgo) const;
        /// Good enough to hear once.
        float near(std::size_t writeAt, double samplesAgo) const;
    };

    void setDecay(double sustainSeconds, double brightSeconds);
    void tune();
    float nextExcitation();

    double rate;
    double openFrequency;
    double pickup;
    double frequency;
    std::array<Loop, 2> loops;
    std::size_t writeIndex = 0;
    std::vector<float> excitation;
    std::size_t excitationIndex = 0;
    std::uint32_t noise;
};

} // namespace tonewright::dsp
