#pragma once

#include "plugin/CurrentTone.h"
#include "plugin/PresetHistory.h"

#include <chrono>
#include <optional>
#include <vector>

namespace tonewright::plugin
{

/// Changes the tone that sounds so that every change can be taken back: presets, the input trim, and what the
/// player does to a knob. What a host automates is no step. All [message].
class ToneHistory
{
public:
    /// [setup] `tone` must outlive the history.
    explicit ToneHistory(CurrentTone& tone);

    /// Another tone sounds; `isEdited` as CurrentTone::replace.
    void replace(const Preset& preset, bool isEdited = false);

    /// CurrentTone::adjust.
    void adjust(ParameterIndex index, float value);

    /// The player takes hold of a knob, or lets go of it. Turns of the same knob that follow one another
    /// within a second, as a wheel makes them, are one step; a touch that changes nothing is none.
    void gesture(ParameterIndex index, bool isBeginning);

    bool canUndo() const noexcept { return steps.canUndo(); }
    bool canRedo() const noexcept { return steps.canRedo(); }
    /// False when there is nothing to take back.
    bool undo() { return go(steps.undo(present())); }
    bool redo() { return go(steps.redo(present())); }

    /// The last `most` tones left behind, oldest first.
    std::vector<Preset> recent(std::size_t most) const { return steps.recent(most); }

private:
    struct Hold
    {
        ParameterIndex index;
        PresetHistory::Step before;
        unsigned revision;
    };
    struct Turn
    {
        ParameterIndex index;
        std::chrono::steady_clock::time_point end;
        unsigned revision;
    };

    PresetHistory::Step present() const { return {tone.preset(), tone.isEdited()}; }
    void remember(PresetHistory::Step left);
    bool go(const std::optional<PresetHistory::Step>& step);

    CurrentTone& tone;
    PresetHistory steps;
    std::optional<Hold> held;
    std::optional<Turn> lastTurn; ///< where it made the newest step
};

} // namespace tonewright::plugin
