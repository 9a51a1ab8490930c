#pragma once

#include "realtime/Threads.h"
#include "tone/ParameterSet.h"

#include <array>

namespace tonewright::dsp
{

/// live: least cost, 0 samples of latency. hq: more oversampling, for rendering; its latency is what
/// latencySamples() says.
enum class Quality
{
    live,
    hq
};

/// What a stage must know before it can run.
struct ProcessSpec
{
    double sampleRate = 48000; ///< 8,000 to 384,000 Hz
    int maximumFrames = 512;   ///< no block is longer than this
    Quality quality = Quality::live;
};

/// What the host says about musical time, once a block.
struct Transport
{
    double tempo = 0; ///< quarter notes a minute; 0 where there is none
};

/// A view of 1 or 2 channels of `frames` samples, full scale +-1.0. channelCount is 1 while the signal is
/// still mono; a stage that makes it stereo fills channels[1] (always valid memory) and sets channelCount
/// to 2. Nobody goes back to 1.
struct AudioBlock
{
    std::array<float*, 2> channels{};
    int channelCount = 1;
    int frames = 0;
};

struct StageAssets;
class InputHistory;

/// One processor of the chain. A stage does its work whatever its `enabled` parameter says: SignalChain
/// leaves disabled stages out. Results must not depend on how the host cuts time into blocks (1e-6):
/// control-rate work counts samples since reset(), never blocks.
class Stage
{
public:
    virtual ~Stage() = default;

    /// [setup] Allocates for `spec` and resets. May be called again with another spec.
    virtual void prepare(const ProcessSpec& spec) = 0;

    /// [audio] Forgets all sound; the next setParameters() takes effect at once instead of ramping. No
    /// allocation.
    virtual void reset() noexcept TONEWRIGHT_NONBLOCKING = 0;

    /// [audio] New targets, called before each block with a legal set. Continuous values ramp (20 to 50 ms);
    /// a choice may take effect at once, since PresetCrossfader only changes choices of a chain that is
    /// silent. Must be cheap when nothing changed.
    virtual void setParameters(const ParameterSet& parameters,
                               const Transport& transport) noexcept TONEWRIGHT_NONBLOCKING = 0;

    /// [audio] What was prepared elsewhere, before reset(): only a chain that is silent gets something new.
    virtual void setAssets(const StageAssets& /*assets*/) noexcept TONEWRIGHT_NONBLOCKING {}

    /// [audio] After reset() and setParameters() of a chain that is switched in while something sounds: a
    /// stage whose present depends on more of the past than the 9 ms for which it will run unheard catches
    /// up on what it would have been given, the guitar of late times `gain`. In bounded time.
    virtual void recall(const InputHistory& /*past*/, float /*gain*/) noexcept TONEWRIGHT_NONBLOCKING {}

    /// [audio] The same where the stage does not hear the guitar itself, when it has run unheard: `gain` is
    /// what the stages before it made of the guitar meanwhile, peak against peak.
    virtual void infer(const InputHistory& /*past*/, float /*gain*/) noexcept TONEWRIGHT_NONBLOCKING {}

    /// [audio] Processes in place. 0 <= block.frames <= maximumFrames. Output is finite for finite input.
    virtual void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING = 0;

    /// [any] Delay of the direct signal in samples at the prepared rate and quality; 0 in live quality.
    virtual int latencySamples() const noexcept { return 0; }

    /// [any] How long the stage sounds on after its input fell silent, in seconds, for these parameters (to
    /// -60 dB).
    virtual double tailSeconds(const ParameterSet& /*parameters*/) const noexcept { return 0; }
};

} // namespace tonewright::dsp
