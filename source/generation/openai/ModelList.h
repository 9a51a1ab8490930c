#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// What a server offers.
struct ServerModels
{
    std::vector<std::string> ids; ///< clean, sorted, each once; empty where the server does not say
};

/// Longest list and longest id that are taken over.
inline constexpr std::size_t maximumModels = 2000;
inline constexpr std::size_t maximumModelId = 200;

/// [any] The models of a list as servers send it: {"data": [{"id": ...}]}, the array alone, or {"models":
/// [...]} with ids or names. Ids that are too long or hold anything but visible characters are left out, and
/// so is what looks like `key`. Nothing when the text is no JSON object or array.
std::optional<ServerModels> readModelList(std::string_view body, std::string_view key);

} // namespace tonewright
