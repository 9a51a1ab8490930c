#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/ImpulseChoice.h"
#include "cli/PresetChoice.h"
#include "cli/Rendering.h"

#include <memory>

namespace tonewright::cli
{
namespace
{
struct RenderCommandArguments : RenderArguments
{
    std::string preset;
    double tempo = 0;
};

Result<Done> render(const RenderCommandArguments& arguments)
{
    auto preset = choosePreset(arguments.preset);
    if (!preset)
        return preset.error();
    if (auto writable = checkWritable(arguments.output); !writable)
        return writable;
    const auto dry = readRecording(arguments.input);
    if (!dry)
        return dry.error();
    const auto impulse = chooseImpulse(arguments.impulseResponse);
    if (!impulse)
        return impulse.error();
    if (*impulse)
        playThrough(*preset, **impulse);
    const auto wet = renderPreset(*preset, *dry, arguments, arguments.tempo, *impulse);
    if (!wet)
        return wet.error();
    return writeRecording(arguments.output, *wet, dry->sampleRate);
}
} // namespace

void addRenderCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("render", "Play a recording through a preset");
    const auto arguments = std::make_shared<RenderCommandArguments>();
    command->add_option("--preset", arguments->preset, "A preset: a file or a name")->required();
    addRenderArguments(*command, *arguments);
    command->add_option("--tempo", arguments->tempo, "Quarter notes a minute, for echoes in time")
        ->check(numberBetween(20, 400));
    command->callback([arguments, &task] { task = [arguments] { return render(*arguments); }; });
}

} // namespace tonewright::cli
