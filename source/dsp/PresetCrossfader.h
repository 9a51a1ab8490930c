#pragma once

#include "dsp/SignalChain.h"

#include <array>
#include <vector>

namespace tonewright::dsp
{

/// Plays ParameterSets through two prepared chains. Continuous changes ramp inside the playing chain; a
/// change of a toggle, a choice or the order is set up in the silent chain, which then fades in over 25 ms
/// while the old one fades out and its delay and reverb tails ring on (fed with silence, at most 10 s, until
/// -60 dB or until its chain is needed again). Requests that arrive during a fade wait for its end; only the
/// latest of them is kept. At most two chains run.
class PresetCrossfader
{
public:
    PresetCrossfader();

    /// [setup] Allocates both chains and plays `initial`.
    void prepare(const ProcessSpec& spec, const ParameterSet& initial);

    /// [audio] Forgets all sound and plays the latest set at once.
    void reset() noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] The set that shall sound (legal); call it before every block, it is cheap when nothing
    /// changed.
    void setParameters(const ParameterSet& wanted,
                       const Transport& transport) noexcept TONEWRIGHT_NONBLOCKING;

    /// [audio] Renders input to stereo. `inputRight` may be null (mono); outputs may alias inputs. Any number
    /// of frames: longer blocks than prepared for are cut. Anything not finite in the input is taken as
    /// silence; the output is finite.
    void process(const float* inputLeft, const float* inputRight, float* outputLeft, float* outputRight,
                 int frames) noexcept TONEWRIGHT_NONBLOCKING;

    /// [any] Constant for one ProcessSpec.
    int latencySamples() const noexcept;

    /// [any] Seconds until -60 dB after the input fell silent.
    double tailSeconds(const ParameterSet& parameters) const noexcept;
};

} // namespace tonewright::dsp
