#include "cli/PresetChoice.h"

#include "cli/Console.h"
#include "tone/PresetLibrary.h"

namespace tonewright::cli
{
namespace
{
namespace fs = std::filesystem;

bool looksLikeFile(const std::string& text)
{
    std::error_code ignored;
    return text.find('/') != std::string::npos || text.ends_with(".json") || fs::exists(text, ignored);
}
} // namespace

void sayReport(const ValidationReport& report)
{
    for (const auto& sentence : report)
        say(sentence);
}

Result<Preset> choosePreset(const std::string& fileOrName)
{
    if (looksLikeFile(fileOrName))
    {
        ValidationReport report;
        auto preset = loadPreset(fileOrName, report);
        sayReport(report);
        return preset;
    }
    if (auto preset = PresetLibrary().find(fileOrName))
        return std::move(*preset);
    return Error{"There is neither a file nor a preset called '" + fileOrName +
                 "'; 'tonewright presets list' shows the presets."};
}

} // namespace tonewright::cli
