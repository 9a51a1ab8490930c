#pragma once

#include "SpacePlayer.h"

namespace tonewright::dsp::test
{

/// Follows a stereo stream and says, of any stretch of its last second, what an ear takes for a gap or a
/// click.
class SwitchObserver
{
public:
    explicit SwitchObserver(double sampleRate);

    void hear(const float* left, const float* right, std::size_t frames);

    /// Samples heard so far.
    std::size_t now() const { return end; }

    /// Mean power of both channels over the 5 ms that begin at `frame`.
    double power(std::size_t frame) const;

    /// Over the samples from `first` to before `last`, the larger or the sum of both channels:
    double largestSecondDifference(std::size_t first, std::size_t last) const;
    double peak(std::size_t first, std::size_t last) const;
    double energyAbove8kHz(std::size_t first, std::size_t last) const;

    const std::size_t windowFrames; ///< 5 ms

private:
    /// A second-order high-pass for both channels; four make an eighth-order Butterworth.
    struct Section
    {
        double b = 0, a1 = 0, a2 = 0;
        std::array<double, 2> s1{}, s2{};
        double process(std::size_t channel, double x);
    };
    struct Moment
    {
        std::array<float, 2> sample{};
        double energy = 0; ///< of all samples before this one
        double treble = 0; ///< the same above 8 kHz
        float bend = 0;    ///< second difference that ends here
    };
    const Moment& at(std::size_t frame) const { return moments[frame % moments.size()]; }

    std::array<Section, 4> sections;
    std::vector<Moment> moments; ///< a ring
    double energy = 0;
    double treble = 0;
    std::size_t end = 0;
};

} // namespace tonewright::dsp::test
