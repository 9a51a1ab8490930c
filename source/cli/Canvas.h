#pragma once

#include "tone/Result.h"

#include <cairo.h>

#include <memory>
#include <string>

namespace tonewright::cli
{

struct Colour
{
    double red = 0;
    double green = 0;
    double blue = 0;
    double alpha = 1;

    constexpr Colour withAlpha(double newAlpha) const { return {red, green, blue, newAlpha}; }
};

struct Rectangle
{
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    constexpr double right() const { return x + width; }
    constexpr double bottom() const { return y + height; }
    constexpr double middle() const { return y + height / 2; }
};

enum class Align
{
    left,
    centre,
    right
};

/// A picture being drawn with Cairo. [message, worker]; one thread at a time.
class Canvas
{
public:
    Canvas(int width, int height, Colour background);

    /// Cairo's own context, for paths.
    cairo_t* context() const { return drawing.get(); }

    void setColour(Colour colour);
    void fillPanel(const Rectangle& area, double radius, Colour colour);
    void line(double x1, double y1, double x2, double y2, Colour colour, double width = 1);

    /// One line of valid UTF-8 text; `y` is its baseline.
    void text(const std::string& text, double x, double y, double size, Colour colour,
              Align align = Align::left, bool bold = false);
    double textWidth(const std::string& text, double size, bool bold = false);

    /// The longest beginning of `text` that fits, with an ellipsis where it was cut.
    std::string fitted(const std::string& text, double size, bool bold, double width);

    /// The picture as the bytes of a PNG file; the error is Cairo's.
    Result<std::string> png() const;

private:
    struct DestroySurface
    {
        void operator()(cairo_surface_t* it) const { ::cairo_surface_destroy(it); }
    };
    struct DestroyContext
    {
        void operator()(cairo_t* it) const { ::cairo_destroy(it); }
    };
    void setFont(double size, bool bold);

    std::unique_ptr<cairo_surface_t, DestroySurface> surface;
    std::unique_ptr<cairo_t, DestroyContext> drawing;
};

} // namespace tonewright::cli
