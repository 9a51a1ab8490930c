#pragma once

#include "dsp/measure/Note.h"
#include "tone/Preset.h"
#include "tone/Result.h"

#include <string>
#include <string_view>

namespace tonewright::plugin
{

/// What a host keeps in its project: the tone, with its impulse response, and how the window was. No key, no
/// server address: a project goes to other people.
struct PluginState
{
    Preset preset;
    std::string impulseBytes; ///< the packed() impulse response of the preset, or empty
    bool isEdited = false;
    bool isBypassed = false;
    int editorWidth = 0; ///< logical pixels; 0: there was no editor yet
    int editorHeight = 0;
    double tunerReference = dsp::standardReference; ///< Hz
};

/// A larger impulse response (a second of stereo at 192 kHz) is not kept in the project, which a host may
/// copy with every undo step; it stays in the user's folder alone.
inline constexpr std::size_t mostImpulseBytes = 700'000;

/// [any] The state as UTF-8 JSON; equal states give equal bytes. The tone inside is a preset file as it is.
std::string stateText(const PluginState& state);

/// [any] A state from the bytes a host kept, whatever they are now. Values out of range are made legal; an
/// error only when the bytes hold no state at all.
Result<PluginState> stateFromText(std::string_view bytes);

} // namespace tonewright::plugin
