#include "dsp/Decibels.h"
#include "dsp/Filters.h"
#include "dsp/InputHistory.h"
#include "dsp/PeakHold.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr float hysteresisDecibels = 5;
constexpr float rangeDecibels = 80;
constexpr double attackSeconds = 0.0007; ///< closed to open, in a straight line
/// With the 12.5 to 25 ms of PeakHold about 50 ms pass between the last loud peak and the first closing
/// sample.
constexpr double holdSeconds = 0.032;

/// Noise gate with hysteresis: opens above the threshold, closes 5 dB below it after a hold, falling 80 dB in
/// a straight line in dB over the release time. Both channels share the louder one's level. After a reset it
/// is open, so that the first pick attack is whole.
class Gate final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        attackStep = static_cast<float>(1 / std::max(1.0, attackSeconds * sampleRate));
        holdFrames = static_cast<int>(std::lround(holdSeconds * sampleRate));
        peak.prepare(sampleRate);
        for (auto& blocker : detectorBlockers)
            blocker.prepare(sampleRate, gateDetectorCorner);
        Gate::reset();
    }

    void reset() noexcept override
    {
        peak.reset();
        for (auto& blocker : detectorBlockers)
            blocker.reset();
        gain = 1;
        isOpen = true;
        holdRemaining = holdFrames;
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        const float threshold = parameters["gate.threshold"_p];
        openLevel = gainFromDecibels(threshold);
        closeLevel = gainFromDecibels(threshold - hysteresisDecibels);
        const double releaseFrames = 0.001 * static_cast<double>(parameters["gate.release"_p]) * sampleRate;
        releaseFactor = gainFromDecibels(static_cast<float>(-rangeDecibels / std::max(1.0, releaseFrames)));
    }

    /// Decides window by window what it would have decided sample by sample: whoever does not play shall not
    /// hear the pickups' noise while presets change.
    void recall(const InputHistory& past, float inputGain) noexcept override
    {
        passAll(past, inputGain);
        for (std::size_t channel = 0; channel < detectorBlockers.size(); ++channel)
            detectorBlockers[channel].recall(past.blocker(channel), inputGain);
    }

    void infer(const InputHistory& past, float inputGain) noexcept override { passAll(past, inputGain); }

    void process(AudioBlock& block) noexcept override
    {
        for (int frame = 0; frame < block.frames; ++frame)
        {
            float magnitude = 0;
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
                magnitude = std::max(
                    magnitude, std::abs(detectorBlockers[channel].process(block.channels[channel][frame])));
            decide(peak.process(magnitude));
            moveGain();
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(block.channelCount); ++channel)
                block.channels[channel][frame] *= gain;
        }
    }

private:
    /// A distortion makes less of loud than of soft, so what was louder than now counts for more than it was:
    /// that errs towards open. What is quieter than now has been found closed in time, or is heard again.
    void passAll(const InputHistory& past, float inputGain) noexcept
    {
        // No gate falls for longer than this.
        constexpr int windows = 80;
        const int frames = PeakHold::framesOf(InputHistory::windowSeconds, sampleRate);
        for (int age = windows; age > 0; --age)
            pass(inputGain * std::max(past.peak(age), past.peak(age + 1)), frames);
        pass(inputGain * std::max(past.peak(1), past.latestPeak()), past.latestFrames());
        peak.recall(inputGain * past.peak(1), inputGain * past.latestPeak(), past.latestFrames());
    }

    /// What decide() and moveGain() come to in so many frames, if at their end the level is this.
    void pass(float level, int frames) noexcept
    {
        if (level >= openLevel)
            isOpen = true;
        if (isOpen && level >= closeLevel)
        {
            holdRemaining = holdFrames;
            gain = 1;
            return;
        }
        const int held = std::min(holdRemaining, frames);
        holdRemaining -= held;
        if (held == frames)
            return;
        isOpen = false;
        if (gain > closedGain)
            gain = std::max(closedGain, gain * std::pow(releaseFactor, static_cast<float>(frames - held)));
    }

    void decide(float level) noexcept
    {
        if (level >= openLevel)
            isOpen = true;
        if (isOpen && level >= closeLevel)
            holdRemaining = holdFrames;
        else if (holdRemaining > 0)
            --holdRemaining;
        else
            isOpen = false;
    }

    void moveGain() noexcept
    {
        if (isOpen)
            gain = std::min(1.0f, gain + attackStep);
        else
            gain = std::max(closedGain, gain * releaseFactor);
    }

    static constexpr float closedGain = 1e-4f; ///< -rangeDecibels

    double sampleRate = 48000;
    std::array<DcBlocker, 2> detectorBlockers;
    PeakHold peak;
    float openLevel = 0;
    float closeLevel = 0;
    float releaseFactor = 1;
    float attackStep = 1;
    int holdFrames = 0;
    float gain = 1;
    bool isOpen = true;
    int holdRemaining = 0;
};
} // namespace

std::unique_ptr<Stage> makeGate()
{
    return std::make_unique<Gate>();
}

} // namespace tonewright::dsp
