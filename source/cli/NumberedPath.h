#pragma once

#include <filesystem>
#include <string>

namespace tonewright::cli
{

/// [any] Where the `number`th of `count` results goes: "lead.tone.json" stays for one result, and becomes
/// "lead-1.tone.json", "lead-2.tone.json" for more.
inline std::filesystem::path numberedPath(const std::filesystem::path& path, int number, int count)
{
    if (count == 1)
        return path;
    const auto name = path.filename().string();
    const auto dot = name.find('.', 1);
    const auto stem = name.substr(0, dot);
    const auto extension = dot == std::string::npos ? "" : name.substr(dot);
    return path.parent_path() / (stem + '-' + std::to_string(number) + extension);
}

} // namespace tonewright::cli
