#pragma once

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

/// A third-order transfer function by the bilinear transform, transposed direct form II in double precision.
class ThirdOrderFilter
{
public:
    /// [audio] No transcendental functions: fit for the control rate.
    void setTransfer(const ThirdOrderTransfer& transfer, double sampleRate) noexcept;

    /// [audio] Forgets all sound.
    void reset() noexcept { state.fill(0); }

    /// [audio]
    float process(float input) noexcept
    {
        const double x = static_cast<double>(input);
        const double y = b[0] * x + state[0];
        state[0] = b[1] * x - a[1] * y + state[1];
        state[1] = b[2] * x - a[2] * y + state[2];
        state[2] = b[3] * x - a[3] * y;
        return static_cast<float>(y);
    }

private:
    std::array<double, 4> b{1, 0, 0, 0};
    std::array<double, 4> a{1, 0, 0, 0};
    std::array<double, 3> state{};
};

} // namespace tonewright::dsp
