#include "cli/TonePicture.h"

#include "cli/Canvas.h"
#include "cli/Console.h"
#include "dsp/measure/PowerSpectrum.h"
#include "dsp/measure/ToneMeasurement.h"
#include "tone/Text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tonewright::cli
{
namespace
{
constexpr int pictureWidth = 1600;
constexpr int pictureHeight = 1000;

constexpr Colour background{0.055, 0.063, 0.082};
constexpr Colour panel{0.090, 0.102, 0.129};
constexpr Colour grid{1, 1, 1, 0.07};
constexpr Colour strongGrid{1, 1, 1, 0.16};
constexpr Colour brightText{0.95, 0.96, 0.97};
constexpr Colour softText{0.60, 0.64, 0.70};
constexpr Colour dryColour{0.49, 0.68, 0.86};
constexpr Colour wetColour{1.0, 0.66, 0.26};

constexpr double left = 104;
constexpr double plotWidth = 1448;
constexpr Rectangle dryWaveform{left, 146, plotWidth, 128};
constexpr Rectangle wetWaveform{left, 302, plotWidth, 128};
constexpr Rectangle spectrumPlot{left, 520, plotWidth, 350};

constexpr double lowestFrequency = 40;
constexpr double highestFrequency = 20'000;
constexpr double spectrumRange = 70; // dB shown

double peakOf(const Recording& recording)
{
    float peak = 0;
    for (const auto& channel : recording.channels)
        for (const float sample : channel)
            peak = std::max(peak, std::abs(sample));
    return static_cast<double>(peak);
}

/// A round full scale that both recordings fit into.
double fullScaleFor(double peak)
{
    const double step = peak <= 1 ? 0.1 : 1;
    return std::max(step, std::ceil(peak / step - 1e-9) * step);
}

double secondsOf(const Recording& recording)
{
    return static_cast<double>(recording.channels[0].size()) / recording.sampleRate;
}

/// What of a recording falls into one column of pixels.
struct Column
{
    double lowest = 0;
    double highest = 0;
    double rms = 0;
};

Column columnOf(const Recording& recording, double from, double to)
{
    const auto frames = recording.channels[0].size();
    const auto first = std::min(frames, static_cast<std::size_t>(from * recording.sampleRate));
    const auto last =
        std::min(frames, std::max(first + 1, static_cast<std::size_t>(to * recording.sampleRate)));
    Column column;
    double squares = 0;
    for (const auto& channel : recording.channels)
        for (std::size_t frame = first; frame < last; ++frame)
        {
            const auto value = static_cast<double>(channel[frame]);
            column.lowest = std::min(column.lowest, value);
            column.highest = std::max(column.highest, value);
            squares += value * value;
        }
    if (last > first)
        column.rms = std::sqrt(squares / static_cast<double>((last - first) * recording.channels.size()));
    return column;
}

/// A closed shape between two curves, one pair of points a pixel.
void fillBetween(Canvas& canvas, double x, const std::vector<double>& upper, const std::vector<double>& lower,
                 Colour colour)
{
    auto* const cairo = canvas.context();
    ::cairo_new_path(cairo);
    for (std::size_t i = 0; i < upper.size(); ++i)
        ::cairo_line_to(cairo, x + static_cast<double>(i), upper[i]);
    for (std::size_t i = lower.size(); i-- > 0;)
        ::cairo_line_to(cairo, x + static_cast<double>(i), lower[i]);
    ::cairo_close_path(cairo);
    canvas.setColour(colour);
    ::cairo_fill(cairo);
}

void drawWaveform(Canvas& canvas, const Recording& recording, const Rectangle& area, double seconds,
                  double fullScale, const char* name, Colour colour)
{
    canvas.fillPanel({area.x - 72, area.y - 8, area.width + 88, area.height + 16}, 10, panel);
    const double height = area.height / 2;
    const double middle = area.middle();
    canvas.text(name, area.x - 56, middle + 7, 19, colour, Align::left, true);
    for (const double part : {-1.0, -0.5, 0.5, 1.0})
        canvas.line(area.x, middle - part * height, area.right(), middle - part * height, grid);
    canvas.line(area.x, middle, area.right(), middle, strongGrid);

    std::vector<double> upper, lower, upperRms, lowerRms;
    const auto columns = static_cast<int>(area.width * std::min(1.0, secondsOf(recording) / seconds));
    for (int i = 0; i < columns; ++i)
    {
        const auto column = columnOf(recording, i * seconds / area.width, (i + 1) * seconds / area.width);
        upper.push_back(middle - std::max(column.highest / fullScale * height, 0.6));
        lower.push_back(middle - std::min(column.lowest / fullScale * height, -0.6));
        upperRms.push_back(middle - column.rms / fullScale * height);
        lowerRms.push_back(middle + column.rms / fullScale * height);
    }
    fillBetween(canvas, area.x, upper, lower, colour.withAlpha(0.60));
    fillBetween(canvas, area.x, upperRms, lowerRms, colour);
    canvas.text("±" + numberText(fullScale, fullScale < 1 ? 1 : 0), area.right() - 6, area.y + 14, 12,
                softText, Align::right);
}

/// A round step that divides `length` into at most `most` parts.
double roundStep(double length, double most)
{
    for (double decade = 0.001;; decade *= 10)
        for (const double step : {1.0, 2.0, 5.0})
            if (length / (step * decade) <= most)
                return step * decade;
}

void drawTimeAxis(Canvas& canvas, double seconds)
{
    const double step = roundStep(seconds, 12);
    const int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
    for (int index = 0; index * step <= seconds * (1 + 1e-9); ++index)
    {
        const double x = left + index * step / seconds * plotWidth;
        for (const auto& area : {dryWaveform, wetWaveform})
            canvas.line(x, area.y, x, area.bottom(), grid);
        canvas.text(numberText(index * step, decimals) + " s", x, wetWaveform.bottom() + 32, 14, softText,
                    Align::centre);
    }
}

double xOf(double frequency)
{
    return left +
           std::log(frequency / lowestFrequency) / std::log(highestFrequency / lowestFrequency) * plotWidth;
}

double frequencyAt(double x)
{
    return lowestFrequency * std::pow(highestFrequency / lowestFrequency, (x - left) / plotWidth);
}

/// Without the corners that whole FFT bins give the lowest bands.
std::vector<double> smoothed(const std::vector<double>& levels)
{
    constexpr std::size_t reach = 9; // pixels to either side
    std::vector<double> result;
    for (std::size_t i = 0; i < levels.size(); ++i)
    {
        const std::size_t width = std::min({reach, i, levels.size() - 1 - i});
        double sum = 0;
        for (std::size_t j = i - width; j <= i + width; ++j)
            sum += levels[j];
        result.push_back(sum / static_cast<double>(2 * width + 1));
    }
    return result;
}

/// Level in dB of the sixth of an octave around each column; what the recording cannot hold is left out.
std::vector<double> spectrumLevels(const Recording& recording)
{
    const dsp::PowerSpectrum spectrum(recording.channels, recording.sampleRate);
    const double halfBand = std::exp2(1.0 / 12);
    std::vector<double> levels;
    for (int i = 0; i <= static_cast<int>(plotWidth); ++i)
    {
        const double frequency = frequencyAt(left + i);
        if (frequency * halfBand > recording.sampleRate * 0.5)
            break;
        const double energy = spectrum.between(frequency / halfBand, frequency * halfBand);
        levels.push_back(10 * std::log10(std::max(energy, 1e-20)));
    }
    return smoothed(levels);
}

void drawSpectrumGrid(Canvas& canvas, double top)
{
    const auto& area = spectrumPlot;
    canvas.fillPanel({area.x - 72, area.y - 16, area.width + 88, area.height + 60}, 10, panel);
    for (double decade = 10; decade <= 10'000; decade *= 10)
        for (int digit = 1; digit <= 9; ++digit)
            if (const double frequency = decade * digit;
                frequency >= lowestFrequency && frequency <= highestFrequency)
                canvas.line(xOf(frequency), area.y, xOf(frequency), area.bottom(),
                            digit == 1 ? strongGrid : grid);
    for (const auto& [frequency, label] : {std::pair{50.0, "50"},
                                           {100.0, "100"},
                                           {200.0, "200"},
                                           {500.0, "500"},
                                           {1'000.0, "1 k"},
                                           {2'000.0, "2 k"},
                                           {5'000.0, "5 k"},
                                           {10'000.0, "10 k"},
                                           {20'000.0, "20 kHz"}})
        canvas.text(label, std::min(xOf(frequency), area.right() - 22), area.bottom() + 26, 14, softText,
                    Align::centre);
    for (double level = top; level >= top - spectrumRange; level -= 10)
    {
        const double y = area.y + (top - level) / spectrumRange * area.height;
        canvas.line(area.x, y, area.right(), y, grid);
        canvas.text(numberText(level, 0), area.x - 12, y + 5, 14, softText, Align::right);
    }
}

void drawSpectrum(Canvas& canvas, const std::vector<double>& levels, double top, Colour colour,
                  double fillAlpha)
{
    const auto& area = spectrumPlot;
    auto* const cairo = canvas.context();
    ::cairo_save(cairo);
    ::cairo_rectangle(cairo, area.x, area.y, area.width, area.height);
    ::cairo_clip(cairo);
    const auto trace = [&]
    {
        ::cairo_new_path(cairo);
        for (std::size_t i = 0; i < levels.size(); ++i)
            ::cairo_line_to(cairo, area.x + static_cast<double>(i),
                            area.y + (top - levels[i]) / spectrumRange * area.height);
    };
    trace();
    ::cairo_line_to(cairo, area.x + static_cast<double>(levels.size()), area.bottom() + 2);
    ::cairo_line_to(cairo, area.x, area.bottom() + 2);
    ::cairo_close_path(cairo);
    auto* const shade = ::cairo_pattern_create_linear(0, area.y, 0, area.bottom());
    ::cairo_pattern_add_color_stop_rgba(shade, 0, colour.red, colour.green, colour.blue, fillAlpha);
    ::cairo_pattern_add_color_stop_rgba(shade, 1, colour.red, colour.green, colour.blue, 0);
    ::cairo_set_source(cairo, shade);
    ::cairo_fill(cairo);
    ::cairo_pattern_destroy(shade);
    trace();
    canvas.setColour(colour);
    ::cairo_set_line_width(cairo, 2.4);
    ::cairo_stroke(cairo);
    ::cairo_restore(cairo);
}

void drawLegend(Canvas& canvas, double y)
{
    double x = left + plotWidth;
    for (const auto& [name, colour] : {std::pair{"wet", wetColour}, {"dry", dryColour}})
    {
        canvas.text(name, x, y, 16, brightText, Align::right);
        x -= canvas.textWidth(name, 16) + 10;
        canvas.line(x - 28, y - 5, x, y - 5, colour, 3);
        x -= 28 + 26;
    }
}

/// The figures a player asks about, dry and wet, along the bottom.
void drawFigures(Canvas& canvas, const dsp::ToneMeasurement& dry, const dsp::ToneMeasurement& wet)
{
    struct Figure
    {
        const char* name;
        const char* unit;
        double dsp::ToneMeasurement::*value;
        int decimals;
        bool zeroIsNone;
    };
    using dsp::ToneMeasurement;
    constexpr std::array figures{Figure{"Loudness", "LUFS", &ToneMeasurement::loudness, 1, false},
                                 Figure{"Crest factor", "dB", &ToneMeasurement::crestFactor, 1, false},
                                 Figure{"Brightness", "ERB", &ToneMeasurement::brightness, 1, false},
                                 Figure{"Decay", "s", &ToneMeasurement::decaySeconds, 1, true},
                                 Figure{"Echo", "ms", &ToneMeasurement::echoMilliseconds, 0, true},
                                 Figure{"Stereo width", "", &ToneMeasurement::stereoWidth, 2, false}};
    const double step = (plotWidth + 72) / static_cast<double>(figures.size());
    double x = left - 72;
    for (const auto& figure : figures)
    {
        const auto valueText = [&](const ToneMeasurement& measurement)
        {
            const double value = measurement.*figure.value;
            return figure.zeroIsNone && value == 0 ? std::string("none") : numberText(value, figure.decimals);
        };
        canvas.text(figure.name, x, 946, 14, softText);
        double position = x;
        const auto append = [&](const std::string& text, Colour colour, bool bold)
        {
            canvas.text(text, position, 974, 19, colour, Align::left, bold);
            position += canvas.textWidth(text, 19, bold);
        };
        append(valueText(dry), dryColour, false);
        append(" → ", softText, false);
        append(valueText(wet), wetColour, true);
        if (!figure.zeroIsNone || dry.*figure.value + wet.*figure.value > 0)
            append(std::string(" ") + figure.unit, softText, false);
        x += step;
    }
}

void drawTitle(Canvas& canvas, const std::string& title, double seconds, int sampleRate)
{
    std::string line = cleanText(title, 400);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    double size = 38;
    while (size > 24 && canvas.textWidth(line, size, true) > plotWidth + 72)
        size -= 1;
    canvas.text(canvas.fitted(line, size, true, plotWidth + 72), left - 72, 72, size, brightText, Align::left,
                true);
    canvas.text("Tonewright   ·   " + numberText(seconds, 1) + " s at " + numberText(sampleRate / 1000.0, 1) +
                    " kHz",
                left - 72, 108, 16, softText);
    drawLegend(canvas, 108);
}
} // namespace

Result<std::string> drawTonePicture(const Recording& dry, const Recording& wet, const std::string& title)
{
    Canvas canvas(pictureWidth, pictureHeight, background);
    const double seconds = std::max(secondsOf(dry), secondsOf(wet));
    drawTitle(canvas, title.empty() ? "Dry and wet" : title, seconds, wet.sampleRate);

    const double fullScale = fullScaleFor(std::max(peakOf(dry), peakOf(wet)));
    drawWaveform(canvas, dry, dryWaveform, seconds, fullScale, "dry", dryColour);
    drawWaveform(canvas, wet, wetWaveform, seconds, fullScale, "wet", wetColour);
    drawTimeAxis(canvas, seconds);

    const auto dryLevels = spectrumLevels(dry);
    const auto wetLevels = spectrumLevels(wet);
    const double highest = std::max(*std::max_element(dryLevels.begin(), dryLevels.end()),
                                    *std::max_element(wetLevels.begin(), wetLevels.end()));
    const double top = std::ceil(std::max(highest, -120.0) / 10) * 10;
    canvas.text("Spectrum: level of each sixth of an octave, dBFS", left - 72, spectrumPlot.y - 28, 15,
                softText);
    drawSpectrumGrid(canvas, top);
    drawSpectrum(canvas, dryLevels, top, dryColour, 0.22);
    drawSpectrum(canvas, wetLevels, top, wetColour, 0.30);
    drawFigures(canvas, dsp::measureTone(dry.channels, dry.sampleRate),
                dsp::measureTone(wet.channels, wet.sampleRate));
    return canvas.png();
}

} // namespace tonewright::cli
