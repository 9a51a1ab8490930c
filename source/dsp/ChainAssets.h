#pragma once

#include "dsp/ImpulsePlayer.h"
#include "tone/ImpulseResponseId.h"

#include <array>
#include <cstddef>
#include <memory>

namespace tonewright::dsp
{

/// How many chains a PresetCrossfader has, each of which needs a player of its own.
inline constexpr std::size_t chainCount = 2;

/// An impulse response prepared for the audio thread, with everything it needs to sound: made and destroyed
/// by a loader, lent by AssetHandoff.
struct ImpulseAsset
{
    ImpulseResponseId id = 0;
    double sampleRate = 0;
    std::array<std::unique_ptr<ImpulsePlayer>, chainCount> players; ///< null: it could not be had
};

/// [worker] The asset of an impulse response; `impulse` must be trimmed.
inline ImpulseAsset makeImpulseAsset(ImpulseResponseId id, const ImpulseResponse& impulse, double sampleRate)
{
    ImpulseAsset asset{id, sampleRate, {}};
    const auto prepared = std::make_shared<const PreparedImpulse>(impulse, sampleRate);
    for (auto& player : asset.players)
        player = std::make_unique<ImpulsePlayer>(prepared);
    return asset;
}

/// What a chain plays besides its parameters: big things that were prepared elsewhere. Null where there is
/// none. What they point to outlives their use.
struct ChainAssets
{
    ImpulseAsset* impulse = nullptr;
};

/// One stage's view of them.
struct StageAssets
{
    ImpulsePlayer* impulse = nullptr;
};

} // namespace tonewright::dsp
