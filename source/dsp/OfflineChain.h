#pragma once

#include "dsp/ChainAssets.h"
#include "dsp/SignalChain.h"

#include <array>
#include <span>
#include <vector>

namespace tonewright::dsp
{

using StereoSound = std::array<std::vector<float>, 2>;

/// One chain for many short renders, one preset after the other: made and prepared once, which costs more
/// than a probe does. Every render starts from silence; nothing crossfades. For whole recordings there is
/// renderOffline().
class OfflineChain
{
public:
    /// [worker]
    explicit OfflineChain(double rate = 48000);

    /// [any]
    double sampleRate() const noexcept { return rate; }

    /// [worker] What the chain plays besides parameters, from the next start() on; it outlives its use.
    void setAssets(const StageAssets& assets);

    /// [worker] Forgets all sound; `parameters` (legal) play from here on.
    void start(const ParameterSet& parameters, const Transport& transport = {});

    /// [worker] Plays on: appends the answer to a mono `input`, both channels. Latency there is none.
    void play(std::span<const float> input, StereoSound& output);

    /// [worker] start() and play().
    StereoSound render(const ParameterSet& parameters, std::span<const float> input,
                       const Transport& transport = {});

    /// [any] False when something not finite arose since start(); `output` hides it.
    bool isHealthy() const noexcept { return healthy; }

private:
    double rate;
    SignalChain chain;
    ParameterSet playing;
    Transport time;
    bool healthy = true;
};

} // namespace tonewright::dsp
