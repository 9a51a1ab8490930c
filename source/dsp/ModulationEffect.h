#pragma once

#include "dsp/Stage.h"

#include <memory>

namespace tonewright::dsp
{

/// One of the movements of the modulation stage; makes the wet signal only. All [audio] but for prepare().
class ModulationEffect
{
public:
    virtual ~ModulationEffect() = default;

    /// [setup] Allocates and resets.
    virtual void prepare(double sampleRate) = 0;

    /// Forgets all sound; the next targets are taken at once.
    virtual void reset() noexcept = 0;

    /// `rate` in Hz, `depth` 0 to 1; both ramp.
    virtual void setTargets(float rate, float depth) noexcept = 0;

    /// Whether the wet signal needs two channels.
    virtual bool isStereo() const noexcept = 0;

    /// Turns dry into wet in place. Stereo effects always get two channels.
    virtual void process(const AudioBlock& block) noexcept = 0;
};

/// [setup] By their files: ModulatedDelay.cpp, AllpassSweep.cpp, RotarySpeaker.cpp.
std::unique_ptr<ModulationEffect> makeChorus();
std::unique_ptr<ModulationEffect> makeFlanger();
std::unique_ptr<ModulationEffect> makeVibrato();
std::unique_ptr<ModulationEffect> makePhaser();
std::unique_ptr<ModulationEffect> makeUnivibe();
std::unique_ptr<ModulationEffect> makeRotarySpeaker();

} // namespace tonewright::dsp
