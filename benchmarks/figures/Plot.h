#pragma once

#include "cli/Canvas.h"

#include <string>
#include <utility>
#include <vector>

namespace tonewright::figures
{

struct Axis
{
    std::string label; ///< with its unit
    double from;
    double to;
    bool logarithmic = false;
    std::vector<double> ticks;
};

/// 20 Hz to 20 kHz and dB: the axes of most pictures.
Axis frequencyAxis(double from = 30, double to = 20000);
Axis decibelAxis(double from, double to, double step, const std::string& label = "dB");
Axis linearAxis(const std::string& label, double from, double to, double step);

/// Of three knob positions, or the n-th of a family.
cli::Colour colourOf(std::size_t index);

struct Curve
{
    std::string name; ///< for the legend; empty for none
    std::vector<std::pair<double, double>> points;
    cli::Colour colour;
    bool dashed = false;
};

/// Panels side by side under one headline.
class Figure
{
public:
    Figure(const std::string& title, int columns, int rows = 1);

    /// Draws the next panel. Curves are cut off at the axes.
    void add(const std::string& title, const Axis& x, const Axis& y, const std::vector<Curve>& curves);

    /// Lines upright from the foot of the panel to each point: spectra and echoes.
    void addBars(const std::string& title, const Axis& x, const Axis& y, const std::vector<Curve>& bars);

    /// As a PNG file.
    Result<Done> write(const std::string& path) const;

private:
    cli::Rectangle nextPanel();
    void drawAxes(const cli::Rectangle& plot, const std::string& title, const Axis& x, const Axis& y);
    void drawLegend(const cli::Rectangle& plot, const Axis& x, const Axis& y,
                    const std::vector<Curve>& curves, bool uprights);

    int columnCount;
    int panelCount = 0;
    cli::Canvas canvas;
};

} // namespace tonewright::figures
