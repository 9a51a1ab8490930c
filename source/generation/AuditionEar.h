#pragma once

#include "generation/Cancellation.h"
#include "generation/ToneExpectation.h"
#include "generation/ToneFeatures.h"
#include "tone/ParameterSet.h"

#include <memory>
#include <optional>

namespace tonewright
{

inline constexpr double silence = -70; ///< LUFS: the absolute gate of EBU R128

/// What the start of the reference riffs sounds like through a preset: enough to compare two tones.
struct Heard
{
    bool isSound = false; ///< finite, no offset, on all that was played; may be silent still
    RiffQualities qualities{};
    double peak = -120; ///< dBFS, the highest sample of palm mutes and lead without level and limiter

    Qualities& onChords() { return qualities[static_cast<std::size_t>(ReferenceRiff::chords)]; }
    const Qualities& onChords() const { return qualities[static_cast<std::size_t>(ReferenceRiff::chords)]; }
};

/// What of a tone takes extra work to hear.
struct Attention
{
    bool toDistortion = false;
    bool toLevel = false;
    bool toPhrases = false; ///< palm mutes and a lead besides the chords
};

/// How loud the whole of the chords is through a preset: what presets share.
struct HeardLevel
{
    bool isSound = false;   ///< finite, audible, no offset, nothing that grows by itself
    double loudness = -120; ///< LUFS
    double peak = -120;     ///< dBFS, of the samples
};

/// Plays the reference riffs through presets and measures. One chain, prepared once: an ear hears several
/// presets for one audition.
class AuditionEar
{
public:
    /// [worker]
    AuditionEar();
    ~AuditionEar();

    /// [worker] Plays the chords' start, and palm mutes and a lead where asked for. Nothing when cancelled
    /// (within milliseconds). The distortion class and the level are measured where they are asked for.
    std::optional<Heard> listen(const ParameterSet& parameters, Attention attention,
                                const Cancellation& cancellation);

    /// [worker] Plays the chords to their end: goes on where listen() stopped if that was with the same
    /// parameters.
    std::optional<HeardLevel> listenOut(const ParameterSet& parameters, const Cancellation& cancellation);

    /// [worker] The true peak (dBTP) of what was listened to last.
    double truePeak() const;

    /// [any] Echoes that feed back almost all of themselves: whether they grow is heard only by listening
    /// out.
    static bool mayRunAway(const ParameterSet& parameters) noexcept;

    /// [worker] The whole character, for those who want to know it: some 100 ms of work, more where something
    /// moves. Nothing when cancelled.
    std::optional<ToneFeatures> describe(const ParameterSet& parameters, const Cancellation& cancellation);

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
