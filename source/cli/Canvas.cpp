#include "cli/Canvas.h"

#include <numbers>

namespace tonewright::cli
{

Canvas::Canvas(int width, int height, Colour background)
    : surface(::cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
      drawing(::cairo_create(surface.get()))
{
    setColour(background);
    ::cairo_paint(context());
    ::cairo_set_line_join(context(), CAIRO_LINE_JOIN_ROUND);
}

void Canvas::setColour(Colour colour)
{
    ::cairo_set_source_rgba(context(), colour.red, colour.green, colour.blue, colour.alpha);
}

void Canvas::fillPanel(const Rectangle& area, double radius, Colour colour)
{
    constexpr double quarter = std::numbers::pi / 2;
    auto* const cairo = context();
    ::cairo_new_path(cairo);
    ::cairo_arc(cairo, area.right() - radius, area.y + radius, radius, -quarter, 0);
    ::cairo_arc(cairo, area.right() - radius, area.bottom() - radius, radius, 0, quarter);
    ::cairo_arc(cairo, area.x + radius, area.bottom() - radius, radius, quarter, 2 * quarter);
    ::cairo_arc(cairo, area.x + radius, area.y + radius, radius, 2 * quarter, 3 * quarter);
    ::cairo_close_path(cairo);
    setColour(colour);
    ::cairo_fill(cairo);
}

void Canvas::line(double x1, double y1, double x2, double y2, Colour colour, double width)
{
    auto* const cairo = context();
    ::cairo_new_path(cairo);
    ::cairo_move_to(cairo, x1, y1);
    ::cairo_line_to(cairo, x2, y2);
    ::cairo_set_line_width(cairo, width);
    setColour(colour);
    ::cairo_stroke(cairo);
}

void Canvas::setFont(double size, bool bold)
{
    ::cairo_select_font_face(context(), "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                             bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    ::cairo_set_font_size(context(), size);
}

double Canvas::textWidth(const std::string& text, double size, bool bold)
{
    setFont(size, bold);
    cairo_text_extents_t extents{};
    ::cairo_text_extents(context(), text.c_str(), &extents);
    return extents.x_advance;
}

void Canvas::text(const std::string& text, double x, double y, double size, Colour colour, Align align,
                  bool bold)
{
    const double width = align == Align::left ? 0 : textWidth(text, size, bold);
    const double shift = align == Align::right ? width : align == Align::centre ? width / 2 : 0;
    setFont(size, bold);
    setColour(colour);
    ::cairo_move_to(context(), x - shift, y);
    ::cairo_show_text(context(), text.c_str());
    ::cairo_new_path(context());
}

std::string Canvas::fitted(const std::string& text, double size, bool bold, double width)
{
    if (textWidth(text, size, bold) <= width)
        return text;
    const auto continues = [&](std::size_t at)
    { return (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u; };
    std::size_t length = text.size();
    do
    {
        --length;
        while (length > 0 && continues(length))
            --length;
    } while (length > 0 && textWidth(text.substr(0, length) + "…", size, bold) > width);
    return text.substr(0, length) + "…";
}

Result<std::string> Canvas::png() const
{
    std::string bytes;
    const auto append = [](void* target, const unsigned char* data, unsigned length)
    {
        static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    ::cairo_surface_flush(surface.get());
    const auto drawn = ::cairo_status(drawing.get());
    const auto status = drawn != CAIRO_STATUS_SUCCESS
                            ? drawn
                            : ::cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
    if (status != CAIRO_STATUS_SUCCESS)
        return Error{std::string("Cannot draw the picture: ") + ::cairo_status_to_string(status) + "."};
    return bytes;
}

} // namespace tonewright::cli
