#include "dsp/Decibels.h"
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

/// A chain that is switched in begins in the middle of a sound: it is to be turned down as far as one that
/// has heard all of it. So the gain follows at once for the first moments, which nobody hears.
constexpr double settlingSeconds = 0.01;
constexpr float settlingAttack = 1; ///< ms

/// Part of the way a one-pole goes in one step.
float stepOf(float milliseconds, double sampleRate) noexcept
{
    const double frames = 0.001 * static_cast<double>(milliseconds) * sampleRate;
    return static_cast<float>(1 - std::exp(-1 / std::max(frames, 1e-3)));
}

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
        for (auto* smoother : {&threshold, &slope, &makeup, &mix})
            smoother->prepare(sampleRate);
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
        attackStep = stepOf(std::max(attack * character.attackFactor, character.shortestAttack), sampleRate);
        releaseStep = stepOf(release * character.releaseFactor, sampleRate);
        chargeStep = stepOf(release * character.memoryChargeFactor, sampleRate);
        memoryReleaseStep = stepOf(release * character.memoryReleaseFactor, sampleRate);
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
        const bool isSettling = settlingFrames > 0;
        settlingFrames -= isSettling ? 1 : 0;
        const float charge = isSettling ? std::max(chargeStep, settlingStep) : chargeStep;
        const float attack = isSettling ? std::max(attackStep, settlingStep) : attackStep;
        const float wanted = staticReduction(level);
        const float remembered = character.memoryPart * wanted;
        memoryReduction +=
            (remembered > memoryReduction ? charge : memoryReleaseStep) * (remembered - memoryReduction);
        const float fast = std::max(0.0f, wanted - memoryReduction);
        fastReduction += (fast > fastReduction ? attack : releaseStep) * (fast - fastReduction);
        return fastReduction + memoryReduction;
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
    float attackStep = 1;
    float releaseStep = 1;
    float chargeStep = 1;
    float memoryReleaseStep = 1;
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
