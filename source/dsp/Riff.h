#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace tonewright::dsp
{

enum class RiffStyle
{
    chords,
    lead,
    palmMute,
    arpeggio
};
inline constexpr std::array<std::string_view, 4> riffStyles{"chords", "lead", "palm-mute", "arpeggio"};

/// Peak of every riff in dBFS: a sensible recording level, and the one by which everything is voiced.
inline constexpr float riffPeakDecibels = -9;

/// [worker] A synthesised dry electric guitar (plucked-string model with pick position, pickup and body of
/// the string's decay), mono, as it comes out of an audio interface: peak about riffPeakDecibels, no DC.
/// Deterministic for one style, length and rate; sounds the same at every rate. `seconds` 0.1 to 600,
/// `sampleRate` 8,000 to 384,000.
std::vector<float> synthesiseRiff(RiffStyle style, double seconds, double sampleRate);

} // namespace tonewright::dsp
