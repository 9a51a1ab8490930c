#include "generation/offline/Explanation.h"
#include "generation/offline/ExplanationText.h"
#include "generation/offline/OrderMapping.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace tonewright::offline
{
namespace
{
using Texts = std::vector<std::string>;

void addOnce(Texts& texts, std::string text)
{
    if (std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(std::move(text));
}

std::string readableId(const ParameterInfo& info)
{
    return displayName(info.stage()) + " " + lowered(info.name);
}

/// Every value that moved; stages that only went on or off in one breath.
std::string changesText(const ToneIntent& intent, const ParameterSet& before, const ParameterSet& after)
{
    Texts off;
    Texts on;
    Texts moved;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        const float value = after.values[index];
        if (value == before.values[index])
            continue;
        if (info.type == ParameterType::toggle)
            (value == 0 ? off : on).push_back(displayName(info.stage()));
        else
            moved.push_back(readableId(info) + " from " + textOf(info, before.values[index]) + " to " +
                            textOf(info, value));
    }
    Texts parts;
    if (!off.empty())
        parts.push_back("Switched off " + joined(off));
    if (!on.empty())
        parts.push_back((parts.empty() ? "Switched on " : "switched on ") + joined(on));
    if (!moved.empty())
        parts.push_back((parts.empty() ? "Changed " : "changed ") + joined(moved));
    if (after.order != before.order)
        for (const auto& place : intent.placements)
            parts.push_back(placeText(place, after.order) + " now");
    return joined(parts, "; ");
}

std::string reasonsText(const ToneIntent& intent)
{
    Texts reasons;
    for (const auto& wish : intent.wishes)
        if (wish.isSaid() && !wish.reason.empty())
            addOnce(reasons, wish.reason);
    for (const auto& wish : intent.parameters)
        addOnce(reasons, wish.reason);
    for (const auto& band : intent.bands)
        addOnce(reasons, band.reason);
    return joined(reasons, " + ");
}

/// The stage whose amount or quality an axis is: the axes of an effect begin with its name.
std::optional<StageId> stageBehind(Axis axis)
{
    if (const auto stage = stageOf(axis))
        return stage;
    constexpr std::array stages{StageId::wah,     StageId::compressor, StageId::boost,
                                StageId::drive,   StageId::pitch,      StageId::modulation,
                                StageId::tremolo, StageId::delay,      StageId::reverb};
    const auto* const found =
        std::find_if(stages.begin(), stages.end(),
                     [axis](StageId stage) { return infoOf(axis).name.starts_with(nameOf(stage)); });
    return found != stages.end() ? std::optional(*found) : std::nullopt;
}

bool isOff(const ParameterSet& parameters, std::string_view stage)
{
    const auto enabled = findParameter(std::string(stage) + ".enabled");
    return enabled && !parameters.isOn(*enabled);
}

/// Whether more of the same would move something: then it was the step that was too small.
bool isTooSmall(const ToneIntent& intent, const ParameterSet& before)
{
    constexpr double many = 10;
    auto stronger = intent;
    for (auto& wish : stronger.wishes)
        wish.offset *= many;
    return mapEdit(stronger, before).parameters != before;
}

std::string whyNothing(const ToneIntent& intent, const ParameterSet& before)
{
    Texts causes;
    const auto blame = [&](std::string_view stage, bool isTarget)
    {
        if (isOff(before, stage))
            addOnce(causes, "the " + std::string(stage) + " is off");
        else if (!intent.held.empty())
            addOnce(causes, "what it would move is to stay");
        else if (isTarget)
            addOnce(causes, "it is so already");
        else
            addOnce(causes,
                    isTooSmall(intent, before) ? "so small a step moves no knob" : "it is at its limit");
    };
    for (std::size_t index = 0; index < axisCount; ++index)
    {
        const auto& wish = intent.wishes[index];
        if (wish.reason.empty())
            continue;
        const auto stage = stageBehind(static_cast<Axis>(index));
        constexpr double nothingLeft = 0.05;
        const bool isOfSeveral = wish.reason.find(" + ") != std::string::npos;
        if (!wish.target && std::abs(wish.offset) < nothingLeft && isOfSeveral)
            addOnce(causes, "the words take each other back");
        else
            blame(stage ? nameOf(*stage) : std::string_view("amp"), wish.target.has_value());
    }
    for (const auto& wish : intent.parameters)
        blame(tonewright::infoOf(wish.parameter).stage(), wish.change == Change::to);
    if (causes.empty())
        causes.emplace_back("it is so already");
    return joined(causes, "; ");
}

/// "gain and the delay stay as they are"
std::string keptText(const ToneIntent& intent)
{
    std::string text(1, '"');
    text += joined(intent.kept, "\" and \"");
    text += intent.kept.size() == 1 ? "\" stays as it is" : "\" stay as they are";
    return text;
}
} // namespace

std::string explainEdit(const ToneIntent& intent, const MappedTone& tone, const ParameterSet& before)
{
    const auto doubts = doubtsText(intent, tone.notes);
    const bool isSame = tone.parameters == before;
    if (!isSame)
    {
        auto text = changesText(intent, before, tone.parameters) + because(reasonsText(intent));
        if (intent.again != 0)
            text += intent.again > 0 ? ", as before" : ", part of the way back";
        if (!intent.kept.empty())
            text += "; " + keptText(intent);
        return text + "." + doubts;
    }
    if (saysNothing(intent) && intent.asksForUndo)
        return "Nothing changed: words cannot take a change back, but the Undo button in the preset bar "
               "does." +
               doubts;
    const bool cancels = std::any_of(intent.wishes.begin(), intent.wishes.end(),
                                     [](const Wish& wish) { return !wish.isSaid() && !wish.reason.empty(); });
    if (saysNothing(intent) && !cancels)
        return (intent.kept.empty()
                    ? "Nothing changed, since no word here describes a tone or a change that I know."
                    : "Nothing changed: " + keptText(intent) + ".") +
               doubts;
    return "Nothing to change" + because(reasonsText(intent)) + ": " + whyNothing(intent, before) + "." +
           doubts;
}

} // namespace tonewright::offline
