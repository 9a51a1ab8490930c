#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/TonePicture.h"
#include "tone/Files.h"

#include <memory>

namespace tonewright::cli
{
namespace
{
struct PictureArguments
{
    std::string dry;
    std::string wet;
    std::string title;
    std::string output;
};

Result<Done> picture(const PictureArguments& arguments)
{
    if (auto writable = checkWritable(arguments.output); !writable)
        return writable;
    const auto dry = readRecording(arguments.dry);
    if (!dry)
        return dry.error();
    const auto wet = readRecording(arguments.wet);
    if (!wet)
        return wet.error();
    const auto png = drawTonePicture(*dry, *wet, arguments.title);
    if (!png)
        return png.error();
    return writeFileAtomically(arguments.output, *png);
}
} // namespace

void addPictureCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("picture", "Draw what a preset did to a recording (PNG)");
    const auto arguments = std::make_shared<PictureArguments>();
    command->add_option("--dry", arguments->dry, "The recording before")->required();
    command->add_option("--wet", arguments->wet, "The recording after")->required();
    command->add_option("--title", arguments->title, "Written above, for instance the prompt");
    command->add_option("-o,--output", arguments->output, "Where to write: PNG, 1600 x 1000")->required();
    command->callback([arguments, &task] { task = [arguments] { return picture(*arguments); }; });
}

} // namespace tonewright::cli
