#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/ImpulseChoice.h"
#include "cli/Interrupt.h"
#include "cli/MeasurementText.h"
#include "cli/PresetChoice.h"
#include "cli/Rendering.h"
#include "dsp/Riff.h"

#include <memory>

namespace tonewright::cli
{
namespace
{
struct MeasureArguments
{
    std::string file;
    std::string preset;
    double tempo = 0;
    bool asJson = false;
};

Result<Done> measureRecording(const MeasureArguments& arguments)
{
    const auto recording = readRecording(arguments.file);
    if (!recording)
        return recording.error();
    const auto measurement = dsp::measureTone(recording->channels, recording->sampleRate);
    if (arguments.asJson)
        writeJson(measurementJson(measurement));
    else
        writeResult(measurementTable({{"", measurement}}));
    return Done{};
}

/// What is played through a preset to measure it: the recording given, else chords.
Result<Recording> dryFor(const MeasureArguments& arguments)
{
    constexpr double riffSeconds = 4;
    constexpr int sampleRate = 48'000;
    if (!arguments.file.empty())
        return readRecording(arguments.file);
    return Recording{sampleRate, {dsp::synthesiseRiff(dsp::RiffStyle::chords, riffSeconds, sampleRate)}};
}

Result<Done> measurePreset(const MeasureArguments& arguments)
{
    const auto preset = choosePreset(arguments.preset);
    if (!preset)
        return preset.error();
    const auto dry = dryFor(arguments);
    if (!dry)
        return dry.error();
    const auto wet = renderPreset(*preset, *dry, {}, arguments.tempo, std::nullopt);
    if (!wet)
        return wet.error();
    const auto measurement = dsp::measureTone(*wet, dry->sampleRate);
    dsp::OfflineChain chain;
    const auto asset = impulseAssetFor(*preset, std::nullopt, chain.sampleRate());
    chain.setAssets({asset.players[0].get()});
    const auto probe = dsp::probeTone(chain, preset->parameters, dsp::Probes::all(), {arguments.tempo},
                                      [] { return !isInterrupted(); });
    if (isInterrupted())
        return Error{"Cancelled."};
    if (arguments.asJson)
    {
        auto json = measurementJson(measurement);
        addProbe(json, probe);
        writeJson(json);
    }
    else
        writeResult(measurementTable({{"", measurement}}) + probeTable(probe));
    return Done{};
}

Result<Done> measure(const MeasureArguments& arguments)
{
    return arguments.preset.empty() ? measureRecording(arguments) : measurePreset(arguments);
}
} // namespace

void addMeasureCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("measure", "Measure a recording's or a preset's tone");
    const auto arguments = std::make_shared<MeasureArguments>();
    auto* const file = command->add_option("FILE", arguments->file,
                                           "Mono or stereo recording, 8 to 192 kHz; with --preset it is "
                                           "played through that, instead of built-in chords");
    auto* const preset =
        command->add_option("--preset", arguments->preset,
                            "A preset, a file or a name: what it does to sines, noise and bursts, too");
    command->add_option("--tempo", arguments->tempo, "Quarter notes a minute, for echoes in time")
        ->check(numberBetween(20, 400))
        ->needs(preset);
    command->add_flag("--json", arguments->asJson, "As JSON");
    command->callback(
        [=, &task]
        {
            if (file->empty() && preset->empty())
                throw CLI::RequiredError("FILE or --preset");
            task = [arguments] { return measure(*arguments); };
        });
}

} // namespace tonewright::cli
