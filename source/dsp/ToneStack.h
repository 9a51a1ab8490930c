#pragma once

#include "dsp/Lanes.h"

#include <array>
#include <cstddef>

namespace tonewright::dsp
{

/// The parts of the passive treble-middle-bass network that most guitar amplifiers share, in ohms and farads.
struct ToneStackComponents
{
    double treblePot;
    double bassPot;
    double middlePot;
    double slopeResistor;
    double trebleCapacitor;
    double bassCapacitor;
    double middleCapacitor;
};

/// Electrical travel of the three pots, 0 to 1 (the taper is the caller's).
struct ToneStackTravel
{
    double bass = 0.5;
    double middle = 0.5;
    double treble = 0.5;
};

/// H(s) = (b0 + b1 s + b2 s^2 + b3 s^3) / (a0 + a1 s + a2 s^2 + a3 s^3)
struct ThirdOrderTransfer
{
    std::array<double, 4> b{1, 0, 0, 0};
    std::array<double, 4> a{1, 0, 0, 0};
};

/// [any+audio] The network's exact transfer function between an ideal source and an open load (Yeh & Smith,
/// "Discretization of the '59 Fender Bassman tone stack", DAFx-06).
ThirdOrderTransfer toneStackTransfer(const ToneStackComponents& parts,
                                     const ToneStackTravel& travel) noexcept;

/// A third-order transfer function by the bilinear transform, transposed direct form II in double precision,
/// for two channels.
class ThirdOrderFilter
{
public:
    /// [audio] Moves to `transfer` in `steps` samples (0: at once). No transcendental functions: fit for the
    /// control rate. The coefficients go in straight lines: in this form a jump would be heard as a click.
    void glideTo(const ThirdOrderTransfer& transfer, double sampleRate, int steps) noexcept;

    /// [audio] Forgets all sound.
    void reset() noexcept { state.fill(DoubleLanes{}); }

    /// [audio] {left, right, left, right}
    Lanes process(Lanes input) noexcept
    {
        if (remaining > 0)
            glide();
        const DoubleLanes x{static_cast<double>(input[0]), static_cast<double>(input[1])};
        const DoubleLanes y = b[0] * x + state[0];
        state[0] = b[1] * x - a[1] * y + state[1];
        state[1] = b[2] * x - a[2] * y + state[2];
        state[2] = b[3] * x - a[3] * y;
        return stereoLanes(static_cast<float>(y[0]), static_cast<float>(y[1]));
    }

private:
    void glide() noexcept
    {
        --remaining;
        for (std::size_t k = 0; k < 4; ++k)
        {
            b[k] += bStep[k];
            a[k] += aStep[k];
        }
    }

    // Each coefficient for both channels, so that it need not be spread to them sample by sample.
    using Coefficients = std::array<DoubleLanes, 4>;
    Coefficients b{DoubleLanes{1, 1}};
    Coefficients a{DoubleLanes{1, 1}};
    Coefficients bStep{};
    Coefficients aStep{};
    int remaining = 0;
    std::array<DoubleLanes, 3> state{};
};

} // namespace tonewright::dsp
