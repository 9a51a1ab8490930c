#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/MeasurementText.h"

#include <memory>

namespace tonewright::cli
{
namespace
{
struct MeasureArguments
{
    std::string file;
    bool asJson = false;
};

Result<Done> measure(const MeasureArguments& arguments)
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
} // namespace

void addMeasureCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("measure", "Measure a recording's tone");
    const auto arguments = std::make_shared<MeasureArguments>();
    command->add_option("FILE", arguments->file, "Mono or stereo recording, 8 to 192 kHz")->required();
    command->add_flag("--json", arguments->asJson, "As JSON");
    command->callback([arguments, &task] { task = [arguments] { return measure(*arguments); }; });
}

} // namespace tonewright::cli
