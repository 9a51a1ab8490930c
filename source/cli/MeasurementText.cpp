#include "cli/MeasurementText.h"

#include "cli/Console.h"

#include <array>
#include <cmath>

namespace tonewright::cli
{
namespace
{
using dsp::ToneMeasurement;
using dsp::ToneProbe;

template <typename Measured>
struct Figure
{
    const char* key;
    const char* name;
    const char* unit;
    int decimals;
    double Measured::*value;
    bool zeroIsNone; ///< 0 says that there was nothing to measure
};

constexpr std::array figures{
    Figure<ToneMeasurement>{"loudness", "Loudness", "LUFS", 1, &ToneMeasurement::loudness, false},
    Figure<ToneMeasurement>{"truePeak", "True peak", "dBTP", 1, &ToneMeasurement::truePeak, false},
    Figure<ToneMeasurement>{"rms", "RMS", "dBFS", 1, &ToneMeasurement::rms, false},
    Figure<ToneMeasurement>{"crestFactor", "Crest factor", "dB", 1, &ToneMeasurement::crestFactor, false},
    Figure<ToneMeasurement>{"brightness", "Brightness", "ERB", 2, &ToneMeasurement::brightness, false},
    Figure<ToneMeasurement>{"lows", "Lows, below 250 Hz", "dB", 1, &ToneMeasurement::lows, false},
    Figure<ToneMeasurement>{"mids", "Mids, 400 Hz to 1.6 kHz", "dB", 1, &ToneMeasurement::mids, false},
    Figure<ToneMeasurement>{"highs", "Highs, above 2 kHz", "dB", 1, &ToneMeasurement::highs, false},
    Figure<ToneMeasurement>{"scoop", "Mids against both sides", "dB", 1, &ToneMeasurement::scoop, false},
    Figure<ToneMeasurement>{"dynamicSpread", "Dynamic spread", "dB", 1, &ToneMeasurement::dynamicSpread,
                            false},
    Figure<ToneMeasurement>{"decaySeconds", "Decay (RT60)", "s", 2, &ToneMeasurement::decaySeconds, true},
    Figure<ToneMeasurement>{"echoMilliseconds", "Echo", "ms", 0, &ToneMeasurement::echoMilliseconds, true},
    Figure<ToneMeasurement>{"stereoWidth", "Stereo width", "", 2, &ToneMeasurement::stereoWidth, false},
    Figure<ToneMeasurement>{"dcOffset", "DC offset", "dBFS", 1, &ToneMeasurement::dcOffset, false},
};

constexpr std::array probeFigures{
    Figure<ToneProbe>{"distortion20", "Distortion at -20 dBFS", "dB", 1, &ToneProbe::distortion20, false},
    Figure<ToneProbe>{"distortion40", "Distortion at -40 dBFS", "dB", 1, &ToneProbe::distortion40, false},
    Figure<ToneProbe>{"wetRatio", "Later than 80 ms", "dB", 1, &ToneProbe::wetRatio, false},
    Figure<ToneProbe>{"reverbSeconds", "Reverb (RT60)", "s", 2, &ToneProbe::reverbSeconds, true},
    Figure<ToneProbe>{"firstEchoMilliseconds", "First repeat", "ms", 0, &ToneProbe::echoMilliseconds, true},
    Figure<ToneProbe>{"echoRepeats", "Repeats above -30 dB", "", 0, &ToneProbe::echoRepeats, true},
    Figure<ToneProbe>{"echoLevel", "First repeat's level", "dB", 1, &ToneProbe::echoLevel, false},
    Figure<ToneProbe>{"tremoloDepth", "Tremolo depth", "dB", 1, &ToneProbe::tremoloDepth, false},
    Figure<ToneProbe>{"tremoloRate", "Tremolo rate", "Hz", 2, &ToneProbe::tremoloRate, true},
    Figure<ToneProbe>{"pitchDeviation", "Pitch deviation", "cents", 1, &ToneProbe::pitchDeviation, false},
    Figure<ToneProbe>{"pitchRate", "Pitch rate", "Hz", 2, &ToneProbe::pitchRate, true},
    Figure<ToneProbe>{"sweep", "Sweep of bands", "dB", 2, &ToneProbe::sweep, false},
    Figure<ToneProbe>{"sweepRate", "Sweep rate", "Hz", 2, &ToneProbe::sweepRate, true},
    Figure<ToneProbe>{"gateGain", "Gain at -75 over -35 dBFS", "dB", 1, &ToneProbe::gateGain, false},
    Figure<ToneProbe>{"noiseWidth", "Width on noise", "", 2, &ToneProbe::width, false},
};

constexpr std::size_t nameWidth = 27;
constexpr std::size_t columnWidth = 10;

template <typename Measured>
std::string valueText(const Figure<Measured>& figure, const Measured& measured)
{
    const double value = measured.*figure.value;
    return paddedLeft(figure.zeroIsNone && value == 0 ? "none" : numberText(value, figure.decimals),
                      columnWidth);
}

std::string unitText(const char* unit)
{
    return *unit != '\0' ? std::string("  ") + unit + '\n' : "\n";
}

double rounded(double value)
{
    return std::round(value * 1e6) / 1e6;
}
} // namespace

nlohmann::ordered_json measurementJson(const ToneMeasurement& measurement)
{
    nlohmann::ordered_json json;
    json["sampleRate"] = measurement.sampleRate;
    json["seconds"] = rounded(measurement.seconds);
    json["channels"] = measurement.channels;
    for (const auto& figure : figures)
        json[figure.key] = rounded(measurement.*figure.value);
    return json;
}

std::string measurementTable(const std::vector<std::pair<std::string, ToneMeasurement>>& columns)
{
    std::string table;
    if (columns.size() > 1)
    {
        table += padded("", nameWidth);
        for (const auto& [title, measurement] : columns)
            table += paddedLeft(title, columnWidth);
        table += '\n';
    }
    for (const auto& figure : figures)
    {
        table += padded(figure.name, nameWidth);
        for (const auto& [title, measurement] : columns)
            table += valueText(figure, measurement);
        table += unitText(figure.unit);
    }
    return table;
}

void addProbe(nlohmann::ordered_json& json, const ToneProbe& probe)
{
    for (const auto& figure : probeFigures)
        json[figure.key] = rounded(probe.*figure.value);
}

std::string probeTable(const ToneProbe& probe)
{
    std::string table;
    for (const auto& figure : probeFigures)
        table += padded(figure.name, nameWidth) + valueText(figure, probe) + unitText(figure.unit);
    return table;
}

} // namespace tonewright::cli
