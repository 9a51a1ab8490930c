#pragma once

#include "dsp/DelayLine.h"
#include "dsp/Filters.h"
#include "dsp/ReverbEngine.h"

#include <array>

namespace tonewright::dsp
{

/// A spring tank: two springs a side, each a loop of a delay and a long chain of first-order allpasses that
/// lets lows arrive before highs, so that every bounce is a chirp (J. Abel, D. Berners, S. Costello and J. O.
/// Smith, "Spring reverb emulation using dispersive allpass filters in a waveguide structure", 2006). Springs
/// carry nothing above 4 kHz, so the loops run at about 9.6 kHz, between steep low-passes.
class SpringReverb final : public ReverbEngine
{
public:
    void prepare(double sampleRate) override;
    void reset() noexcept override;
    void setType(ReverbType) noexcept override {}
    void setTargets(float decay, float brightness) noexcept override;
    void process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                 int frames) noexcept override;

private:
    static constexpr std::size_t springCount = 4;
    static constexpr std::size_t chainLength = 120;
    static constexpr std::size_t bandFilterCount = 4;
    using Springs = std::array<float, springCount>;

    void aim() noexcept;
    void bounce(float input) noexcept;
    void disperse(Springs& signal) noexcept;

    double springRate = 9600;
    int samplesPerStep = 5;
    int untilStep = 0;
    float dispersion = 0;
    float decay = 0;
    float brightness = 0;
    float rampCoefficient = 1;
    float sizeCoefficient = 1;
    bool snapNext = true;

    std::array<Biquad, bandFilterCount> before;
    std::array<std::array<Biquad, bandFilterCount>, 2> after;
    OnePole lowCut;
    std::array<DelayLine, springCount> delays;
    alignas(16) std::array<Springs, chainLength> chain{};
    Springs length{};
    Springs wantedLength{};
    Springs low{};
    Springs wantedLow{};
    Springs high{};
    Springs wantedHigh{};
    Springs damped{};
    float dampingSpeed = 1;
    float wantedDampingSpeed = 1;
    std::array<float, 2> heard{};
};

} // namespace tonewright::dsp
