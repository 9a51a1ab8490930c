#pragma once

#include "tone/Preset.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace tonewright::plugin
{

/// Undo and redo of whole tones. Not thread-safe; the session's, on the message thread.
class PresetHistory
{
public:
    /// A tone, and whether it was edited by hand when it was left.
    struct Step
    {
        Preset preset;
        bool isEdited = false;
    };

    /// Presets older than this many steps are forgotten.
    static constexpr std::size_t maximumSteps = 50;

    /// `left` gave way to another tone: undo leads back to it, and there is nothing to redo.
    void add(Step left);

    /// The last `most` tones left behind, oldest first.
    std::vector<Preset> recent(std::size_t most) const;

    bool canUndo() const noexcept { return !past.empty(); }
    bool canRedo() const noexcept { return !future.empty(); }

    /// The tone to go back (forward) to; `present` is where redo (undo) then leads. Nothing where there is
    /// none.
    std::optional<Step> undo(Step present);
    std::optional<Step> redo(Step present);

private:
    std::deque<Step> past;
    std::vector<Step> future;
};

} // namespace tonewright::plugin
