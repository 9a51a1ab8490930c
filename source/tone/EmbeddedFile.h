#pragma once

#include <span>
#include <string_view>

namespace tonewright
{

/// A file of resources/ compiled into the library (cmake/EmbedResources.cmake). Lives as long as the program.
struct EmbeddedFile
{
    std::string_view name; ///< relative to its folder in resources/, with extension
    std::string_view bytes;
};

/// [any] The factory presets, one `.tone.json` each.
std::span<const EmbeddedFile> factoryPresetFiles();

} // namespace tonewright
