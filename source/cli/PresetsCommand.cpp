#include "assets/AudioFile.h"
#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/PresetChoice.h"
#include "generation/Audition.h"
#include "tone/Files.h"
#include "tone/PresetLibrary.h"

#include <algorithm>
#include <memory>

namespace tonewright::cli
{
namespace
{
Error noPresetCalled(const std::string& name)
{
    return Error{"There is no preset called '" + name + "'; 'tonewright presets list' shows them."};
}

/// A line each: name, where it is from, tags.
void writeEntries(const std::vector<PresetLibrary::Entry>& entries)
{
    std::size_t nameWidth = 0;
    for (const auto& entry : entries)
        nameWidth = std::max(nameWidth, widthOf(entry.name));
    for (const auto& entry : entries)
    {
        std::string line = padded(entry.name, nameWidth) + "  " + (entry.isFactory ? "factory" : "user   ");
        for (std::size_t index = 0; index < entry.tags.size(); ++index)
            line += (index == 0 ? "  " : ", ") + entry.tags[index];
        writeResult(line + "\n");
    }
}

Result<Done> show(const std::string& name)
{
    const auto preset = PresetLibrary().find(name);
    if (!preset)
        return noPresetCalled(name);
    writeResult(presetFileText(*preset));
    return Done{};
}

Result<Done> search(const std::string& text)
{
    const auto entries = PresetLibrary().search(text);
    writeEntries(entries);
    if (entries.empty())
        say("No preset matches '" + text + "'.");
    return Done{};
}

Result<Done> importFile(const std::string& file)
{
    ValidationReport report;
    const auto preset = PresetLibrary().import(file, report);
    sayReport(report);
    if (!preset)
        return preset.error();
    writeResult(preset->name + "\n");
    return Done{};
}

Result<Done> exportPreset(const std::string& name, const std::string& file)
{
    const auto preset = PresetLibrary().find(name);
    if (!preset)
        return noPresetCalled(name);
    if (auto writable = checkWritable(file); !writable)
        return writable;
    return writeFileAtomically(file, presetFileText(*preset));
}

/// A line each: the output level at which a preset plays as loud as all others, its loudness there, the file.
Result<Done> auditionFiles(const std::vector<std::string>& files)
{
    for (const auto& file : files)
    {
        ValidationReport report;
        auto preset = loadPreset(std::filesystem::path(file), report);
        if (!preset)
            return preset.error();
        const auto result = audition(*preset);
        if (!result.isSound)
            return Error{"'" + preset->name + "' is silent or breaks down; " + file + " needs other values."};
        writeResult(paddedLeft(numberText(static_cast<double>(preset->parameters["output.level"_p]), 1), 6) +
                    " dB  " + paddedLeft(numberText(result.loudness, 1), 6) + " LUFS  " + file + "\n");
    }
    return Done{};
}
} // namespace

void addPresetsCommand(CLI::App& program, Task& task)
{
    auto* const presets = program.add_subcommand("presets", "The presets on this machine");
    presets->require_subcommand(1);
    struct Arguments
    {
        std::string name;
        std::string file;
        std::vector<std::string> files;
    };
    const auto arguments = std::make_shared<Arguments>();
    const auto add = [&](const char* command, const char* description, Task work)
    {
        auto* const added = presets->add_subcommand(command, description);
        added->callback([&task, work = std::move(work)] { task = work; });
        return added;
    };

    add("list", "List them: name, origin, tags",
        []() -> Result<Done>
        {
            writeEntries(PresetLibrary().list());
            return Done{};
        });
    add("show", "Print a preset (JSON)", [arguments] { return show(arguments->name); })
        ->add_option("NAME", arguments->name, "Letter case does not matter")
        ->required();
    add("search", "List those whose name, tags or texts hold every word",
        [arguments] { return search(arguments->name); })
        ->add_option("TEXT", arguments->name, "Words")
        ->required();
    add("import", "Check a preset file and copy it to the user's presets",
        [arguments] { return importFile(arguments->file); })
        ->add_option("FILE", arguments->file, "A .tone.json file")
        ->required();
    add("audition", "Say at which output level presets play as loud as all others",
        [arguments] { return auditionFiles(arguments->files); })
        ->add_option("FILE", arguments->files, ".tone.json files")
        ->required();
    auto* const exporting = add("export", "Write a preset to a file",
                                [arguments] { return exportPreset(arguments->name, arguments->file); });
    exporting->add_option("NAME", arguments->name, "Letter case does not matter")->required();
    exporting->add_option("FILE", arguments->file, "Where to write")->required();
}

} // namespace tonewright::cli
