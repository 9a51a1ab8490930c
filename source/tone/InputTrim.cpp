#include "tone/InputTrim.h"

#include "tone/Files.h"

#include <nlohmann/json.hpp>

namespace tonewright
{

bool namesInputTrim(const std::filesystem::path& presetFile)
{
    constexpr std::size_t largest = 4u << 20;
    constexpr int deepest = 24; // as Preset.cpp
    const auto text = readFile(presetFile, largest);
    if (!text)
        return false;
    const auto keepShallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&)
    { return depth <= deepest; };
    const auto json = nlohmann::json::parse(*text, keepShallow, false);
    if (!json.is_object())
        return false;
    const auto parameters = json.find("parameters");
    return parameters != json.end() && parameters->is_object() && parameters->contains("input.trim") &&
           (*parameters)["input.trim"].is_number();
}

} // namespace tonewright
