#pragma once

#include "plugin/FadePlace.h"

namespace tonewright::plugin
{

/// Blends between the processed signal and the untouched input when the plugin is bypassed or woken: a
/// straight line over 10 ms, so that neither clicks.
class DryFade
{
public:
    /// [setup] Starts at one end, without a fade.
    void prepare(double sampleRate, bool isBypassed) noexcept
    {
        dry.prepare(sampleRate, fadeSeconds, isBypassed);
    }

    /// [audio] Where to go from here.
    void setBypassed(bool isBypassed) noexcept TONEWRIGHT_NONBLOCKING { dry.goTo(isBypassed); }

    /// [audio] Only the processed signal is heard, now and until the target changes.
    bool isFullyWet() const noexcept TONEWRIGHT_NONBLOCKING { return dry.restsAt(false); }
    /// [audio] Only the input is heard, now and until the target changes.
    bool isFullyDry() const noexcept TONEWRIGHT_NONBLOCKING { return dry.restsAt(true); }

    /// [audio] Mixes `input` into `output` (both stereo, `frames` samples), moving towards the target.
    void mix(const float* inputLeft, const float* inputRight, float* outputLeft, float* outputRight,
             int frames) noexcept TONEWRIGHT_NONBLOCKING;

private:
    static constexpr double fadeSeconds = 0.010;
    FadePlace dry;
};

} // namespace tonewright::plugin
