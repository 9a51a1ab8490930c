#pragma once

#include "dsp/OfflineChain.h"

#include <functional>
#include <initializer_list>

namespace tonewright::dsp
{

/// What can be asked of a preset. Each is its own render, of what it needs.
enum class Probe : unsigned
{
    distortion = 1, ///< 0.8 s of sines, without gate, second voice, movement and space
    wetness = 2,    ///< a burst and 1 s after it
    decay = 4,      ///< a burst and up to 4 s of the reverb alone
    echoes = 8,     ///< a burst and up to 6 s of the delay alone
    motion = 16,    ///< 2.5 s of a sine without space
    sweep = 32,     ///< 2.5 s of noise without space
    gating = 64,    ///< 0.3 s of loud and up to 1.6 s of soft noise, without movement and space
    width = 128     ///< 0.6 s of noise
};

/// A set of probes.
class Probes
{
public:
    constexpr Probes(std::initializer_list<Probe> probes) noexcept
    {
        for (const auto probe : probes)
            bits |= static_cast<unsigned>(probe);
    }
    static constexpr Probes all() noexcept
    {
        return {Probe::distortion, Probe::wetness, Probe::decay,  Probe::echoes,
                Probe::motion,     Probe::sweep,   Probe::gating, Probe::width};
    }
    constexpr bool contains(Probe probe) const noexcept { return (bits & static_cast<unsigned>(probe)) != 0; }

private:
    unsigned bits = 0;
};

/// What a preset does to signals that are known; what was not asked for keeps these values.
struct ToneProbe
{
    double distortion20 = -120;  ///< dB, harmonics 2 to 39 of a 220 Hz sine of -20 dBFS peak (D20)
    double distortion40 = -120;  ///< dB, the same at -40 dBFS (D40)
    double wetRatio = -120;      ///< dB, energy later than 80 ms after a burst against all (WET)
    double reverbSeconds = 0;    ///< RT60 of the reverb's late slope (RT); 0 without
    double echoMilliseconds = 0; ///< to the first repeat, 60 ms to 2.1 s (ECHO); 0 without
    double echoRepeats = 0;      ///< above -30 dB
    double echoLevel = -120;     ///< dB, first repeat against the burst
    double tremoloDepth = 0;     ///< dB from trough to crest on a steady 220 Hz sine, 1 to 15 Hz (TREM)
    double tremoloRate = 0;      ///< Hz
    double pitchDeviation = 0;   ///< cents to either side, 0.1 to 10 Hz (CENTS)
    double pitchRate = 0;        ///< Hz
    double sweep = 0;     ///< dB RMS by which third-octave bands move against each other below 8 Hz (SWEEP)
    double sweepRate = 0; ///< Hz
    double gateGain =
        0;            ///< dB, gain at -75 dBFS of noise less that at -35 (GATE); a closed gate is far below 0
    double width = 0; ///< 1 - correlation of left and right on noise (W)
};

/// Asked now and then; false stops the work, and what is not done keeps its values.
using KeepGoing = std::function<bool()>;

/// [worker] Measures a preset (legal) with the chain given, which should run at 44.1 kHz or more.
/// Definitions: the functions in dsp/measure; the signals: ProbeSignals.h. A probe switches off what would
/// hide its object: where a delay repeats, no reverb's decay can be read, and a shimmer's octave is no
/// distortion. Deterministic.
ToneProbe probeTone(OfflineChain& chain, const ParameterSet& parameters, Probes wanted = Probes::all(),
                    const Transport& transport = {}, const KeepGoing& keepGoing = {});

/// [worker] distortionClass() of what Probe::distortion measures, for half the work where the sine at
/// -40 dBFS already settles it.
double probeDistortionClass(OfflineChain& chain, const ParameterSet& parameters,
                            const Transport& transport = {});

} // namespace tonewright::dsp
