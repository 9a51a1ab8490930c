#pragma once

#include "dsp/Smoother.h"
#include "dsp/Stage.h"

#include <array>
#include <memory>

namespace tonewright::dsp
{

/// The twelve stages in a preset's order: input trim, then every enabled stage, `output` last. Toggles,
/// choices and the order take effect at once; PresetCrossfader makes such changes inaudible by applying them
/// to a silent chain.
class SignalChain
{
public:
    SignalChain();
    ~SignalChain();

    /// [setup] Allocates and resets every stage.
    void prepare(const ProcessSpec& spec);

    /// [audio] Forgets all sound; the next setParameters() does not ramp.
    void reset() noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] The set to play, legal; cheap when nothing changed.
    void setParameters(const ParameterSet& parameters,
                       const Transport& transport) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Processes in place; afterwards the block has 2 channels. channels[1] must be valid memory even
    /// for mono.
    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Like process(), but multiplies the signal by `gains` (one a frame) where it enters the first
    /// enabled delay or reverb, or at the end where there is none: the playing fades, the echoes ring on.
    void processFading(AudioBlock& block, const float* gains) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Renders what is left of the echoes after the signal that enters the first delay or reverb fell
    /// silent. The stages before it rest. The block's content is replaced.
    void processTail(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Whether a delay or a reverb is enabled.
    bool hasTail() const noexcept { return tailStart < stageCount; }

    /// [any] Samples by which the direct signal is late: the same for every preset of one ProcessSpec.
    int latencySamples() const noexcept;

    /// [any] Seconds until -60 dB after the input fell silent.
    double tailSeconds(const ParameterSet& parameters) const noexcept;

private:
    void trim(AudioBlock& block) noexcept;
    void processStages(AudioBlock& block, std::size_t first, std::size_t last) noexcept;
    void finish(AudioBlock& block) noexcept;

    std::array<std::unique_ptr<Stage>, stageCount> stages; // by StageId
    ParameterSet current;
    Smoother inputTrim;
    std::size_t tailStart = stageCount; // place in the order of the first delay or reverb
    int tailChannelCount = 1;           // of the signal that enters it
};

} // namespace tonewright::dsp
