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

    /// `place` in the fade, 0 to 1, further than the one before.
    Pair next(double place) noexcept;

private:
    /// Powers of the two of late, and what they have in common.
    struct Memory
    {
        double kept = 0; ///< from one sample to the next
        double out = 0;
        double in = 0;
        double common = 0;

        void add(double nowOut, double nowIn, double nowCommon) noexcept
        {
            out = kept * out + nowOut;
            in = kept * in + nowIn;
            common = kept * common + nowCommon;
        }
    };
    /// Goes to where it is sent without a corner: two low-passes in a row.
    struct Ease
    {
        double kept = 0; ///< from one sample to the next
        double halfway = 1;
        double value = 1;

        double goTo(double target) noexcept
        {
            halfway = target + kept * (halfway - target);
            value = halfway + kept * (value - halfway);
            return value;
        }
        void startAt(double start) noexcept { halfway = value = start; }
    };
    void forget() noexcept;
    double advance(double place, double wanted) noexcept;

    Memory instant;
    Memory brief;
    Memory lasting;
    Ease lift; ///< in power, for what cancels this instant
    double levelOut = 1;
    double levelIn = 1;
    double lastPlace = 0;
    double lastWay = 0; ///< how much of the fade was done there
};

} // namespace tonewright::dsp
