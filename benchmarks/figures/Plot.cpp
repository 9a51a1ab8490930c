#include "figures/Plot.h"

#include "cli/Console.h"
#include "tone/Files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace tonewright::figures
{
namespace
{
using cli::Align;
using cli::Colour;
using cli::Rectangle;

constexpr int panelWidth = 310;
constexpr int panelHeight = 218;
constexpr int headHeight = 34;
constexpr double leftMargin = 58;
constexpr double rightMargin = 14;
constexpr double topMargin = 28;
constexpr double bottomMargin = 44;

constexpr Colour paper{1, 1, 1};
constexpr Colour ink{0.13, 0.15, 0.18};
constexpr Colour softInk{0.40, 0.43, 0.48};
constexpr Colour gridLine{0.88, 0.89, 0.91};

constexpr std::array<Colour, 8> family{{{0.12, 0.47, 0.71},
                                        {0.20, 0.22, 0.25},
                                        {0.85, 0.42, 0.08},
                                        {0.17, 0.60, 0.33},
                                        {0.58, 0.30, 0.68},
                                        {0.80, 0.18, 0.22},
                                        {0.10, 0.62, 0.66},
                                        {0.65, 0.55, 0.10}}};

double place(const Axis& axis, double value)
{
    if (axis.logarithmic)
        return std::log(value / axis.from) / std::log(axis.to / axis.from);
    return (value - axis.from) / (axis.to - axis.from);
}

std::string tickText(double value)
{
    if (std::abs(value) >= 1000)
        return cli::numberText(value / 1000, std::fmod(value, 1000) == 0 ? 0 : 1) + "k";
    for (const int digits : {0, 1})
        if (std::abs(value - std::round(value * std::pow(10, digits)) / std::pow(10, digits)) < 1e-9)
            return cli::numberText(value, digits);
    return cli::numberText(value, 2);
}

double across(const Rectangle& plot, const Axis& x, double value)
{
    return plot.x + plot.width * place(x, value);
}

double up(const Rectangle& plot, const Axis& y, double value)
{
    return plot.bottom() - plot.height * place(y, value);
}

void clipTo(cairo_t* cairo, const Rectangle& plot)
{
    ::cairo_save(cairo);
    ::cairo_rectangle(cairo, plot.x, plot.y, plot.width, plot.height);
    ::cairo_clip(cairo);
}
} // namespace

Axis frequencyAxis(double from, double to)
{
    Axis axis{"Hz", from, to, true, {}};
    for (const double tick : {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0})
        if (tick >= from && tick <= to)
            axis.ticks.push_back(tick);
    return axis;
}

Axis decibelAxis(double from, double to, double step, const std::string& label)
{
    return linearAxis(label, from, to, step);
}

Axis linearAxis(const std::string& label, double from, double to, double step)
{
    Axis axis{label, from, to, false, {}};
    for (int k = 0; from + k * step <= to + 1e-9; ++k)
        axis.ticks.push_back(from + k * step);
    return axis;
}

Colour colourOf(std::size_t index)
{
    return family[index % family.size()];
}

Figure::Figure(const std::string& title, int columns, int rows)
    : columnCount(columns), canvas(columns * panelWidth, headHeight + rows * panelHeight, paper)
{
    canvas.text(title, 14, 24, 16, ink, Align::left, true);
}

Rectangle Figure::nextPanel()
{
    const int column = panelCount % columnCount;
    const int row = panelCount / columnCount;
    ++panelCount;
    return {column * panelWidth + leftMargin, headHeight + row * panelHeight + topMargin,
            panelWidth - leftMargin - rightMargin, panelHeight - topMargin - bottomMargin};
}

void Figure::drawAxes(const Rectangle& plot, const std::string& title, const Axis& x, const Axis& y)
{
    canvas.text(title, plot.x, plot.y - 9, 12, ink, Align::left, true);
    for (const double tick : x.ticks)
    {
        const double at = std::floor(across(plot, x, tick)) + 0.5; // a crisp line
        canvas.line(at, plot.y, at, plot.bottom(), gridLine);
        canvas.text(tickText(tick), at, plot.bottom() + 16, 11, softInk, Align::centre);
    }
    for (const double tick : y.ticks)
    {
        const double at = std::floor(up(plot, y, tick)) + 0.5;
        canvas.line(plot.x, at, plot.right(), at, gridLine);
        canvas.text(tickText(tick), plot.x - 6, at + 4, 11, softInk, Align::right);
    }
    canvas.line(plot.x, plot.bottom(), plot.right(), plot.bottom(), softInk);
    canvas.line(plot.x, plot.y, plot.x, plot.bottom(), softInk);
    canvas.text(x.label, plot.x + plot.width / 2, plot.bottom() + 33, 12, ink, Align::centre);
    auto* const cairo = canvas.context();
    ::cairo_save(cairo);
    ::cairo_translate(cairo, plot.x - 44, plot.middle());
    ::cairo_rotate(cairo, -1.5707963267948966);
    canvas.text(y.label, 0, 0, 12, ink, Align::centre);
    ::cairo_restore(cairo);
}

void Figure::drawLegend(const Rectangle& plot, const Axis& x, const Axis& y, const std::vector<Curve>& curves,
                        bool uprights)
{
    double width = 0;
    int lines = 0;
    for (const auto& curve : curves)
        if (!curve.name.empty())
        {
            width = std::max(width, canvas.textWidth(curve.name, 11));
            ++lines;
        }
    if (lines == 0)
        return;
    // Where the fewest points lie.
    const double boxWidth = width + 36;
    const double boxHeight = lines * 15 + 6.0;
    Rectangle box{};
    std::size_t fewest = SIZE_MAX;
    for (const double down : {0.03, 0.97})
        for (const double along : {0.03, 0.5, 0.97})
        {
            const Rectangle candidate{plot.x + along * (plot.width - boxWidth),
                                      plot.y + down * (plot.height - boxHeight), boxWidth, boxHeight};
            std::size_t hidden = 0;
            for (const auto& curve : curves)
                for (const auto& point : curve.points)
                {
                    const double pointX = across(plot, x, point.first);
                    const double pointY = up(plot, y, point.second);
                    hidden += pointX > candidate.x && pointX < candidate.right() &&
                              (uprights ? pointY < candidate.bottom()
                                        : pointY > candidate.y && pointY < candidate.bottom());
                }
            if (hidden < fewest)
            {
                fewest = hidden;
                box = candidate;
            }
        }
    canvas.fillPanel(box, 3, paper.withAlpha(0.82));
    double baseline = box.y + 14;
    for (const auto& curve : curves)
        if (!curve.name.empty())
        {
            for (const double dash : {0.0, 10.0})
                canvas.line(box.x + 5 + dash, baseline - 4, box.x + 13 + dash + (curve.dashed ? -1 : 2),
                            baseline - 4, curve.colour, 2.5);
            canvas.text(curve.name, box.x + 29, baseline, 11, ink);
            baseline += 15;
        }
}

void Figure::add(const std::string& title, const Axis& x, const Axis& y, const std::vector<Curve>& curves)
{
    const auto plot = nextPanel();
    drawAxes(plot, title, x, y);
    auto* const cairo = canvas.context();
    clipTo(cairo, plot);
    for (const auto& curve : curves)
    {
        ::cairo_new_path(cairo);
        for (const auto& [horizontal, vertical] : curve.points)
            // Far outside Cairo's fixed-point numbers would wrap.
            ::cairo_line_to(cairo, across(plot, x, horizontal),
                            std::clamp(up(plot, y, vertical), plot.y - 100, plot.bottom() + 100));
        constexpr std::array dash{6.0, 4.0};
        ::cairo_set_dash(cairo, dash.data(), curve.dashed ? 2 : 0, 0);
        ::cairo_set_line_width(cairo, 1.8);
        canvas.setColour(curve.colour);
        ::cairo_stroke(cairo);
    }
    ::cairo_restore(cairo);
    drawLegend(plot, x, y, curves, false);
}

void Figure::addBars(const std::string& title, const Axis& x, const Axis& y, const std::vector<Curve>& bars)
{
    const auto plot = nextPanel();
    drawAxes(plot, title, x, y);
    clipTo(canvas.context(), plot);
    for (const auto& curve : bars)
        for (const auto& [horizontal, vertical] : curve.points)
            if (vertical > y.from)
                canvas.line(across(plot, x, horizontal), plot.bottom(), across(plot, x, horizontal),
                            up(plot, y, vertical), curve.colour, 2.5);
    ::cairo_restore(canvas.context());
    drawLegend(plot, x, y, bars, true);
}

Result<Done> Figure::write(const std::string& path) const
{
    const auto png = canvas.png();
    if (!png)
        return png.error();
    return writeFileAtomically(path, *png);
}

} // namespace tonewright::figures
