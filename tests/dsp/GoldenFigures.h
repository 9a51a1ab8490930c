#pragma once

#include "tone/Preset.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tonewright::dsp::test
{

/// One figure of a preset's sound, how far it may lie from what was written down, and its unit.
struct GoldenFigure
{
    std::string_view name;
    std::string_view unit;
    double tolerance;    ///< in the unit
    double relative = 0; ///< part of the golden value that may be added to it
};

inline constexpr std::array goldenFigures{
    GoldenFigure{"loudness", "LUFS", 0.2}, GoldenFigure{"peak", "dBTP", 0.6},
    GoldenFigure{"crest", "dB", 0.6},      GoldenFigure{"brightness", "ERB", 0.1},
    GoldenFigure{"63 Hz", "dB", 0.7},      GoldenFigure{"125 Hz", "dB", 0.5},
    GoldenFigure{"250 Hz", "dB", 0.5},     GoldenFigure{"500 Hz", "dB", 0.5},
    GoldenFigure{"1 kHz", "dB", 0.5},      GoldenFigure{"2 kHz", "dB", 0.5},
    GoldenFigure{"4 kHz", "dB", 0.5},      GoldenFigure{"8 kHz", "dB", 0.7},
    GoldenFigure{"16 kHz", "dB", 1.0},     GoldenFigure{"spread", "dB", 0.6},
    GoldenFigure{"decay", "s", 0.05, 0.1}, GoldenFigure{"width", "", 0.01, 0.05},
};
using GoldenLine = std::array<double, goldenFigures.size()>;
using GoldenTable = std::map<std::string, GoldenLine>; ///< by preset name

/// A preset's figures: a dry riff and a second of what rings after it, measured. Bands are octaves relative
/// to the whole.
GoldenLine measureGolden(const ParameterSet& set, const std::vector<float>& riff, double sampleRate);

/// The table as a text file: a head that says what it is, then a line a preset.
std::string goldenText(const GoldenTable& table);
GoldenTable goldenFromText(const std::string& text);

/// What moved by more than its tolerance, a sentence each: "Velvet Lounge: brightness 14.2 -> 14.9 ERB".
std::vector<std::string> whatMoved(const GoldenTable& golden, const GoldenTable& now);

} // namespace tonewright::dsp::test
