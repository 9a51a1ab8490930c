#pragma once

#include "dsp/Stage.h"

namespace tonewright::dsp
{

/// The gains of a fade between two sounds that both follow the same guitar: equal power where they share
/// nothing, equal gain where they are the same, and what lies between as heard. [audio], no allocation.
class CrossfadeGains
{
public:
    struct Pair
    {
        float out = 1;
        float in = 0;
    };

    /// [setup]
    void prepare(double sampleRate) noexcept;

    /// Before the two are compared; the levels are amplitude ratios at which they will be heard.
    void restart(double levelOfOut, double levelOfIn) noexcept;

    /// One sample of both, as loud as their levels let it be heard.
    void compare(const AudioBlock& out, const AudioBlock& in, int frame) noexcept;

    /// When the fade begins: decides how long both are heard.
    void begin() noexcept;

    /// `place` in the fade, 0 to 1.
    Pair at(double place) const noexcept;

private:
    double memory = 0;
    double levelOut = 1;
    double levelIn = 1;
    double powerOut = 0; ///< of the two of late, and what they have in common
    double powerIn = 0;
    double powerCommon = 0;
    double overlap = 1; ///< part of the fade in which both are heard
};

} // namespace tonewright::dsp
