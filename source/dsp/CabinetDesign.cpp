#include "dsp/CabinetDesign.h"

#include <cstddef>

namespace tonewright::dsp
{
namespace
{
constexpr auto bell = BandShape::bell;
constexpr auto lowShelf = BandShape::lowShelf;
constexpr auto highShelf = BandShape::highShelf;

// Spacings of the drivers on common baffles: 12 inch drivers stand about 33 cm apart, 10 inch ones 28 cm.
constexpr std::array<DriverPosition, 1> beside12{{{0.33, 0}}};
constexpr std::array<DriverPosition, 3> around10{{{0.28, 0}, {0, 0.28}, {0.28, 0.28}}};
constexpr std::array<DriverPosition, 3> around12{{{0.33, 0}, {0, 0.33}, {0.33, 0.33}}};

// Free-air resonances of guitar speakers lie at 75 to 105 Hz with a total Q near 1; a closed box of 35 to 40
// litres a driver raises both. Cones break up between 1.5 and 5 kHz, which lifts the response by 4 to 8 dB
// over the 300 Hz to 1 kHz level in two or three hills, above which it falls by 18 to 30 dB an octave. Hills
// and corners are those of the published response curves of each family: alnico 10 and 12 inch drivers of the
// tweed years, ceramic American ones, the British alnico "blue" and 25 W ceramic "green", the 60 W
// high-sensitivity one of modern 4x12s.
constexpr std::array<CabinetDesign, 8> cabinetDesigns{{
    // tweed_1x12_open
    {true,
     96,
     1.0,
     4900,
     3,
     0.30,
     0.46,
     11,
     {{{bell, 220, 1.5, 0.8},
       {bell, 480, 2.0, 1.0},
       {bell, 1150, -1.5, 1.4},
       {bell, 2250, 5.0, 1.6},
       {bell, 3300, 3.0, 3.2},
       {bell, 5600, -4.0, 3.0}}},
     {}},
    // american_1x12_open
    {true,
     86,
     0.9,
     5700,
     3.5,
     0.28,
     0.50,
     23,
     {{{bell, 180, 1.0, 0.9},
       {bell, 520, -3.0, 0.8},
       {bell, 1500, 1.0, 2.0},
       {bell, 2900, 6.0, 1.7},
       {bell, 4500, 4.0, 3.5},
       {bell, 6500, -3.0, 4.0}}},
     {}},
    // american_2x12_open
    {true,
     82,
     0.9,
     6400,
     3.5,
     0.30,
     0.56,
     37,
     {{{bell, 160, 1.5, 0.9},
       {bell, 600, -3.5, 0.8},
       {bell, 1700, 1.5, 2.0},
       {bell, 2700, 5.0, 1.8},
       {bell, 3900, 5.5, 2.6},
       {bell, 5400, 3.0, 4.0}}},
     beside12},
    // tweed_4x10_open
    {true,
     108,
     1.05,
     5900,
     3,
     0.27,
     0.58,
     41,
     {{{bell, 240, 1.0, 0.8},
       {bell, 850, 2.0, 1.2},
       {bell, 1600, -1.0, 2.5},
       {bell, 2700, 4.5, 1.9},
       {bell, 4200, 5.0, 2.4},
       {bell, 6200, -3.0, 3.5}}},
     around10},
    // british_2x12_open
    {true,
     80,
     0.85,
     6200,
     4,
     0.30,
     0.54,
     53,
     {{{bell, 200, -1.0, 0.9},
       {bell, 700, -1.0, 1.0},
       {bell, 1350, 2.5, 2.2},
       {bell, 2300, 6.0, 2.2},
       {bell, 3200, -2.0, 4.0},
       {bell, 4400, 6.5, 2.8}}},
     beside12},
    // british_4x12_closed
    {false,
     116,
     1.25,
     4800,
     4,
     0.22,
     0,
     67,
     {{{bell, 380, -1.5, 0.9},
       {bell, 800, 1.0, 1.2},
       {bell, 1600, 2.5, 1.5},
       {bell, 2600, 6.0, 1.7},
       {bell, 3500, -2.0, 4.0},
       {bell, 4300, 2.5, 4.0}}},
     around12},
    // modern_4x12_closed
    {false,
     104,
     1.4,
     5500,
     4.5,
     0.22,
     0,
     79,
     {{{bell, 420, -4.0, 0.9},
       {bell, 1100, -0.5, 1.5},
       {bell, 2100, 5.5, 2.0},
       {bell, 2900, -1.5, 4.0},
       {bell, 3900, 7.0, 2.6},
       {bell, 5300, -3.0, 4.0}}},
     around12},
    // boutique_2x12_closed
    {false,
     110,
     1.05,
     5100,
     3.5,
     0.30,
     0,
     97,
     {{{bell, 300, 1.0, 0.8},
       {bell, 750, 2.0, 0.9},
       {bell, 1500, 0.5, 2.0},
       {bell, 2350, 4.0, 1.3},
       {bell, 3400, 2.5, 3.0},
       {bell, 4700, -2.0, 4.0}}},
     beside12},
}};

// dynamic: a cardioid stage microphone, lows rolled off against its proximity effect, presence peak between 5
// and 6 kHz, a second one below 10 kHz. ribbon: a figure-8, flat lows, top falling softly from 5 kHz.
// condenser: a wide cardioid with a large diaphragm, flat with a little air near 9 kHz.
constexpr std::array<MicrophoneDesign, 3> microphoneDesigns{{
    {75,
     0.6,
     13000,
     3,
     0.5,
     {{{bell, 250, -1.0, 0.7},
       {bell, 3000, 1.0, 1.0},
       {bell, 5600, 5.5, 1.3},
       {bell, 7400, -2.5, 4.0},
       {bell, 9600, 3.0, 3.0}}}},
    {38,
     0.7,
     14000,
     2,
     1.0,
     {{{bell, 300, 1.0, 0.7},
       {bell, 1800, -1.0, 0.8},
       {bell, 3800, -1.5, 1.2},
       {highShelf, 4600, -6.0, 0.6},
       {lowShelf, 120, -2.0, 0.7}}}},
    {28,
     0.7,
     19000,
     2,
     0.4,
     {{{bell, 2200, -1.0, 1.0},
       {bell, 4700, 1.5, 1.2},
       {bell, 9000, 5.0, 0.9},
       {highShelf, 3000, 1.5, 0.6},
       {lowShelf, 150, 1.0, 0.6}}}},
}};
} // namespace

const CabinetDesign& designOf(CabinetModel model) noexcept
{
    return cabinetDesigns[static_cast<std::size_t>(model)];
}

const MicrophoneDesign& designOf(Microphone microphone) noexcept
{
    return microphoneDesigns[static_cast<std::size_t>(microphone)];
}

} // namespace tonewright::dsp
