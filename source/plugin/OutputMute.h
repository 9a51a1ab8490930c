#pragma once

#include "realtime/Threads.h"

namespace tonewright::plugin
{

/// Silences the output and brings it back, along a raised cosine of 20 ms, so that neither clicks.
class OutputMute
{
public:
    /// [setup] Starts silent or open, without a fade.
    void prepare(double sampleRate, bool isMuted) noexcept;

    /// [audio] Where to go from here.
    void setMuted(bool isMuted) noexcept TONEWRIGHT_NONBLOCKING { target = isMuted ? 0.0f : 1.0f; }

    /// [audio]
    void apply(float* left, float* right, int frames) noexcept TONEWRIGHT_NONBLOCKING;

private:
    float place = 1; ///< along the fade: 0 silent, 1 open
    float target = 1;
    float step = 1;
};

} // namespace tonewright::plugin
