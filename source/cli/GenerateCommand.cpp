#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/Generation.h"
#include "cli/NumberedPath.h"
#include "tone/Files.h"
#include "tone/PresetLibrary.h"

#include <memory>

namespace tonewright::cli
{
namespace
{
struct GenerateArguments : PromptArguments
{
    std::string output;
};

void writeToStandardOutput(const std::vector<Preset>& presets, bool asArray)
{
    if (!asArray)
    {
        writeResult(presetFileText(presets.front()));
        return;
    }
    auto array = nlohmann::ordered_json::array();
    for (const auto& preset : presets)
        array.push_back(toJson(preset));
    writeJson(array);
}

Result<Done> generate(const GenerateArguments& arguments)
{
    if (!arguments.output.empty())
        if (auto writable = checkWritable(arguments.output); !writable)
            return writable;
    const auto presets = generatePresets(arguments);
    if (!presets)
        return presets.error();
    if (arguments.output.empty())
    {
        writeToStandardOutput(*presets, arguments.count > 1);
        return Done{};
    }
    for (std::size_t index = 0; index < presets->size(); ++index)
    {
        const auto path = numberedPath(arguments.output, static_cast<int>(index) + 1, arguments.count);
        if (auto written = writeFileAtomically(path, presetFileText((*presets)[index])); !written)
            return written;
        const auto& preset = (*presets)[index];
        const auto& difference = preset.source.difference;
        say(preset.name + ": " + path.string() + (difference.empty() ? "" : " (" + difference + ")"));
    }
    return Done{};
}
} // namespace

void addGenerateCommand(CLI::App& program, Task& task)
{
    auto* const command = program.add_subcommand("generate", "Turn words into a preset (JSON)");
    const auto arguments = std::make_shared<GenerateArguments>();
    addPromptArguments(*command, *arguments);
    command
        ->add_option(
            "--count", arguments->count,
            "Alternatives, 1 to 16: a JSON array on stdout, or NAME-1.tone.json, NAME-2.tone.json, ...")
        ->check(CLI::Range(1, 16));
    command->add_option("-o,--output", arguments->output, "Where to write the preset (default: stdout)");
    command->callback([arguments, &task] { task = [arguments] { return generate(*arguments); }; });
}

} // namespace tonewright::cli
