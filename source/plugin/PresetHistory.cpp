#include "plugin/PresetHistory.h"

#include <algorithm>
#include <utility>

namespace tonewright::plugin
{

void PresetHistory::add(Step left)
{
    past.push_back(std::move(left));
    if (past.size() > maximumSteps)
        past.pop_front();
    future.clear();
}

std::vector<Preset> PresetHistory::recent(std::size_t most) const
{
    std::vector<Preset> presets;
    for (auto place = past.size() - std::min(most, past.size()); place < past.size(); ++place)
        presets.push_back(past[place].preset);
    return presets;
}

std::optional<PresetHistory::Step> PresetHistory::undo(Step present)
{
    if (past.empty())
        return std::nullopt;
    Step step = std::move(past.back());
    past.pop_back();
    future.push_back(std::move(present));
    return step;
}

std::optional<PresetHistory::Step> PresetHistory::redo(Step present)
{
    if (future.empty())
        return std::nullopt;
    Step step = std::move(future.back());
    future.pop_back();
    past.push_back(std::move(present));
    return step;
}

} // namespace tonewright::plugin
