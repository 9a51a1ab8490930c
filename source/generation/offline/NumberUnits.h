#pragma once

#include "generation/offline/Knowledge.h"

#include <optional>
#include <string_view>

namespace tonewright::offline
{

/// A number with its unit, in a parameter's own terms.
struct Amount
{
    double value = 0;
    Change change = Change::to;
};

/// [any] The parameter that a number with this unit means after an effect's name ("delay 350 ms").
std::optional<ParameterIndex> parameterOf(StageId stage, std::string_view unit) noexcept;

/// [any] Whether a number with this unit can be a value of the parameter, or with `isChange` a difference:
/// decibels and "notches" change what has no decibels of its own.
bool fits(std::string_view unit, const ParameterInfo& info, bool isChange) noexcept;

/// [any] Whether the parameter is counted in this very unit.
bool isUnitOf(std::string_view unit, const ParameterInfo& info) noexcept;

/// [any] "gain at 7" on a knob, "0.35 s" on milliseconds, "70 %" or "7" on the other kind of knob.
Amount valueIn(double value, std::string_view unit, const ParameterInfo& info) noexcept;

/// [any] The same for a difference: "5 dB" on a knob from 0 to 10, "6 dB" on a mix in per cent.
Amount differenceIn(double value, std::string_view unit, const ParameterInfo& info) noexcept;

/// [any] The feedback after which so many repeats are heard before they are 30 dB down.
Amount feedbackFor(double repeats) noexcept;

/// A knob and the way it is turned.
struct KnobTurn
{
    ParameterIndex parameter{};
    int sign = 1;
};

/// [any] The knob that a comparative turns: "longer" with a delay its time, "louder" alone the level. Where
/// no effect is named, the unit tells it ("50 ms shorter").
std::optional<KnobTurn> knobOf(const Entry& comparative, std::optional<StageId> stage, std::string_view unit);

} // namespace tonewright::offline
