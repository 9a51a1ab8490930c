#pragma once

#include "dsp/ToneStack.h"
#include "tone/Choices.h"

#include <array>
#include <cstddef>

namespace tonewright::dsp
{

/// One triode with what couples it. Levels are relative to the grid swing at which the stage would clip
/// without bias.
struct GainStageModel
{
    float gain;          ///< dB from the stage's input to the grid's unit
    float coupling;      ///< Hz, corner of the coupling capacitor
    float bias;          ///< resting point; off centre makes even harmonics
    float positiveLimit; ///< towards grid conduction
    float negativeLimit; ///< towards cut-off
    float lowPass;       ///< Hz, Miller capacitance and plate load
    float conduction;    ///< 0 to 1: how much of a grid's overdrive charges the coupling capacitor
};

/// Push-pull output stage with its supply, transformer and feedback path.
struct PowerStageModel
{
    float drive;         ///< dB from the preamplifier to the tubes' unit, at master 5
    float bias;          ///< distance of each tube from the middle: 0 is class A, more is AB with crossover
    float sag;           ///< share of the supply lost at full output
    float sagSeconds;    ///< time constant of the supply
    float resonance;     ///< Hz, where cabinet and damping let the lows ring
    float resonanceGain; ///< dB at resonance 10
    float presence;      ///< Hz, corner of the presence circuit
    float presenceGain;  ///< dB at presence 10
    float lowCut;        ///< Hz, output transformer
    float highCut;       ///< Hz, output transformer
    float takenBack;     ///< share of the drive of a master above 5 that is taken back after the tubes
};

struct AmpModelData
{
    std::array<GainStageModel, 4> stages;
    std::size_t stageCount;
    std::size_t gainBefore; ///< the gain knob sits ahead of this stage
    std::size_t stackAfter; ///< the tone stack follows this stage
    float leastGain;        ///< dB of the gain knob at 0
    float mostGain;         ///< dB of the gain knob at 10; dB follow the knob evenly, as on an audio taper
    float brightGain;       ///< dB that the bright capacitor adds at gain 0; nothing is left of it at 10
    float bright;           ///< Hz, its corner
    bool passiveStack;      ///< else a studio desk's active equaliser
    double trebleTaper;     ///< the treble pot's travel is (knob / 10) to this power: 1 linear, 2 audio
    ToneStackComponents stack;
    float stackGain; ///< dB that make good the stack's loss
    PowerStageModel power;
    std::array<float, 5>
        level; ///< dB of output at gain 0, 2.5, 5, 7.5 and 10: measured, so that models match
};

// Component values of the tone stacks are those of published schematics. Gains, limits and corners were
// chosen by measuring: distortion of a 220 Hz sine over the gain knob, brightness and loudness of a guitar
// through a cabinet. The rows' order is the structs' order.
// clang-format off
inline constexpr std::array<AmpModelData, ampModels.size()> ampModelTable{{
    { // american_clean: '60s "blackface" voicing: stack after the first triode, scooped, stiff supply
        {{{-4, 20, 0.18f, 1.2f, 1.0f, 14000, 0.1f}, {0, 25, -0.07f, 1.1f, 1.0f, 11000, 0.2f}, {-3, 30, 0.10f, 1.1f, 1.0f, 12000, 0.2f}}},
        3, 1, 0, -6, 23, 3, 2200,
        true, 2, {250e3, 250e3, 10e3, 100e3, 250e-12, 100e-9, 47e-9}, 17,
        {-10, 0.35f, 0.10f, 0.03f, 90, 5, 3200, 5, 35, 12000, 0.75f},
        {5.2f, 1.1f, -2.7f, -6.7f, -9.8f}},
    { // american_tweed: '50s: little filtering, early and soft break-up, supply that gives
        {{{0, 20, 0.25f, 1.1f, 0.9f, 11000, 0.2f}, {2, 30, 0.30f, 1.0f, 0.8f, 8000, 0.5f}, {0, 30, 0.15f, 1.0f, 0.9f, 9000, 0.4f}}},
        3, 1, 1, -4, 28.5f, 3, 1800,
        true, 1, {250e3, 1e6, 25e3, 56e3, 250e-12, 20e-9, 20e-9}, 10,
        {-2, 0.25f, 0.30f, 0.06f, 100, 5, 2800, 7, 50, 9000, 0.42f},
        {-4.8f, -8.6f, -11.0f, -12.8f, -13.7f}},
    { // british_chime: two triodes and a 1 Mohm stack with a bright edge; class A power without feedback
        {{{-2, 40, 0.20f, 1.1f, 1.0f, 14000, 0.2f}, {2, 70, 0.25f, 1.0f, 0.9f, 12000, 0.4f}, {0, 60, 0.12f, 1.0f, 0.9f, 12000, 0.3f}}},
        3, 1, 1, -3, 29, 6, 1500,
        true, 2, {1e6, 1e6, 20e3, 100e3, 50e-12, 22e-9, 22e-9}, 10,
        {-4, 0.10f, 0.22f, 0.05f, 100, 5, 3500, 9, 60, 12000, 0.60f},
        {-1.1f, -4.4f, -6.8f, -9.1f, -10.8f}},
    { // british_crunch: cascaded triodes, cold clipper, cathode follower, then a mid-forward stack
        {{{4, 60, 0.22f, 1.1f, 0.9f, 12000, 0.3f}, {8, 90, -0.22f, 1.0f, 0.75f, 9000, 0.5f}, {4, 60, 0.22f, 1.0f, 0.8f, 9000, 0.5f}}},
        3, 1, 2, -16, 30, 6, 1200,
        true, 1, {220e3, 1e6, 22e3, 33e3, 470e-12, 22e-9, 22e-9}, 8,
        {-4, 0.35f, 0.18f, 0.04f, 105, 6, 3000, 9, 60, 10000, 0.36f},
        {-8.2f, -13.6f, -16.0f, -17.4f, -17.9f}},
    { // modern_high_gain: lows cut before four stages of gain, given back after them
        {{{4, 90, 0.20f, 1.1f, 0.9f, 12000, 0.2f}, {12, 160, 0.30f, 1.0f, 0.8f, 8000, 0.4f}, {12, 120, -0.40f, 1.0f, 0.7f, 7000, 0.4f}, {10, 60, 0.20f, 1.0f, 0.85f, 7500, 0.3f}}},
        4, 1, 3, -18, 32, 3, 1500,
        true, 1, {250e3, 1e6, 25e3, 47e3, 470e-12, 20e-9, 20e-9}, 10,
        {-5, 0.40f, 0.12f, 0.03f, 95, 10, 3200, 7, 50, 8500, 0.20f},
        {-17.7f, -20.3f, -20.6f, -20.7f, -20.5f}},
    { // boutique_lead: smooth lead channel: stack early, round tops between the stages, sustained
        {{{2, 50, 0.22f, 1.1f, 0.9f, 11000, 0.2f}, {10, 70, 0.20f, 1.0f, 0.9f, 6500, 0.4f}, {10, 90, 0.30f, 1.0f, 0.8f, 5500, 0.4f}, {4, 50, 0.15f, 1.0f, 0.9f, 6500, 0.3f}}},
        4, 1, 0, -10, 30, 3, 1800,
        true, 1.6, {250e3, 250e3, 10e3, 100e3, 250e-12, 100e-9, 47e-9}, 16,
        {-5, 0.25f, 0.20f, 0.05f, 100, 6, 2600, 7, 50, 8500, 0.33f},
        {-15.8f, -17.1f, -17.2f, -17.1f, -17.0f}},
    { // studio_preamp: full range, almost linear; active equaliser
        {{{-20, 8, 0.10f, 1.2f, 1.0f, 40000, 0}, {-6, 8, -0.08f, 1.1f, 1.0f, 40000, 0}}},
        2, 1, 0, -4, 12, 0, 2000,
        false, 1, {}, 0,
        {-8, 0, 0, 0.05f, 90, 4, 6000, 5, 12, 40000, 0.75f},
        {21.4f, 19.9f, 18.0f, 15.0f, 11.5f}},
}};
// clang-format on

/// [any+audio]
constexpr const AmpModelData& ampModelData(AmpModel model) noexcept
{
    return ampModelTable[static_cast<std::size_t>(model)];
}

} // namespace tonewright::dsp
