#include "cli/Arguments.h"
#include "cli/ChainTable.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/Generation.h"
#include "cli/ImpulseChoice.h"
#include "cli/MeasurementText.h"
#include "cli/NumberedPath.h"
#include "cli/Rendering.h"
#include "tone/Files.h"
#include "tone/PresetLibrary.h"

#include <memory>

namespace tonewright::cli
{
namespace
{
struct MakeArguments
{
    PromptArguments prompt;
    RenderArguments render;
    std::string presetOutput;
};

void sayTone(const Preset& preset, const dsp::ToneMeasurement& dry, const dsp::ToneMeasurement& wet)
{
    say(preset.name);
    if (!preset.explanation.empty())
        say(preset.explanation);
    say("\n" + chainTable(preset.parameters));
    say(measurementTable({{"dry", dry}, {"wet", wet}}));
}

Result<Done> make(const MakeArguments& arguments)
{
    for (const auto& path : {arguments.render.output, arguments.presetOutput})
        if (!path.empty())
            if (auto writable = checkWritable(path); !writable)
                return writable;
    if (!arguments.presetOutput.empty() && isSameFile(arguments.presetOutput, arguments.render.output))
        return Error{"--preset-out and -o name the same file; please give two names."};
    const auto dry = readRecording(arguments.render.input);
    if (!dry)
        return dry.error();
    const auto impulse = chooseImpulse(arguments.render.impulseResponse);
    if (!impulse)
        return impulse.error();
    auto presets = generatePresets(arguments.prompt);
    if (!presets)
        return presets.error();

    // A preset names its impulse response by content: it has to be where presets find it.
    if (*impulse && !arguments.presetOutput.empty())
        if (auto kept = ImpulseResponseLibrary().store(**impulse); !kept)
            return kept;
    const auto dryMeasurement = dsp::measureTone(dry->channels, dry->sampleRate);
    const int count = arguments.prompt.count; // of which there may be fewer
    int number = 0;
    for (auto& preset : *presets)
    {
        ++number;
        if (*impulse)
            playThrough(preset, **impulse);
        const auto wet = renderPreset(preset, *dry, arguments.render, arguments.prompt.tempo, *impulse);
        if (!wet)
            return wet.error();
        const auto output = numberedPath(arguments.render.output, number, count);
        if (auto written = writeRecording(output, *wet, dry->sampleRate); !written)
            return written;
        if (!arguments.presetOutput.empty())
            if (auto written = writeFileAtomically(numberedPath(arguments.presetOutput, number, count),
                                                   presetFileText(preset));
                !written)
                return written;
        sayTone(preset, dryMeasurement, dsp::measureTone(*wet, dry->sampleRate));
    }
    return Done{};
}
} // namespace

void addMakeCommand(CLI::App& program, Task& task)
{
    auto* const command =
        program.add_subcommand("make", "Turn words into a preset and play a recording through it");
    const auto arguments = std::make_shared<MakeArguments>();
    addPromptArguments(*command, arguments->prompt);
    addRenderArguments(*command, arguments->render);
    command
        ->add_option("--count", arguments->prompt.count,
                     "Alternatives, 1 to 16: NAME-1.wav, NAME-2.wav, ... and presets alike")
        ->check(CLI::Range(1, 16));
    command->add_option("--preset-out", arguments->presetOutput, "Where to write the preset as well");
    command->callback([arguments, &task] { task = [arguments] { return make(*arguments); }; });
}

} // namespace tonewright::cli
