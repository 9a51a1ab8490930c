#include "cli/Rendering.h"

#include "cli/Arguments.h"
#include "cli/Console.h"
#include "cli/ImpulseChoice.h"
#include "cli/Interrupt.h"
#include "dsp/OfflineRender.h"

namespace tonewright::cli
{

void addRenderArguments(CLI::App& command, RenderArguments& arguments)
{
    command.add_option("-i,--input", arguments.input, "Dry recording: mono or stereo, 8 to 192 kHz")
        ->required();
    command.add_option("-o,--output", arguments.output, "Where to write: 32-bit float stereo WAV")
        ->required();
    command.add_option("--ir", arguments.impulseResponse,
                       "An impulse response for the cabinet: a WAV, FLAC or AIFF file");
    command.add_option("--block", arguments.block, "Frames a block, as a host would cut them (default 512)")
        ->check(CLI::Range(1, 65'536));
    command
        .add_option("--quality", arguments.quality,
                    "live: as the plugin plays; hq: more oversampling (default live)")
        ->check(CLI::IsMember({"live", "hq"}));
    command
        .add_option(
            "--tail", arguments.tail,
            "Seconds to go on after the input's end, for echoes and reverb (default 0: the input's length)")
        ->check(numberBetween(0, 600));
}

Result<std::array<std::vector<float>, 2>> renderPreset(const Preset& preset, const Recording& dry,
                                                       const RenderArguments& arguments, double tempo,
                                                       const std::optional<ImportedImpulse>& impulse)
{
    dsp::RenderOptions options;
    options.sampleRate = dry.sampleRate;
    options.blockFrames = arguments.block;
    options.quality = arguments.quality == "hq" ? dsp::Quality::hq : dsp::Quality::live;
    options.tailSeconds = arguments.tail;
    options.transport.tempo = tempo;
    auto asset = impulseAssetFor(preset, impulse, options.sampleRate);
    options.assets.impulse = asset.players[0] != nullptr ? &asset : nullptr;
    ProgressLine line;
    auto wet = dsp::renderOffline(preset.parameters, dry.channels, options,
                                  [&](double part)
                                  {
                                      line.show("Rendering", part);
                                      return !isInterrupted();
                                  });
    if (wet[0].empty())
        return Error{"Cancelled."};
    return wet;
}

} // namespace tonewright::cli
