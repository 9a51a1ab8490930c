#pragma once

#include "plugin/FadePlace.h"

namespace tonewright::plugin
{

/// Silences the output and brings it back, along a raised cosine of 20 ms, so that neither clicks.
class OutputMute
{
public:
    /// [setup] Starts silent or open, without a fade.
    void prepare(double sampleRate, bool isMuted) noexcept
    {
        sound.prepare(sampleRate, fadeSeconds, !isMuted);
    }

    /// [audio] Where to go from here.
    void setMuted(bool isMuted) noexcept TONEWRIGHT_NONBLOCKING { sound.goTo(!isMuted); }

    /// [audio]
    void apply(float* left, float* right, int frames) noexcept TONEWRIGHT_NONBLOCKING;

private:
    static constexpr double fadeSeconds = 0.020;
    FadePlace sound; ///< 0 silent, 1 open
};

} // namespace tonewright::plugin
