#pragma once

#include "plugin/TunerTap.h"
#include "plugin/editor/Overlay.h"
#include "plugin/editor/TunerDial.h"

#include <optional>

namespace tonewright::plugin
{

/// The tuner: listens while its card is open, by default with the output silent. Pitch is found here, on the
/// message thread, in less than 2 ms a picture; the audio thread copies its input and no more. All [message].
class TunerOverlay : public Overlay
{
public:
    /// `tap` must outlive the card.
    explicit TunerOverlay(TunerTap& tap);
    ~TunerOverlay() override;

    /// Whether the card can be seen: a host may put the window away while it is open. Then nothing is heard
    /// or muted, until it is back.
    void setSeen(bool isSeen);

    /// Looks at what was played since the last call, `seconds` ago.
    void follow(double seconds);

    TunerDial& dial() noexcept { return face; }

protected:
    void refresh() override;
    void forget() override;
    juce::Component& firstFocus() override { return muteButton; }
    void layOut(juce::Rectangle<int> area) override;

private:
    void listen();
    void announce(double seconds);

    TunerTap& tap;
    std::optional<dsp::PitchDetector> detector;
    float detectorRate = 0; ///< Hz
    TunerFollower follower;
    TunerDial face;
    juce::ToggleButton muteButton{"Mute while tuning"};
    juce::ComboBox referenceBox;
    juce::TextButton closingButton{"Done"};
    juce::String announced;
    double sinceAnnounced = 0; ///< seconds
};

} // namespace tonewright::plugin
