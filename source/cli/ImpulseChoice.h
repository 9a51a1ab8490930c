#pragma once

#include "assets/ImpulseResponseLibrary.h"
#include "dsp/ChainAssets.h"
#include "tone/Preset.h"

#include <optional>
#include <string>

namespace tonewright::cli
{

/// [message] The impulse response of a file given with --ir, or nothing where none was given. What was cut
/// away is said on stderr.
Result<std::optional<ImportedImpulse>> chooseImpulse(const std::string& file);

/// [message] Lets the cabinet play an impulse response.
void playThrough(Preset& preset, const ImportedImpulse& impulse);

/// [message] What the preset's cabinet needs at a rate: the impulse response given, or one that was loaded
/// before. That there is none is said on stderr, and one of our cabinets will play.
dsp::ImpulseAsset impulseAssetFor(const Preset& preset, const std::optional<ImportedImpulse>& given,
                                  double sampleRate);

} // namespace tonewright::cli
