#pragma once

#include "dsp/DelayBank.h"
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
    using Bank = DelayBank<1>;

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
    void resize() noexcept;
    Lanes leave() noexcept;
    void enter(Lanes inputs) noexcept;
    float tapped(std::size_t side) const noexcept;

    static constexpr std::size_t tapCount = 7;
    static constexpr std::size_t diffuserCount = 4;
    static constexpr std::size_t stretchCount = 4;

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
    Lanes diffusion{}; // of the diffusers
    Lanes wantedDiffusion{};

    // The figure of eight has four stretches of an allpass, a delay, and what is lost on the way. By lane:
    // left first, left second, right first, right second.
    Bank allpasses;
    Bank delays;
    Lanes allpassLength{}; // samples at full size
    Lanes delayLength{};
    Lanes loopDiffusion{};
    Lanes wantedLoopDiffusion{};
    Lanes low{};
    Lanes wantedLow{};
    Lanes high{};
    Lanes wantedHigh{};
    Lanes damped{};                       // states of the damping's one-poles
    std::array<BetweenSamples, 4> ends{}; // of the delays, at the present size
    std::array<std::array<Tap, tapCount>, 2> taps{};
    float movementDepth = 0;
    Lanes movement{}; // of the first allpass of each side
    Lanes movementStep{};
    double turn = 0;
    int untilControl = 0;
};

} // namespace tonewright::dsp
