#pragma once

#include "tone/ImpulseResponseId.h"
#include "tone/ParameterTable.h"
#include "tone/StageId.h"

#include <array>
#include <type_traits>

namespace tonewright
{

/// The values of one moment, in the table's order, and the order of the stages: the only form in which a
/// preset reaches audio. Fixed size, trivially copyable, always legal when it comes from Preset or
/// validation.
struct ParameterSet
{
    std::array<float, parameterCount> values;
    StageOrder order;
    ImpulseResponseId impulseResponse = 0; ///< what the cabinet model `user` plays

    /// [any+audio] Starts as the table's defaults.
    constexpr ParameterSet() noexcept : values(), order(defaultStageOrder)
    {
        for (std::size_t index = 0; index < parameterCount; ++index)
            values[index] = parameterTable[index].defaultValue;
    }

    /// [any+audio] A value in its parameter's unit: `set["amp.gain"_p]`.
    constexpr float operator[](ParameterIndex index) const noexcept
    {
        return values[static_cast<std::size_t>(index)];
    }
    constexpr float& operator[](ParameterIndex index) noexcept
    {
        return values[static_cast<std::size_t>(index)];
    }

    /// [any+audio] A toggle.
    constexpr bool isOn(ParameterIndex index) const noexcept { return (*this)[index] > 0.5f; }

    /// [any+audio] A choice as its enum: `set.choice<AmpModel>("amp.model"_p)`. Choices are whole numbers in
    /// a legal set.
    template <typename Enum>
    constexpr Enum choice(ParameterIndex index) const noexcept
    {
        return static_cast<Enum>(static_cast<int>((*this)[index]));
    }

    /// [any+audio] Makes every value legal and the order a permutation with `output` last (else the default
    /// order).
    void makeLegal() noexcept;

    bool operator==(const ParameterSet&) const = default;
};

static_assert(std::is_trivially_copyable_v<ParameterSet>,
              "ParameterSet crosses to the audio thread by plain copy");

/// [any+audio] Whether `order` holds every stage once and ends with `output`.
bool isLegalOrder(const StageOrder& order) noexcept;

/// [any+audio] Whether the cabinet plays the user's impulse response.
bool usesImpulseResponse(const ParameterSet& set) noexcept;

/// [any+audio] Whether two sets differ in a toggle, a choice, the order or the impulse response: in what
/// cannot be ramped, only crossfaded.
bool differDiscretely(const ParameterSet& a, const ParameterSet& b) noexcept;

} // namespace tonewright
