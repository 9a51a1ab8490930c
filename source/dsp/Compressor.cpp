#include "dsp/Decibels.h"
#include "dsp/InputHistory.h"
#include "dsp/PeakHold.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// What makes a compressor sound like its kind. Times are factors on the knobs.
struct Character
{
    float kneeDecibels;
    float attackFactor;
    float shortestAttack; ///< ms
    float releaseFactor;
    /// Part of the gain reduction that a photo-resistor keeps in memory: it charges only under lasting
    /// compression and then lets go slowly.
    float memoryPart;
    float memoryChargeFactor;
    float memoryReleaseFactor;
};

/// By CompressorType. optical: an electro-optical leveller gives back half of its gain reduction quickly and
/// the rest over seconds, the slower the longer it was lit.
constexpr std::array<Character, 2> characters{{{6, 1, 0.1f, 1, 0, 1, 1}, {14, 1.5f, 4, 0.6f, 0.5f, 4, 6}}};

/// A chain that is switched in begins in the middle of a sound. Where the compressor cannot know what it
/// would have heard (behind a distortion), its gain follows at once for the first moments, which nobody
/// hears.
constexpr double settlingSeconds = 0.009;
constexpr float settlingAttack = 1; ///< ms

/// Part of the way a one-pole goes in one step of so many a second.
float stepOf(float milliseconds, double rate) noexcept
{
    const double steps = 0.001 * static_cast<double>(milliseconds) * rate;
    return static_cast<float>(1 - std::exp(-1 / std::max(steps, 1e-3)));
}

/// How far the gain follows in one step.
struct Steps
{
    float attack = 1;
    float release = 1;
    float memoryCharge = 1;
    float memoryRelease = 1;

    Steps() = default;
    Steps(const Character& character, float attackTime, float releaseTime, double rate) noexcept
        : attack(stepOf(std::max(attackTime * character.attackFactor, character.shortestAttack), rate)),
          release(stepOf(releaseTime * character.releaseFactor, rate)),
          memoryCharge(stepOf(releaseTime * character.memoryChargeFactor, rate)),
          memoryRelease(stepOf(releaseTime * character.memoryReleaseFactor, rate))
    {
    }
};

/// Feed-forward compressor. The static curve with its quadratic soft knee and the smoothing of the gain
/// reduction in dB follow Giannoulis, Massberg and Reiss, "Digital Dynamic Range Compressor Design" (JAES
/// 2012); the level is a held peak, which keeps the gain still within a period: compression, not distortion.
class Compressor final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        peak.prepare(sampleRate);
        for (auto* smoother : {&threshold, &slope, &mix})
            smoother->prepare(sampleRate);
        makeup.prepare(sampleRate, longRamp);
        settlingStep = stepOf(settlingAttack, sampleRate);
        currentAttack = 0; // the steps below depend on the rate
        Compressor::reset();
    }

    void reset() noexcept override
    {
        peak.reset();
        for (auto* smoother : {&threshold, &slope, &makeup, &mix})
            smoother->reset();
        fastReduction = memoryReduction = 0;
        settlingFrames = static_cast<int>(settlingSeconds * sampleRate);
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        threshold.setTarget(parameters["compressor.threshold"_p]);
        slope.setTarget(1 - 1 / parameters["compressor.ratio"_p]);
        makeup.setTarget(gainFromDecibels(parameters["compressor.makeup"_p]));
        mix.setTarget(0.01f * parameters["compressor.mix"_p]);

        const auto type = parameters.choice<CompressorType>("compressor.type"_p);
        const float attack = parameters["compressor.attack"_p];
        const float release = parameters["compressor.release"_p];
        if (type == currentType && attack == currentAttack && release == currentRelease)
            return;
        currentType = type;
        currentAttack = attack;
        currentRelease = release;
        character = characters[static_cast<std::size_t>(type)];
        steps = Steps(character, attack, release, sampleRate);
        stepsOfPeaks = Steps(character, attack, release, 0.5 / InputHistory::windowSeconds);
    }

    void recall(const InputHistory& past, float inputGain) noexcept override
    {
        // Two windows a step: a peak is held for one to two of them.
        for (int age = InputHistory::windowCount; age > 1; age -= 2)
            follow(inputGain * std::max(past.peak(age), past.peak(age - 1)), stepsOfPeaks);
        peak.recall(inputGain * past.peak(1), inputGain * past.latestPeak(), past.latestFrames());
        settlingFrames = 0;
    }

    void process(AudioBlock& block) noexcept override
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            float magnitude = 0;
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
                magnitude = std::max(magnitude, std::abs(block.channels[channel][frame]));
            const float compressed = gainFromDecibels(-nextReduction(peak.process(magnitude)));
            const float wet = mix.next();
            const float total = 1 + wet * (compressed * makeup.next() - 1);
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
                block.channels[channel][frame] *= total;
        }
    }

private:
    /// dB that a steady level is turned down by.
    float staticReduction(float level) noexcept
    {
        const float over = decibelsFromGain(level) - threshold.next();
        const float steepness = slope.next();
        const float knee = character.kneeDecibels;
        if (2 * over <= -knee)
            return 0;
        if (2 * over >= knee)
            return steepness * over;
        const float intoKnee = over + knee / 2;
        return steepness * intoKnee * intoKnee / (2 * knee);
    }

    /// dB that this sample is turned down by.
    float nextReduction(float level) noexcept
    {
        if (settlingFrames > 0)
        {
            --settlingFrames;
            follow(level, settlingSteps());
        }
        else
            follow(level, steps);
        return fastReduction + memoryReduction;
    }

    Steps settlingSteps() const noexcept
    {
        auto faster = steps;
        faster.attack = std::max(faster.attack, settlingStep);
        faster.memoryCharge = std::max(faster.memoryCharge, settlingStep);
        return faster;
    }

    void follow(float level, const Steps& by) noexcept
    {
        const float wanted = staticReduction(level);
        const float remembered = character.memoryPart * wanted;
        memoryReduction += (remembered > memoryReduction ? by.memoryCharge : by.memoryRelease) *
                           (remembered - memoryReduction);
        const float fast = std::max(0.0f, wanted - memoryReduction);
        fastReduction += (fast > fastReduction ? by.attack : by.release) * (fast - fastReduction);
    }

    double sampleRate = 48000;
    PeakHold peak;
    Smoother threshold;
    Smoother slope;
    Smoother makeup;
    Smoother mix;
    Character character = characters[0];
    CompressorType currentType = CompressorType::vca;
    float currentAttack = 0;
    float currentRelease = 0;
    Steps steps;
    Steps stepsOfPeaks;
    float settlingStep = 1;
    int settlingFrames = 0;
    float fastReduction = 0;
    float memoryReduction = 0;
};
} // namespace

std::unique_ptr<Stage> makeCompressor()
{
    return std::make_unique<Compressor>();
}

} // namespace tonewright::dsp
