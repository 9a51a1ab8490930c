#include "cli/MeasurementText.h"

#include "cli/Console.h"

#include <array>
#include <cmath>

namespace tonewright::cli
{
namespace
{
using dsp::ToneMeasurement;

struct Figure
{
    const char* key;
    const char* name;
    const char* unit;
    int decimals;
    double ToneMeasurement::*value;
    bool zeroIsNone; ///< 0 says that there was nothing to measure
};

constexpr std::array figures{
    Figure{"loudness", "Loudness", "LUFS", 1, &ToneMeasurement::loudness, false},
    Figure{"truePeak", "True peak", "dBTP", 1, &ToneMeasurement::truePeak, false},
    Figure{"rms", "RMS", "dBFS", 1, &ToneMeasurement::rms, false},
    Figure{"crestFactor", "Crest factor", "dB", 1, &ToneMeasurement::crestFactor, false},
    Figure{"brightness", "Brightness", "ERB", 2, &ToneMeasurement::brightness, false},
    Figure{"lows", "Lows, below 250 Hz", "dB", 1, &ToneMeasurement::lows, false},
    Figure{"mids", "Mids, 400 Hz to 1.6 kHz", "dB", 1, &ToneMeasurement::mids, false},
    Figure{"highs", "Highs, above 2 kHz", "dB", 1, &ToneMeasurement::highs, false},
    Figure{"scoop", "Mids against both sides", "dB", 1, &ToneMeasurement::scoop, false},
    Figure{"dynamicSpread", "Dynamic spread", "dB", 1, &ToneMeasurement::dynamicSpread, false},
    Figure{"decaySeconds", "Decay (RT60)", "s", 2, &ToneMeasurement::decaySeconds, true},
    Figure{"echoMilliseconds", "Echo", "ms", 0, &ToneMeasurement::echoMilliseconds, true},
    Figure{"stereoWidth", "Stereo width", "", 2, &ToneMeasurement::stereoWidth, false},
    Figure{"dcOffset", "DC offset", "dBFS", 1, &ToneMeasurement::dcOffset, false},
};

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
    constexpr std::size_t nameWidth = 26;
    constexpr std::size_t columnWidth = 10;
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
        {
            const double value = measurement.*figure.value;
            table += paddedLeft(figure.zeroIsNone && value == 0 ? "none" : numberText(value, figure.decimals),
                                columnWidth);
        }
        table += *figure.unit != '\0' ? std::string("  ") + figure.unit + '\n' : "\n";
    }
    return table;
}

} // namespace tonewright::cli
