#include "generation/openai/ModelList.h"

#include "generation/SecretText.h"
#include "generation/openai/ResponseReader.h"
#include "tone/Text.h"

#include <algorithm>

namespace tonewright
{
namespace
{
using nlohmann::json;

const json* listIn(const json& root)
{
    if (root.is_array())
        return &root;
    for (const char* name : {"data", "models"})
        if (const auto found = root.find(name); found != root.end() && found->is_array())
            return &*found;
    return nullptr;
}

const std::string* idOf(const json& entry)
{
    if (entry.is_string())
        return entry.get_ptr<const std::string*>();
    if (entry.is_object())
        for (const char* name : {"id", "name"})
            if (const auto found = entry.find(name); found != entry.end() && found->is_string())
                return found->get_ptr<const std::string*>();
    return nullptr;
}

bool isUsable(const std::string& id)
{
    return !id.empty() && id.size() <= maximumModelId && cleanText(id, maximumModelId) == id &&
           std::none_of(id.begin(), id.end(), [](char c) { return c >= 0 && c <= ' '; });
}
} // namespace

std::optional<ServerModels> readModelList(std::string_view body, std::string_view key)
{
    const auto root = parseBounded(body);
    if (!root || !root->is_structured())
        return std::nullopt;
    const SecretScrubber scrubber(key);
    ServerModels models;
    if (const auto* list = listIn(*root))
        for (const auto& entry : *list)
            if (const auto* id = idOf(entry); id != nullptr && isUsable(*id) && scrubber.scrub(*id) == *id &&
                                              models.ids.size() < maximumModels)
                models.ids.push_back(*id);
    std::sort(models.ids.begin(), models.ids.end());
    models.ids.erase(std::unique(models.ids.begin(), models.ids.end()), models.ids.end());
    return models;
}

} // namespace tonewright
