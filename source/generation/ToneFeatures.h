#pragma once

namespace tonewright
{

/// What a preset sounds like, measured: the reference riff with what rings after it, and test signals.
/// Definitions: dsp/measure/ToneMeasurement.h and ToneProbe.h.
struct ToneFeatures
{
    double loudness = -120; ///< LUFS
    double brightness = 0;  ///< ERB
    double lows = -120;     ///< dB, below 250 Hz against all
    double mids = -120;     ///< dB, 400 Hz to 1.6 kHz
    double highs = -120;    ///< dB, above 2 kHz
    double scoop = 0;       ///< dB, mids against both sides; negative is scooped
    double dynamics = 0;    ///< dB, peak to RMS
    double distortion = 0;  ///< class: 0 clean, 0.3 edge of breakup, 0.5 crunch, 0.8 high gain, 1 extreme
    double decay = 0;       ///< s, of the riff's end
    double echo = 0;        ///< ms to the strongest echo; 0 without
    double width = 0;       ///< 1 - correlation of left and right
    double tremolo = 0;     ///< Hz; 0 where the level does not pulse
    double modulation = 0;  ///< Hz; 0 where neither pitch nor colour moves
};

/// [any] How far two tones are apart, in steps that are plainly heard: the space of docs/presets.md.
double distance(const ToneFeatures& one, const ToneFeatures& other) noexcept;

} // namespace tonewright
