#include "plugin/ToneHistory.h"

#include <utility>

namespace tonewright::plugin
{
namespace
{
constexpr std::chrono::seconds longestPause{1};
} // namespace

ToneHistory::ToneHistory(CurrentTone& toneToChange) : tone(toneToChange)
{
}

void ToneHistory::remember(PresetHistory::Step left)
{
    steps.add(std::move(left));
    lastTurn.reset();
}

void ToneHistory::replace(const Preset& preset, bool isEdited)
{
    remember(present());
    tone.replace(preset, isEdited);
}

void ToneHistory::adjust(ParameterIndex index, float value)
{
    remember(present());
    tone.adjust(index, value);
}

void ToneHistory::gesture(ParameterIndex index, bool isBeginning)
{
    if (isBeginning)
    {
        held = Hold{index, present(), tone.revision()};
        return;
    }
    auto ended = std::exchange(held, std::nullopt);
    const auto revision = tone.revision();
    // A preset that came meanwhile made a step of its own.
    if (!ended || ended->index != index || ended->revision != revision ||
        ended->before.preset.parameters == tone.parameters())
        return;
    const auto now = std::chrono::steady_clock::now();
    const bool goesOn = lastTurn && lastTurn->index == index && lastTurn->revision == revision &&
                        now - lastTurn->end < longestPause;
    if (!goesOn)
        remember(std::move(ended->before));
    lastTurn = Turn{index, now, revision};
}

bool ToneHistory::go(const std::optional<PresetHistory::Step>& step)
{
    lastTurn.reset();
    if (step)
        tone.replace(step->preset, step->isEdited);
    return step.has_value();
}

} // namespace tonewright::plugin
