#include "GoldenFigures.h"

#include "dsp/OfflineRender.h"
#include "dsp/measure/PowerSpectrum.h"
#include "dsp/measure/ToneMeasurement.h"

#include <cmath>
#include <iomanip>
#include <locale>
#include <sstream>

namespace tonewright::dsp::test
{
namespace
{
constexpr int nameWidth = 26;
constexpr int columnWidth = 11;

std::string withUnit(double value, const GoldenFigure& figure)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(figure.tolerance < 0.1 ? 3 : 2) << value;
    if (!figure.unit.empty())
        text << ' ' << figure.unit;
    return text.str();
}
} // namespace

GoldenLine measureGolden(const ParameterSet& set, const std::vector<float>& riff, double sampleRate)
{
    RenderOptions options;
    options.sampleRate = sampleRate;
    options.tailSeconds = 1;
    const auto sound = renderOffline(set, std::span(&riff, 1), options);
    const auto tone = measureTone(sound, sampleRate);
    const PowerSpectrum spectrum(sound, sampleRate);
    const double all = spectrum.between(20, 20000);
    GoldenLine line{tone.loudness, tone.truePeak, tone.crestFactor, tone.brightness};
    std::size_t column = 4;
    for (double centre = 62.5; centre < 20000; centre *= 2)
    {
        const double part = spectrum.between(centre / std::sqrt(2.0), centre * std::sqrt(2.0)) / all;
        line[column++] = 10 * std::log10(std::max(part, 1e-9));
    }
    line[column++] = tone.dynamicSpread;
    line[column++] = tone.decaySeconds;
    line[column++] = tone.stereoWidth;
    return line;
}

std::string goldenText(const GoldenTable& table)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "# What every factory preset sounds like, in figures; the tolerances are in GoldenFigures.h.\n"
            "# A change that is meant: run scripts/golden.sh, read what it says, and commit the new file.\n#";
    text << std::left << std::setw(nameWidth - 1) << " preset" << std::right;
    for (const auto& figure : goldenFigures)
        text << std::setw(columnWidth) << figure.name;
    text << '\n' << std::fixed << std::setprecision(3);
    for (const auto& [name, line] : table)
    {
        text << std::left << std::setw(nameWidth) << name + " |" << std::right;
        for (const double value : line)
            text << std::setw(columnWidth) << value;
        text << '\n';
    }
    return text.str();
}

GoldenTable goldenFromText(const std::string& text)
{
    GoldenTable table;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
    {
        const auto bar = line.find(" |");
        if (line.starts_with('#') || bar == std::string::npos)
            continue;
        std::istringstream values(line.substr(bar + 2));
        values.imbue(std::locale::classic());
        auto& figures = table[line.substr(0, bar)];
        for (auto& value : figures)
            if (!(values >> value))
                value = NAN; // never within a tolerance
    }
    return table;
}

std::vector<std::string> whatMoved(const GoldenTable& golden, const GoldenTable& now)
{
    std::vector<std::string> sentences;
    for (const auto& [name, line] : now)
    {
        const auto known = golden.find(name);
        if (known == golden.end())
        {
            sentences.push_back(name + ": is new");
            continue;
        }
        for (std::size_t column = 0; column < line.size(); ++column)
        {
            const auto& figure = goldenFigures[column];
            const double before = known->second[column];
            // What lies 40 dB below the rest may move by twice, 60 dB by four times as much.
            const double quiet = figure.unit == "dB" ? std::max(1.0, std::exp2((-before - 20) / 20)) : 1.0;
            const double tolerance = quiet * figure.tolerance + figure.relative * std::abs(before);
            if (!(std::abs(line[column] - before) <= tolerance))
                sentences.push_back(name + ": " + std::string(figure.name) + " " +
                                    withUnit(before, {figure.name, "", figure.tolerance}) + " -> " +
                                    withUnit(line[column], figure));
        }
    }
    for (const auto& entry : golden)
        if (!now.contains(entry.first))
            sentences.push_back(entry.first + ": is gone");
    return sentences;
}

} // namespace tonewright::dsp::test
