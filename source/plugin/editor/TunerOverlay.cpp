#include "plugin/editor/TunerOverlay.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int cardWidth = 520;
constexpr int cardHeight = 400;
constexpr double secondsPerAnnouncement = 1.5;
} // namespace

TunerOverlay::TunerOverlay(TunerTap& tapOfProcessor)
    : Overlay("Tuner", cardWidth, cardHeight), tap(tapOfProcessor)
{
    addAndMakeVisible(face);

    addAndMakeVisible(muteButton);
    muteButton.setTitle("Mute while tuning");
    muteButton.setTooltip("Silences the output while this card is open");
    muteButton.setToggleState(true, juce::dontSendNotification);
    muteButton.setColour(juce::ToggleButton::textColourId, theme::text);
    muteButton.setColour(juce::ToggleButton::tickColourId, theme::accent);
    muteButton.setColour(juce::ToggleButton::tickDisabledColourId, theme::secondaryText);
    muteButton.onClick = [this] { tap.setMuting(muteButton.getToggleState()); };

    addAndMakeVisible(referenceBox);
    referenceBox.setTitle("Reference A");
    referenceBox.setDescription("The frequency of the A above middle C");
    for (int hertz = static_cast<int>(dsp::lowestReference); hertz <= static_cast<int>(dsp::highestReference);
         ++hertz)
        referenceBox.addItem("A = " + juce::String(hertz) + " Hz", hertz);
    referenceBox.onChange = [this] { tap.setReference(referenceBox.getSelectedId()); };

    addButton(closingButton, true);
    closingButton.onClick = [this] { close(); };
}

TunerOverlay::~TunerOverlay()
{
    tap.setOpen(false);
}

void TunerOverlay::refresh()
{
    referenceBox.setSelectedId(juce::roundToInt(tap.reference()), juce::dontSendNotification);
    listen();
}

void TunerOverlay::listen()
{
    detector.reset();
    detectorRate = 0;
    follower.reset();
    face.show(std::nullopt, 0);
    announced.clear();
    tap.setMuting(muteButton.getToggleState());
    tap.setOpen(true);
}

void TunerOverlay::setSeen(bool isSeen)
{
    if (!isSeen)
        tap.setOpen(false);
    else if (isVisible() && !tap.isOpen())
        listen();
}

void TunerOverlay::forget()
{
    tap.setOpen(false);
    detector.reset();
}

void TunerOverlay::follow(double seconds)
{
    for (TunerPiece piece; tap.take(piece);)
    {
        // Across a gap the string's phase is unknown.
        if (!detector || detectorRate != piece.sampleRate || piece.followsGap)
            detector.emplace(static_cast<double>(piece.sampleRate));
        detectorRate = piece.sampleRate;
        detector->add({piece.samples.data(), static_cast<std::size_t>(piece.frames)});
    }
    follower.add(detector ? detector->detect() : std::nullopt, seconds);
    face.show(follower.reading(tap.reference()), seconds);
    announce(seconds);
}

void TunerOverlay::announce(double seconds)
{
    sinceAnnounced += seconds;
    const auto sentence = face.sentence();
    if (sinceAnnounced < secondsPerAnnouncement || sentence == announced)
        return;
    announced = sentence;
    sinceAnnounced = 0;
    juce::AccessibilityHandler::postAnnouncement(sentence,
                                                 juce::AccessibilityHandler::AnnouncementPriority::low);
}

void TunerOverlay::layOut(juce::Rectangle<int> area)
{
    auto row = area.removeFromBottom(theme::buttonHeight);
    closingButton.setBounds(row.removeFromRight(10 * theme::grid));
    row.removeFromRight(2 * theme::grid);
    referenceBox.setBounds(row.removeFromRight(17 * theme::grid));
    muteButton.setBounds(row.withTrimmedRight(theme::grid));
    area.removeFromBottom(2 * theme::grid);
    face.setBounds(area);
}

} // namespace tonewright::plugin
