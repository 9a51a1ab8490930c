#include "tone/PresetLibrary.h"

#include "tone/EmbeddedFile.h"
#include "tone/Files.h"
#include "tone/InputTrim.h"
#include "tone/Text.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;

constexpr std::size_t maximumFileSize = 4u << 20;
constexpr std::size_t maximumUserPresets =
    10'000; // bounds what a folder full of files can cost the message thread

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (auto& c : result)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

std::string searchableText(const Preset& preset)
{
    std::string text = preset.name + ' ' + preset.prompt + ' ' + preset.explanation;
    for (const auto& tag : preset.tags)
        text += ' ' + tag;
    return lowered(text);
}

PresetLibrary::Entry entryOf(const Preset& preset, bool isFactory, fs::path file = {})
{
    return {preset.name, preset.tags, isFactory, std::move(file)};
}

/// An input trim of 0 dB is left out unless it is meant: it would overrule the player's (InputTrim.h).
std::string fileText(const Preset& preset, bool meansTrim)
{
    auto json = toJson(preset);
    constexpr auto trim = "input.trim"_p;
    if (!meansTrim && preset.parameters[trim] == infoOf(trim).defaultValue)
        json["parameters"].erase(std::string(infoOf(trim).id));
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<fs::path> saveIn(const fs::path& folder, const Preset& preset, bool meansTrim)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return Error{"Cannot create the preset folder " + folder.string() + ": " + error.message() + "."};
    const auto file = folder / (slugOf(preset.name) + std::string(presetExtension));
    if (auto written = writeFileAtomically(file, fileText(preset, meansTrim)); !written)
        return written.error();
    return file;
}

bool containsEveryWord(const std::string& haystack, std::string_view words)
{
    std::istringstream stream(lowered(words));
    for (std::string word; stream >> word;)
        if (haystack.find(word) == std::string::npos)
            return false;
    return true;
}
} // namespace

PresetLibrary::PresetLibrary(fs::path presetFolder) : folder(std::move(presetFolder))
{
}

fs::path PresetLibrary::defaultFolder()
{
    return configDirectory() / "presets";
}

std::vector<fs::path> PresetLibrary::userFiles() const
{
    std::vector<fs::path> files;
    std::error_code ignored; // a folder that is missing or unreadable holds no presets
    for (fs::directory_iterator it(folder, ignored), end; it != end && files.size() < maximumUserPresets;
         it.increment(ignored))
        if (it->path().filename().string().ends_with(presetExtension) &&
            it->path().filename().string().front() != '.')
            files.push_back(it->path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<PresetLibrary::Entry> PresetLibrary::list() const
{
    return search("");
}

std::vector<PresetLibrary::Entry> PresetLibrary::search(std::string_view text) const
{
    const auto byName = [](const Entry& a, const Entry& b) { return lowered(a.name) < lowered(b.name); };
    std::vector<Entry> factory;
    for (const auto& preset : factoryPresets())
        if (containsEveryWord(searchableText(preset), text))
            factory.push_back(entryOf(preset, true));
    std::vector<Entry> user;
    for (const auto& file : userFiles())
    {
        ValidationReport ignored;
        if (const auto preset = loadPreset(file, ignored);
            preset && containsEveryWord(searchableText(*preset), text))
            user.push_back(entryOf(*preset, false, file));
    }
    std::sort(factory.begin(), factory.end(), byName);
    std::sort(user.begin(), user.end(), byName);
    factory.insert(factory.end(), std::make_move_iterator(user.begin()), std::make_move_iterator(user.end()));
    return factory;
}

std::optional<Preset> PresetLibrary::find(std::string_view name) const
{
    const auto wanted = slugOf(name);
    for (const auto& file : userFiles())
    {
        ValidationReport ignored;
        if (auto preset = loadPreset(file, ignored); preset && slugOf(preset->name) == wanted)
            return std::move(*preset);
    }
    for (const auto& preset : factoryPresets())
        if (slugOf(preset.name) == wanted)
            return preset;
    return std::nullopt;
}

Result<fs::path> PresetLibrary::save(const Preset& preset) const
{
    return saveIn(folder, preset, false);
}

Result<Preset> PresetLibrary::import(const fs::path& file, ValidationReport& report) const
{
    auto preset = loadPreset(file, report);
    if (!preset)
        return preset;
    const auto isTaken = [&](const std::string& name)
    {
        std::error_code ignored;
        return fs::exists(folder / (slugOf(name) + std::string(presetExtension)), ignored);
    };
    const auto original = preset->name;
    for (int number = 2; isTaken(preset->name); ++number)
        preset->name = original + " " + std::to_string(number);
    if (auto saved = saveIn(folder, *preset, namesInputTrim(file)); !saved)
        return saved.error();
    return preset;
}

const std::vector<Preset>& factoryPresets()
{
    static const std::vector<Preset> presets = []
    {
        std::vector<Preset> parsed;
        for (const auto& file : factoryPresetFiles())
        {
            ValidationReport ignored; // the tests hold every factory file to an empty report
            if (auto preset = presetFromText(file.bytes, ignored))
                parsed.push_back(std::move(*preset));
        }
        return parsed;
    }();
    return presets;
}

Result<Preset> loadPreset(const fs::path& file, ValidationReport& report)
{
    const auto text = readFile(file, maximumFileSize);
    if (!text)
        return text.error();
    auto preset = presetFromText(*text, report);
    if (!preset)
        return Error{"Cannot use " + file.string() + ". " + preset.error().message};
    return preset;
}

std::string presetFileText(const Preset& preset)
{
    return fileText(preset, false);
}

} // namespace tonewright
