#pragma once

#include "tone/Preset.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// The presets on this machine: the factory's (compiled in) and the user's (one file each in a folder). Small
/// files, so every call may be made on the message thread; none on audio. Holds no state but the folder: what
/// others save there shows at the next list().
class PresetLibrary
{
public:
    struct Entry
    {
        std::string name;
        std::vector<std::string> tags;
        bool isFactory = false;
        std::filesystem::path file; ///< empty for the factory's
    };

    /// [setup] The user's presets live in `folder`, created at the first save.
    explicit PresetLibrary(std::filesystem::path folder = defaultFolder());

    /// [any] `presets` in the configuration directory.
    static std::filesystem::path defaultFolder();

    /// [any] Factory presets first, then the user's, each by name. Files that are no presets are left out.
    std::vector<Entry> list() const;

    /// [any] A preset by name (letter case and punctuation do not matter; the user's before the factory's).
    std::optional<Preset> find(std::string_view name) const;

    /// [any] Entries whose name, tags, prompt or explanation contain every word of `text`.
    std::vector<Entry> search(std::string_view text) const;

    /// [any] Saves under the preset's name; a file of the same name is replaced whole or not at all. The name
    /// becomes a slug, never a path. Returns the file.
    Result<std::filesystem::path> save(const Preset& preset) const;

    /// [any] Validates a preset file and copies it into the user's folder; an existing preset of that name is
    /// kept and the new one gets a number. What was repaired goes into `report`.
    Result<Preset> import(const std::filesystem::path& file, ValidationReport& report) const;

private:
    std::vector<std::filesystem::path> userFiles() const;
    std::filesystem::path folder;
};

/// [any] The factory presets, validated, in file order. Parsed at the first call, then kept.
const std::vector<Preset>& factoryPresets();

/// [any] A preset file read and validated.
Result<Preset> loadPreset(const std::filesystem::path& file, ValidationReport& report);

/// [any] A preset as the text of its file (indented JSON, final line feed).
std::string presetFileText(const Preset& preset);

} // namespace tonewright
