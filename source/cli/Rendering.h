#pragma once

#include "assets/AudioFile.h"
#include "assets/ImpulseResponseLibrary.h"
#include "tone/Preset.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace tonewright::cli
{

/// What to render and how, as given on the command line.
struct RenderArguments
{
    std::string input;
    std::string output;
    std::string impulseResponse; ///< a file the cabinet shall play, or empty
    int block = 512;
    std::string quality = "live";
    double tail = 0; ///< seconds after the input's end; 0 keeps the input's length
};

/// [setup] -i, -o, --ir, --block, --quality and --tail.
void addRenderArguments(CLI::App& command, RenderArguments& arguments);

/// [message] Plays a recording through a preset; `impulse` is what --ir named. Stereo,
/// sample-aligned with the input. The error is that the user stopped it.
Result<std::array<std::vector<float>, 2>> renderPreset(const Preset& preset, const Recording& dry,
                                                       const RenderArguments& arguments, double tempo,
                                                       const std::optional<ImportedImpulse>& impulse = {});

} // namespace tonewright::cli
