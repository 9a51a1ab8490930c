#include "plugin/editor/Theme.h"

#include <array>

namespace tonewright::plugin::theme
{
namespace
{
constexpr std::array<juce::uint32, stageCount> hues{
    0xff9aa9ad, // gate
    0xff8fb0c4, // pitch
    0xffb5b67f, // wah
    0xff86b3a4, // compressor
    0xffd3ad6b, // boost
    0xffdd8a63, // drive
    0xffe8a33d, // amp
    0xffc9a98a, // cabinet
    0xffa9b58b, // equaliser
    0xff95a9cf, // modulation
    0xffaba1d0, // tremolo
    0xffc79bbd, // delay
    0xff86aecb, // reverb
    0xffd6ccbb, // output
};

/// Marks of the Unicode bidirectional algorithm: useful inside running text, able to reverse a whole line of
/// ours.
bool turnsDirection(juce::juce_wchar c) noexcept
{
    return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}
} // namespace

juce::Colour hueOf(StageId stage)
{
    return juce::Colour(hues[static_cast<std::size_t>(stage)]);
}

juce::Font smallFont()
{
    return juce::Font(12.0f);
}
juce::Font font()
{
    return juce::Font(14.0f);
}
juce::Font headingFont()
{
    return juce::Font(13.0f, juce::Font::bold);
}
juce::Font promptFont()
{
    return juce::Font(18.0f);
}

void drawFocusRing(juce::Graphics& graphics, juce::Rectangle<float> bounds, float radius)
{
    graphics.setColour(text);
    graphics.drawRoundedRectangle(bounds.reduced(1.0f), radius, 2.0f);
}

void drawPanel(juce::Graphics& graphics, juce::Rectangle<float> bounds, juce::Colour fill)
{
    graphics.setColour(fill);
    graphics.fillRoundedRectangle(bounds, cornerRadius);
    graphics.setColour(outline.withAlpha(0.6f));
    graphics.drawRoundedRectangle(bounds.reduced(0.5f), cornerRadius, 1.0f);
}

juce::String oneLine(const std::string& foreign)
{
    juce::String result;
    const auto whole = juce::String::fromUTF8(foreign.data(), static_cast<int>(foreign.size()));
    for (auto c = whole.getCharPointer(); !c.isEmpty(); ++c)
    {
        if (turnsDirection(*c))
            continue;
        const bool isSpace = *c < 0x20 || *c == 0x2028 || *c == 0x2029;
        result += isSpace ? juce::juce_wchar(' ') : *c;
    }
    return result.trim();
}

} // namespace tonewright::plugin::theme
