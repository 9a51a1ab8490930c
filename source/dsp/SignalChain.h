#pragma once

#include "dsp/Smoother.h"
#include "dsp/Stage.h"

#include <array>
#include <memory>

namespace tonewright::dsp
{

/// The stages in a preset's order: input trim, then every enabled stage, `output` last. Toggles,
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

    /// [audio] What the stages play besides parameters; reset() must follow.
    void setAssets(const StageAssets& assets) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] The set to play, legal; cheap when nothing changed.
    void setParameters(const ParameterSet& parameters,
                       const Transport& transport) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] After reset() and setParameters() in the middle of a sound: the stages that begin the chain
    /// catch up on what they would have been given; into the rest the signal swells, so that what delay lines
    /// hold back does not begin with a step later, when it is heard.
    void startAmidst(const InputHistory& past) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] When what was played since startAmidst() has been marked in `past` and has run through: stages
    /// further back catch up, as far as it can be told from that.
    void continueAmidst(const InputHistory& past) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Processes in place; afterwards the block has 2 channels. channels[1] must be valid memory even
    /// for mono.
    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] process() in two halves, for a crossfade between them: what is faded there leaves its echoes.
    /// The first half ends before the first enabled delay or reverb behind which nothing distorts, or before
    /// `output` where there is none.
    void processPlaying(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING;
    void processEchoes(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] The second half, fed with silence: renders what is left of the echoes. The block's content is
    /// replaced.
    void processTail(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Whether the second half sounds on: a delay, a reverb or the doubler's take.
    bool hasTail() const noexcept { return tailLeft; }

    /// [audio] False when the last half processed made something that is not finite; `output` hides it, but
    /// the chain stays ill until reset().
    bool isHealthy() const noexcept { return healthy; }

    /// [any] Samples by which the direct signal is late: the same for every preset of one ProcessSpec.
    int latencySamples() const noexcept;

    /// [any] Seconds until -60 dB after the input fell silent. What rings before a distortion rings longer.
    double tailSeconds(const ParameterSet& parameters) const noexcept;

private:
    void trim(AudioBlock& block) noexcept;
    void swell(AudioBlock& block) noexcept;
    void processStages(AudioBlock& block, std::size_t first, std::size_t last) noexcept;
    void listenToGate(const AudioBlock& block) noexcept;

    std::array<std::unique_ptr<Stage>, stageCount> stages; // by StageId
    ParameterSet current;
    Smoother inputTrim;
    int swellFrames = 1;
    int swollenFrames = 1;                // of them are over
    std::size_t swellPlace = 0;           // in the order: the signal swells in front of this stage
    bool gateListens = false;             // to what the stages before it make of the guitar
    float gatePeak = 0;                   // of that
    std::size_t echoesStart = stageCount; // place in the order of the first stage of the second half
    int echoesChannelCount = 1;           // of the signal that enters it
    bool tailLeft = false;
    bool healthy = true;
};

} // namespace tonewright::dsp
