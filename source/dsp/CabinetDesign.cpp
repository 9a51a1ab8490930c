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
// and corners follow the published response curves of each family in their broad shape: alnico 10 and 12 inch
// drivers of the tweed years, ceramic American ones, the British alnico "blue" and 25 W ceramic "green", the
// 60 W high-sensitivity one of modern 4x12s.
// clang-format off
/// By CabinetModel.
constexpr std::array<CabinetDesign, 8> cabinetDesigns{{
    // tweed_1x12_open
    {.isOpen = true, .resonance = 98, .resonanceQ = 0.85, .rollOff = 4900, .rollOffOrder = 3, .height = 0.3, .rearPath = 0.46, .modesSeed = 11,
     .cone = {{{bell, 220, 1.5, 0.8}, {bell, 480, 2, 1}, {bell, 1150, -1.5, 1.4}, {bell, 2250, 5, 1.6}, {bell, 3300, 3, 3.2}, {bell, 5600, -4, 3}}},
     .neighbours = {}},
    // american_1x12_open
    {.isOpen = true, .resonance = 90, .resonanceQ = 0.75, .rollOff = 5700, .rollOffOrder = 3.5, .height = 0.28, .rearPath = 0.5, .modesSeed = 23,
     .cone = {{{bell, 180, 1, 0.9}, {bell, 520, -2.5, 0.8}, {bell, 1500, 1, 2}, {bell, 2500, 5, 1.8}, {bell, 4800, 4, 4}, {bell, 6500, -3, 4}}},
     .neighbours = {}},
    // american_2x12_open
    {.isOpen = true, .resonance = 86, .resonanceQ = 0.75, .rollOff = 6400, .rollOffOrder = 3.5, .height = 0.3, .rearPath = 0.56, .modesSeed = 37,
     .cone = {{{bell, 160, 1.5, 0.9}, {bell, 600, -2.5, 0.8}, {bell, 1700, 1.5, 2}, {bell, 2700, 3.5, 1.8}, {bell, 3900, 3, 2.6}, {bell, 5400, 2, 4}}},
     .neighbours = beside12},
    // tweed_4x10_open
    {.isOpen = true, .resonance = 110, .resonanceQ = 0.9, .rollOff = 5900, .rollOffOrder = 3, .height = 0.27, .rearPath = 0.58, .modesSeed = 41,
     .cone = {{{bell, 240, 1, 0.8}, {bell, 850, 2, 1.2}, {bell, 1600, -1, 2.5}, {bell, 2700, 4.5, 1.9}, {bell, 4200, 5, 2.4}, {bell, 6200, -3, 3.5}}},
     .neighbours = around10},
    // british_2x12_open
    {.isOpen = true, .resonance = 84, .resonanceQ = 0.72, .rollOff = 6200, .rollOffOrder = 4, .height = 0.3, .rearPath = 0.54, .modesSeed = 53,
     .cone = {{{bell, 200, -1, 0.9}, {bell, 700, -1, 1}, {bell, 1350, 2.5, 2.2}, {bell, 2300, 6, 2.2}, {bell, 3200, -2, 4}, {bell, 4400, 6.5, 2.8}}},
     .neighbours = beside12},
    // british_4x12_closed
    {.isOpen = false, .resonance = 110, .resonanceQ = 1.25, .rollOff = 4800, .rollOffOrder = 4, .height = 0.22, .rearPath = 0, .modesSeed = 67,
     .cone = {{{bell, 380, -1, 0.9}, {bell, 800, 1, 1.2}, {bell, 1600, 2.5, 1.5}, {bell, 2600, 6, 1.7}, {bell, 3500, -2, 4}, {bell, 4300, 2.5, 4}}},
     .neighbours = around12},
    // modern_4x12_closed
    {.isOpen = false, .resonance = 97, .resonanceQ = 1.4, .rollOff = 5500, .rollOffOrder = 4.5, .height = 0.22, .rearPath = 0, .modesSeed = 79,
     .cone = {{{bell, 420, -3, 0.9}, {bell, 1100, -0.5, 1.5}, {bell, 2100, 5.5, 2}, {bell, 2900, -1.5, 4}, {bell, 3900, 7, 2.6}, {bell, 5300, -3, 4}}},
     .neighbours = around12},
    // boutique_2x12_closed
    {.isOpen = false, .resonance = 102, .resonanceQ = 1.05, .rollOff = 5100, .rollOffOrder = 3.5, .height = 0.3, .rearPath = 0, .modesSeed = 97,
     .cone = {{{bell, 300, 1, 0.8}, {bell, 750, 2, 0.9}, {bell, 1500, 0.5, 2}, {bell, 2350, 4, 1.3}, {bell, 3400, 2.5, 3}, {bell, 4700, -2, 4}}},
     .neighbours = beside12},
}};

// dynamic: a cardioid stage microphone, lows rolled off against its proximity effect, presence peak between 5 and 6 kHz,
// a second one below 10 kHz. ribbon: a figure-8, flat lows, top falling softly from 5 kHz. condenser: a wide cardioid
// with a large diaphragm, flat with a little air near 9 kHz.
/// By Microphone.
constexpr std::array<MicrophoneDesign, 3> microphoneDesigns{{
    // dynamic
    {.highPass = 75, .highPassQ = 0.6, .lowPass = 13000, .lowPassOrder = 3, .gradientPart = 0.5,
     .capsule = {{{bell, 250, -1, 0.7}, {bell, 3000, 1.5, 1}, {bell, 5600, 5.5, 1.4}, {bell, 7400, -2.5, 4}, {bell, 9600, 3, 3}}}},
    // ribbon
    {.highPass = 38, .highPassQ = 0.7, .lowPass = 14000, .lowPassOrder = 2, .gradientPart = 1,
     .capsule = {{{bell, 300, 1, 0.7}, {bell, 1800, -1, 0.8}, {bell, 3800, -1.5, 1.2}, {highShelf, 4600, -6, 0.6}, {lowShelf, 120, -3, 0.7}}}},
    // condenser
    {.highPass = 28, .highPassQ = 0.7, .lowPass = 19000, .lowPassOrder = 2, .gradientPart = 0.4,
     .capsule = {{{bell, 2200, -2, 0.9}, {bell, 4700, 1, 1.2}, {bell, 9000, 5, 0.9}, {highShelf, 3000, 1.5, 0.6}, {lowShelf, 150, 1.5, 0.6}}}},
}};
// clang-format on
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
