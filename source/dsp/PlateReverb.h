#pragma once

#include "dsp/DelayLine.h"
#include "dsp/Filters.h"
#include "dsp/ReverbEngine.h"

#include <array>

namespace tonewright::dsp
{

/// A dense plate after J. Dattorro ("Effect design, part 1: reverberator and other filters", J. Audio Eng.
/// Soc. 45, 1997): diffusers into a figure of eight of allpasses and delays, tapped in many places.
class PlateReverb final : public ReverbEngine
{
public:
    void prepare(double sampleRate) override;
    void reset() noexcept override;
    void setType(ReverbType) noexcept override {}
    void setTargets(float decay, float brightness) noexcept override;
    void process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                 int frames) noexcept override;

private:
    /// A stretch of the figure of eight: an allpass, a delay, and what is lost on the way.
    struct Stretch
    {
        DelayAllpass allpass;
        DelayLine delay;
        float allpassLength = 2; // samples at full size
        float delayLength = 2;
        float diffusion = 0;
        float wantedDiffusion = 0;
        float low = 0;
        float wantedLow = 0;
        float high = 0;
        float wantedHigh = 0;
        float damped = 0;   // state of the damping's one-pole
        BetweenSamples end; // of the delay, at the present size
    };
    struct Tap
    {
        std::size_t stretch;
        bool inAllpass;
        float place; // samples at full size
        float sign;
        BetweenSamples now; // at the present size; its weights have the sign
    };

    void aim() noexcept;
    void ramp() noexcept;
    float diffuse(float input) noexcept;
    float leave(Stretch& stretch) const noexcept;
    void enter(Stretch& stretch, float input, float sway) const noexcept;
    void resize() noexcept;
    float tapped(std::size_t side) const noexcept;

    static constexpr std::size_t tapCount = 7;
    static constexpr std::size_t diffuserCount = 4;

    double sampleRate = 48000;
    float decay = 0;
    float brightness = 0;
    float size = 1;
    float wantedSize = 1;
    float placedSize = 0; // for which the places of taps and delays are
    float sizeCoefficient = 1;
    float rampCoefficient = 1;
    float dampingSpeed = 1;
    float wantedDampingSpeed = 1;
    bool snapNext = true;

    OnePole lowCut;
    std::array<DelayAllpass, diffuserCount> diffusers;
    std::array<int, diffuserCount> diffuserDelays{};
    std::array<float, diffuserCount> diffusion{};
    std::array<float, diffuserCount> wantedDiffusion{};
    std::array<Stretch, 4> stretches; // left first, left second, right first, right second
    std::array<std::array<Tap, tapCount>, 2> taps{};
    float movementDepth = 0;
    std::array<float, 2> movement{};
    std::array<float, 2> movementStep{};
    double turn = 0;
    int untilControl = 0;
};

} // namespace tonewright::dsp
