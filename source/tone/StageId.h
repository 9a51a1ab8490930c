#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tonewright
{

/// The stages of the chain, in their default order. `output` is always last.
enum class StageId : std::uint8_t
{
    gate,
    pitch,
    wah,
    compressor,
    boost,
    drive,
    amp,
    cabinet,
    equaliser,
    modulation,
    tremolo,
    delay,
    reverb,
    output
};

inline constexpr std::size_t stageCount = 14;

inline constexpr std::array<std::string_view, stageCount> stageNames{
    "gate",    "pitch",     "wah",        "compressor", "boost", "drive",  "amp",
    "cabinet", "equaliser", "modulation", "tremolo",    "delay", "reverb", "output"};

using StageOrder = std::array<StageId, stageCount>;

inline constexpr StageOrder defaultStageOrder{
    StageId::gate,    StageId::pitch, StageId::wah,     StageId::compressor, StageId::boost,
    StageId::drive,   StageId::amp,   StageId::cabinet, StageId::equaliser,  StageId::modulation,
    StageId::tremolo, StageId::delay, StageId::reverb,  StageId::output};

/// [any+audio] The stage's word in JSON and parameter ids.
constexpr std::string_view nameOf(StageId stage) noexcept
{
    return stageNames[static_cast<std::size_t>(stage)];
}

/// [any+audio] The stage of that name, if there is one.
constexpr std::optional<StageId> stageNamed(std::string_view name) noexcept
{
    for (std::size_t index = 0; index < stageCount; ++index)
        if (stageNames[index] == name)
            return static_cast<StageId>(index);
    return std::nullopt;
}

} // namespace tonewright
