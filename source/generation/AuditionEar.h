#pragma once

#include "generation/Cancellation.h"
#include "generation/ToneExpectation.h"
#include "tone/ParameterSet.h"

#include <memory>
#include <optional>

namespace tonewright
{

/// How much of the riff is played: `whole` for the loudness that presets share, the `start` where two tones
/// are compared.
enum class Listening
{
    whole,
    start
};

/// What the reference riff sounds like through a preset.
struct Heard
{
    bool isSound = false;   ///< finite, audible, no offset, nothing that grows by itself
    double loudness = -120; ///< LUFS, of what was played
    double truePeak = -120; ///< dBTP
    Qualities qualities{};  ///< of the riff's start, however much was played: comparable
};

/// Plays the reference riff through presets and measures. One chain, prepared once: an ear hears several
/// presets for one audition.
class AuditionEar
{
public:
    /// [worker]
    AuditionEar();
    ~AuditionEar();

    /// [worker] Nothing when cancelled (within milliseconds). The distortion class is measured where it is
    /// asked for.
    std::optional<Heard> listen(const ParameterSet& parameters, Listening length, bool toDistortion,
                                const Cancellation& cancellation);

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright
