#pragma once

#include "dsp/MatchedFilter.h"
#include "tone/Choices.h"

#include <array>
#include <cstdint>
#include <span>

namespace tonewright::dsp
{

/// One hill, dip or shelf of a magnitude response.
struct Resonance
{
    BandShape shape;
    double frequency; ///< Hz
    double decibels;
    double q;
};

/// Where a driver sits on the baffle, metres from the one in front of the microphone.
struct DriverPosition
{
    double x;
    double y;
};

/// A guitar cabinet as the microphone meets it.
struct CabinetDesign
{
    bool isOpen;
    double resonance;        ///< Hz, of the driver in this box
    double resonanceQ;       ///< total Q in this box; above 0.71 it thumps
    double rollOff;          ///< Hz, where the cone gives up
    double rollOffOrder;     ///< 6 dB per octave each
    double height;           ///< m, of the miked driver above the floor
    double rearPath;         ///< m from the cone's back round the box to its front; open backs only
    std::uint32_t modesSeed; ///< draws the small cone modes that make each cabinet itself
    std::array<Resonance, 6> cone;
    std::span<const DriverPosition> neighbours;
};

/// A microphone on its axis, far away, and how it hears around.
struct MicrophoneDesign
{
    double highPass; ///< Hz, second order
    double highPassQ;
    double lowPass; ///< Hz
    double lowPassOrder;
    double gradientPart; ///< 0 omni, 0.5 cardioid, 1 figure-8: also the strength of the proximity effect
    std::array<Resonance, 5> capsule;
};

/// [any]
const CabinetDesign& designOf(CabinetModel model) noexcept;
const MicrophoneDesign& designOf(Microphone microphone) noexcept;

} // namespace tonewright::dsp
