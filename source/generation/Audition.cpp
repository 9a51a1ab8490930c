#include "generation/Audition.h"

#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/ToneMeasurement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tonewright
{
namespace
{
constexpr double sampleRate = 48000;
constexpr double riffSeconds = 1.5;    // three chords: enough for the gated loudness to settle within 0.5 LU
constexpr double targetLoudness = -18; // LUFS
constexpr double truePeakCeiling = -2; // dBTP: where the output limiter begins
constexpr double silence = -70;        // LUFS: the absolute gate of EBU R128

/// The same chords for every preset, so that loudnesses compare; rendered once.
const std::vector<float>& referenceRiff()
{
    static const auto riff = dsp::synthesiseRiff(dsp::RiffStyle::chords, riffSeconds, sampleRate);
    return riff;
}

bool isFinite(const std::array<std::vector<float>, 2>& channels)
{
    return std::all_of(
        channels.begin(), channels.end(),
        [](const auto& channel)
        { return std::all_of(channel.begin(), channel.end(), [](float x) { return std::isfinite(x); }); });
}
} // namespace

AuditionReport audition(Preset& preset, const Cancellation& cancellation)
{
    const std::vector<std::vector<float>> input{referenceRiff()};
    dsp::RenderOptions options;
    options.sampleRate = sampleRate;
    const auto output = dsp::renderOffline(preset.parameters, input, options,
                                           [&](double) { return !cancellation.isCancelled(); });

    AuditionReport report;
    const auto measured = isFinite(output) ? dsp::measureTone(output, sampleRate) : dsp::ToneMeasurement{};
    report.isSound = isFinite(output) && !output[0].empty() && measured.loudness > silence;
    if (!report.isSound)
        return report;

    const double wanted = std::min(targetLoudness - measured.loudness, truePeakCeiling - measured.truePeak);
    const auto& level = infoOf("output.level"_p);
    const auto before = static_cast<double>(preset.parameters["output.level"_p]);
    // Rounded down to a tenth, so that the ceiling holds.
    const double after = std::clamp(std::floor((before + wanted) * 10) / 10,
                                    static_cast<double>(level.minimum), static_cast<double>(level.maximum));
    preset.parameters["output.level"_p] = static_cast<float>(after);
    report.levelCorrection = after - before;
    report.loudness = measured.loudness + report.levelCorrection;
    return report;
}

} // namespace tonewright
