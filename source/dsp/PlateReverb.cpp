#include "dsp/PlateReverb.h"

#include <algorithm>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
// The paper counts in samples of 29,761 Hz.
constexpr double paperRate = 29761;
constexpr std::array<double, 4> diffuserLengths{142, 107, 379, 277};
constexpr std::array<float, 4> diffuserDiffusion{0.75f, 0.75f, 0.625f, 0.625f};
constexpr std::array<double, 4> allpassLengths{672, 1800, 908, 2656};
constexpr std::array<double, 4> delayLengths{4453, 3720, 4217, 3163};
constexpr std::array<float, 4> stretchDiffusion{0.7f, 0.5f, 0.7f, 0.5f};
constexpr std::array<float, 4> stretchSign{-1, 1, -1, 1};

struct PaperTap
{
    std::size_t stretch;
    bool inAllpass;
    double place;
    float sign;
};
constexpr std::array<std::array<PaperTap, 7>, 2> paperTaps{{{{{2, false, 266, 1},
                                                              {2, false, 2974, 1},
                                                              {3, true, 1913, -1},
                                                              {3, false, 1996, 1},
                                                              {0, false, 1990, -1},
                                                              {1, true, 187, -1},
                                                              {1, false, 1066, -1}}},
                                                            {{{0, false, 353, 1},
                                                              {0, false, 3627, 1},
                                                              {1, true, 1228, -1},
                                                              {1, false, 2673, 1},
                                                              {2, false, 2111, -1},
                                                              {3, true, 335, -1},
                                                              {3, false, 121, -1}}}}};

constexpr int samplesPerControl = 32;
constexpr float movementSeconds = 0.0003f;
constexpr double movementRate = 0.9;
// A decay shorter than this shrinks the plate, or it would fall silent between two taps.
constexpr float fullSizeDecay = 1.5f;
// The paper's lengths are those of a huge plate; these are of a denser one.
constexpr float smallestSize = 0.06f;
constexpr float largestSize = 0.6f;
// A size so close to the wanted one is taken as that: a hundredth of a sample, and the places of taps may
// stand still.
constexpr float nearEnough = 2e-6f;
// The allpasses ring a little longer than their mean delay.
constexpr float haste = 0.95f;
constexpr float darkCorner = 2500;
constexpr float brightCorner = 9000;
constexpr float darkRatio = 0.3f;
constexpr float brightRatio = 0.95f;

float seconds(double paperSamples) noexcept
{
    return static_cast<float>(paperSamples / paperRate);
}
} // namespace

void PlateReverb::prepare(double newSampleRate)
{
    sampleRate = newSampleRate;
    const auto samples = [this](double paperSamples)
    { return std::max(2, static_cast<int>(std::lround(paperSamples * sampleRate / paperRate))); };
    const int margin = static_cast<int>(static_cast<double>(movementSeconds) * sampleRate) + 8;
    for (std::size_t index = 0; index < diffuserCount; ++index)
    {
        diffuserDelays[index] = samples(diffuserLengths[index]);
        diffusers[index].prepare(diffuserDelays[index]);
    }
    for (std::size_t index = 0; index < stretchCount; ++index)
    {
        allpassLength[index] = static_cast<float>(samples(allpassLengths[index]));
        delayLength[index] = static_cast<float>(samples(delayLengths[index]));
    }
    allpasses.prepare(samples(*std::max_element(allpassLengths.begin(), allpassLengths.end())) + margin);
    delays.prepare(samples(*std::max_element(delayLengths.begin(), delayLengths.end())) + margin);
    for (std::size_t side = 0; side < taps.size(); ++side)
        for (std::size_t index = 0; index < tapCount; ++index)
        {
            const auto& tap = paperTaps[side][index];
            taps[side][index] = {
                tap.stretch, tap.inAllpass, static_cast<float>(samples(tap.place)), tap.sign, {}};
        }
    placedSize = 0;
    lowCut.setFrequency(60, sampleRate);
    movementDepth = movementSeconds * static_cast<float>(sampleRate);
    rampCoefficient = rampSpeed(0.02, sampleRate);
    sizeCoefficient = rampSpeed(0.25, sampleRate);
    reset();
}

void PlateReverb::reset() noexcept
{
    lowCut.reset();
    for (auto& allpass : diffusers)
        allpass.reset();
    allpasses.reset();
    delays.reset();
    damped = movement = movementStep = Lanes{};
    turn = 0;
    untilControl = 0;
    decay = 0;
    snapNext = true;
}

void PlateReverb::setTargets(float newDecay, float newBrightness) noexcept
{
    if (newDecay == decay && newBrightness == brightness)
        return;
    decay = newDecay;
    brightness = newBrightness;
    aim();
    if (!snapNext)
        return;
    snapNext = false;
    size = wantedSize;
    diffusion = wantedDiffusion;
    dampingSpeed = wantedDampingSpeed;
    loopDiffusion = wantedLoopDiffusion;
    low = wantedLow;
    high = wantedHigh;
}

void PlateReverb::aim() noexcept
{
    wantedSize = std::clamp(largestSize * decay / fullSizeDecay, smallestSize, largestSize);
    const float corner = darkCorner * std::pow(brightCorner / darkCorner, brightness);
    const float loopDecay = haste * decay;
    const float highDecay = loopDecay * (darkRatio + brightness * (brightRatio - darkRatio));
    for (std::size_t index = 0; index < diffuserCount; ++index)
        wantedDiffusion[index] =
            boundedDiffusion(diffuserDiffusion[index], seconds(diffuserLengths[index]), decay);
    for (std::size_t index = 0; index < stretchCount; ++index)
    {
        const float allpass = wantedSize * seconds(allpassLengths[index]);
        const float whole = allpass + wantedSize * seconds(delayLengths[index]);
        const auto damping = DampingDesign::make(whole, loopDecay, highDecay, corner, sampleRate);
        wantedLoopDiffusion[index] =
            stretchSign[index] * boundedDiffusion(stretchDiffusion[index], allpass, decay);
        wantedLow[index] = damping.low;
        wantedHigh[index] = damping.high;
        wantedDampingSpeed = damping.speed;
    }
}

void PlateReverb::ramp() noexcept
{
    if (untilControl == 0)
    {
        untilControl = samplesPerControl;
        turn += movementRate * samplesPerControl / sampleRate;
        turn -= std::floor(turn);
        for (std::size_t side = 0; side < 2; ++side)
        {
            const float place = static_cast<float>(turn) + 0.25f * static_cast<float>(side);
            const float wanted = movementDepth * std::sin(2 * std::numbers::pi_v<float> * place);
            movementStep[2 * side] = (wanted - movement[2 * side]) / samplesPerControl;
        }
    }
    --untilControl;
    movement += movementStep;
    size += sizeCoefficient * (wantedSize - size);
    if (std::abs(wantedSize - size) < nearEnough)
        size = wantedSize;
    if (size != placedSize)
        resize();
    dampingSpeed += rampCoefficient * (wantedDampingSpeed - dampingSpeed);
    diffusion += rampCoefficient * (wantedDiffusion - diffusion);
    loopDiffusion += rampCoefficient * (wantedLoopDiffusion - loopDiffusion);
    low += rampCoefficient * (wantedLow - low);
    high += rampCoefficient * (wantedHigh - high);
}

/// Places depend on the size alone, which hardly ever moves.
void PlateReverb::resize() noexcept
{
    placedSize = size;
    for (std::size_t index = 0; index < stretchCount; ++index)
        ends[index] = BetweenSamples(std::max(2.0f, delayLength[index] * size));
    for (auto& side : taps)
        for (auto& tap : side)
        {
            tap.now = BetweenSamples(std::max(2.0f, tap.place * size));
            tap.now.weights *= tap.sign;
        }
}

float PlateReverb::diffuse(float input) noexcept
{
    for (std::size_t index = 0; index < diffuserCount; ++index)
        input = diffusers[index].process(input, diffuserDelays[index], diffusion[index]);
    return input;
}

/// What arrives at the ends of the stretches.
Lanes PlateReverb::leave() noexcept
{
    const auto end = [this](std::size_t index)
    { return ends[index].weights * delays.line(index).readAround(ends[index].whole); };
    const Lanes arrived = sumsOf(end(0), end(1), end(2), end(3));
    damped += dampingSpeed * (arrived - damped);
    return low * damped + high * (arrived - damped);
}

void PlateReverb::enter(Lanes inputs) noexcept
{
    const Lanes places = greater(allpassLength * size + movement, everyLane<Lanes>(2));
    const Lanes delayed = allpasses.readBetween({places})[0];
    const Lanes entering = inputs - loopDiffusion * delayed;
    allpasses.write({entering});
    delays.write({delayed + loopDiffusion * entering});
}

float PlateReverb::tapped(std::size_t side) const noexcept
{
    Lanes sum{};
    for (const auto& tap : taps[side])
    {
        const auto& line = (tap.inAllpass ? allpasses : delays).line(tap.stretch);
        sum += tap.now.weights * line.readAround(tap.now.whole);
    }
    return sumOf(sum);
}

void PlateReverb::process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                          int frames) noexcept
{
    for (int frame = 0; frame < frames; ++frame)
    {
        ramp();
        const float input = diffuse(lowCut.highPass(0.5f * (inputLeft[frame] + inputRight[frame])));
        const Lanes end = leave();
        // Each side's second stretch follows its first, and the other side's first its second.
        enter(Lanes{input + end[3], end[0], input + end[1], end[2]});
        wetLeft[frame] = tapped(0);
        wetRight[frame] = tapped(1);
    }
}

} // namespace tonewright::dsp
