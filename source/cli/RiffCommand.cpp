#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "dsp/Riff.h"

#include <algorithm>
#include <memory>

namespace tonewright::cli
{
namespace
{
struct RiffArguments
{
    std::string style;
    double seconds = 8;
    int sampleRate = 48'000;
    std::string output;
};

Result<Done> riff(const RiffArguments& arguments)
{
    if (auto writable = checkWritable(arguments.output); !writable)
        return writable;
    const auto* const style = std::find(dsp::riffStyles.begin(), dsp::riffStyles.end(), arguments.style);
    const std::array sound{dsp::synthesiseRiff(static_cast<dsp::RiffStyle>(style - dsp::riffStyles.begin()),
                                               arguments.seconds, arguments.sampleRate)};
    return writeRecording(arguments.output, sound, arguments.sampleRate);
}
} // namespace

void addRiffCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("riff", "Write the built-in synthesised dry guitar");
    const auto arguments = std::make_shared<RiffArguments>();
    command->add_option("--style", arguments->style, "What is played")
        ->required()
        ->check(CLI::IsMember(std::vector<std::string>(dsp::riffStyles.begin(), dsp::riffStyles.end())));
    command->add_option("--seconds", arguments->seconds, "Length (default 8)")
        ->check(numberBetween(0.1, 600));
    command->add_option("--rate", arguments->sampleRate, "Sample rate in Hz (default 48000)")
        ->check(CLI::Range(lowestSampleRate, highestSampleRate));
    command->add_option("-o,--output", arguments->output, "Where to write: 32-bit float mono WAV")
        ->required();
    command->callback([arguments, &task] { task = [arguments] { return riff(*arguments); }; });
}

} // namespace tonewright::cli
