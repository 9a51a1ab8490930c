#pragma once

#include "dsp/CrossfadingTap.h"
#include "dsp/DelayBank.h"
#include "dsp/Filters.h"
#include "dsp/ReverbEngine.h"

#include <array>

namespace tonewright::dsp
{

/// Plays what it is fed one octave higher: two taps run through a short memory
/// at double speed and relieve each other. [audio] but for prepare().
class OctaveUp
{
public:
    void prepare(double sampleRate);
    void reset() noexcept;
    float process(float input) noexcept;

private:
    DelayLine line;
    std::array<OnePole, 2> antiAlias;
    std::array<OnePole, 2> lowCut;
    int window = 2;
    int place = 0;
};

struct HallVoicing;

/// Room, hall, cathedral and shimmer: a feedback delay network of eight slowly
/// moving lines behind diffusers (J.-M. Jot and A. Chaigne, "Digital delay
/// networks for designing artificial reverberators", 1991), with early
/// reflections for the room and an octave in the loop for the shimmer.
class HallReverb final : public ReverbEngine
{
public:
    static constexpr std::size_t lineCount = 8;
    static constexpr std::size_t diffuserCount = 4;
    static constexpr std::size_t reflectionCount = 6;

    HallReverb();

    void prepare(double sampleRate) override;
    void reset() noexcept override;
    void setType(ReverbType type) noexcept override;
    void setTargets(float decay, float brightness) noexcept override;
    void process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                 int frames) noexcept override;

private:
    using Bank = DelayBank<lineCount / 4>;
    using Values = Bank::Values; ///< one a line

    void aim() noexcept;
    void moveLines() noexcept;
    float diffuse(std::size_t side, float input) noexcept;
    float reflections(std::size_t side, float input) noexcept;

    const HallVoicing* voicing;
    double sampleRate = 48000;
    float decay = 0;
    float brightness = 0;
    float rampCoefficient = 1;
    float sizeCoefficient = 1;
    bool snapNext = true;

    Bank lines;
    std::array<std::array<DelayAllpass, diffuserCount>, 2> diffusers;
    std::array<DelayLine, 2> early;
    std::array<std::array<int, diffuserCount>, 2> diffuserDelays{};
    std::array<std::array<int, reflectionCount>, 2> reflectionDelays{};
    std::array<OnePole, 2> lowCut;
    OctaveUp octave;

    Values length{}; // samples, without the movement
    Values wantedLength{};
    Values lowGain{};
    Values wantedLowGain{};
    Values highGain{};
    Values wantedHighGain{};
    Values damped{}; // states of the lines' one-poles
    Values offset{}; // the movement, samples
    Values offsetStep{};
    std::array<float, diffuserCount> diffusion{};
    std::array<float, diffuserCount> wantedDiffusion{};
    float earlyGain = 1;
    float wantedEarlyGain = 1;
    float octaveGain = 0;
    float wantedOctave = 0;
    float dampingSpeed = 1;
    float wantedDampingSpeed = 1;
    float lastOctave = 0;
    double turn = 0; // phase of the movement
    int untilControl = 0;
};

} // namespace tonewright::dsp
