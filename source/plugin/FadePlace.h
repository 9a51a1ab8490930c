#pragma once

#include "realtime/Threads.h"

#include <algorithm>

namespace tonewright::plugin
{

/// A place between 0 and 1 that walks to one of these ends. [audio]
class FadePlace
{
public:
    /// [setup] `seconds` from end to end; starts at an end.
    void prepare(double sampleRate, double seconds, bool isAtOne) noexcept
    {
        goTo(isAtOne);
        place = target;
        step = static_cast<float>(1.0 / std::max(1.0, seconds * sampleRate));
    }

    /// Where to go from here.
    void goTo(bool one) noexcept TONEWRIGHT_NONBLOCKING { target = one ? 1.0f : 0.0f; }

    /// Whether it is at that end and stays there.
    bool restsAt(bool one) const noexcept TONEWRIGHT_NONBLOCKING
    {
        return place == target && target == (one ? 1.0f : 0.0f);
    }

    /// One sample further.
    float next() noexcept TONEWRIGHT_NONBLOCKING
    {
        place = place < target ? std::min(target, place + step) : std::max(target, place - step);
        return place;
    }

private:
    float place = 0;
    float target = 0;
    float step = 1;
};

} // namespace tonewright::plugin
