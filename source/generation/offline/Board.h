#pragma once

#include "generation/offline/ToneIntent.h"
#include "tone/ParameterSet.h"

namespace tonewright::offline
{

/// The parameters being set, with values kept in range and rounded to what a player would dial (so that
/// different processors' last bits cannot give different presets).
class Board
{
public:
    Board(const ParameterSet& start, const ToneIntent& wishes) : values(start), intent(wishes) {}

    const ParameterSet& parameters() const noexcept { return values; }
    float operator[](ParameterIndex index) const noexcept { return values[index]; }
    bool isOn(ParameterIndex toggle) const noexcept { return values.isOn(toggle); }

    /// [any] Sets a parameter, clamped and rounded.
    void set(ParameterIndex index, double value);

    /// [any] Adds to a parameter.
    void shift(ParameterIndex index, double difference);

    template <typename Enum>
    void choose(ParameterIndex index, Enum choice)
    {
        values[index] = static_cast<float>(choice);
    }
    void switchOn(ParameterIndex toggle, bool isOn) { values[toggle] = isOn ? 1.0f : 0.0f; }

    /// [any] parameter = base + scale * axis. A fresh stage starts from `usual`; what is already set moves by
    /// what was said and stays where nothing was.
    void follow(ParameterIndex index, Axis axis, double base, double scale, bool isFresh, double usual);

    /// [any] The same for quantities: the axis is in the parameter's unit and moves in octaves.
    void followQuantity(ParameterIndex index, Axis axis, bool isFresh, double usual);

    /// [any] A choice, where one was said; a fresh stage starts from `usual`.
    template <typename Enum>
    void followChoice(ParameterIndex index, Axis axis, bool isFresh, Enum usual)
    {
        const auto& wish = intent[axis];
        if (wish.target && (isFresh || !wish.isMentionOnly))
            values[index] = static_cast<float>(*wish.target);
        else if (isFresh)
            choose(index, usual);
    }

private:
    ParameterSet values;
    const ToneIntent& intent;
};

} // namespace tonewright::offline
