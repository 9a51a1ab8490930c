#pragma once

#include "tone/StageId.h"

#include <juce_gui_basics/juce_gui_basics.h>

/// What everything on screen looks like: one dark, warm palette, one grid, three text sizes. All [message].
namespace tonewright::plugin::theme
{

// ---- colours: warm greys from black to cream, one accent. Text on `panel` keeps a contrast of at least 4.5
// : 1 (WCAG 2.1, level AA); the tests compute it.
inline const juce::Colour background{0xff151210};
inline const juce::Colour panel{0xff211d19};
inline const juce::Colour raised{0xff2c2722};
inline const juce::Colour sunken{0xff100e0c};
inline const juce::Colour outline{0xff3c352e};
inline const juce::Colour text{0xfff1e8da};
inline const juce::Colour secondaryText{0xffb9ab9a};
inline const juce::Colour faintText{0xff998c7d};
inline const juce::Colour accent{0xffe8a33d};
inline const juce::Colour onAccent{0xff1c1408};
inline const juce::Colour problem{0xffee8368};
inline const juce::Colour calm{0xff9db67c};

// ---- an 8 px grid
inline constexpr int grid = 8;
inline constexpr int margin = 2 * grid;
inline constexpr int buttonHeight = 4 * grid;
inline constexpr float cornerRadius = 6.0f;

/// Sizes of the editor in pixels before the screen's scale factor.
inline constexpr int defaultWidth = 1360;
inline constexpr int defaultHeight = 760;
inline constexpr int minimumWidth = 900;
inline constexpr int minimumHeight = 600;
inline constexpr int maximumWidth = 2560;
inline constexpr int maximumHeight = 1600;

/// A stage's own quiet colour, all of about one brightness, so that the eye finds its way along the chain.
juce::Colour hueOf(StageId stage);

juce::Font smallFont();   ///< labels of knobs
juce::Font font();        ///< everything that is read
juce::Font headingFont(); ///< names of stages and sections
juce::Font promptFont();  ///< what the player types

/// The ring that shows where the keyboard is.
void drawFocusRing(juce::Graphics& graphics, juce::Rectangle<float> bounds, float radius = cornerRadius);

/// A panel's background.
void drawPanel(juce::Graphics& graphics, juce::Rectangle<float> bounds, juce::Colour fill = panel);

/// Foreign text (a preset's name, a server's sentence) as one line: line breaks and tabs become spaces, marks
/// that turn the direction of what follows are left out.
juce::String oneLine(const std::string& text);

} // namespace tonewright::plugin::theme
