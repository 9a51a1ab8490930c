#include "plugin/editor/CabinetPanel.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
/// As much of it as the heading leaves: a button is no reason to make the panel wider.
constexpr int buttonWidth = 18 * theme::grid;
constexpr auto loadText = "IR..."; // in full it would be squeezed in a window of the default width
/// What the file dialog offers and a drop accepts; libsndfile looks at the content, not at the name.
constexpr auto wildcards = "*.wav;*.flac;*.aif;*.aiff;*.aifc;*.w64;*.caf;*.ogg";
} // namespace

CabinetPanel::CabinetPanel(std::string_view stageToShow, const EditorServices& services)
    : KnobPanel(stageToShow, services), session(services.session)
{
    button.onClick = [this] { chooseFile(); };
    addAndMakeVisible(button);
    showPreset(session.currentPreset());
}

void CabinetPanel::showPreset(const Preset& preset)
{
    const bool isLoaded = preset.parameters.impulseResponse != 0;
    const auto name =
        theme::oneLine(preset.impulseResponseName.empty() ? "Unnamed" : preset.impulseResponseName);
    button.setButtonText(isLoaded ? name : juce::String(loadText));
    button.setTitle(isLoaded ? "Impulse response: " + name : juce::String("Load impulse response"));
    button.setTooltip((isLoaded ? "Impulse response: " + name + "\nClick to load another"
                                : juce::String("Load an impulse response")) +
                      " (WAV, FLAC or AIFF), or drop the file here. Model User plays it.");
}

void CabinetPanel::layOut(juce::Rectangle<int> area)
{
    auto header = headerArea();
    header.removeFromLeft(headerWidth());
    button.setBounds(header.removeFromRight(juce::jmin(header.getWidth(), buttonWidth)));
    KnobPanel::layOut(area);
}

void CabinetPanel::chooseFile()
{
    chooser = std::make_unique<juce::FileChooser>(
        "Load an impulse response", juce::File::getSpecialLocation(juce::File::userHomeDirectory), wildcards);
    chooser->launchAsync(
        juce::FileBrowserComponent::openMode | juce::FileBrowserComponent::canSelectFiles,
        [panel = juce::Component::SafePointer<CabinetPanel>(this)](const juce::FileChooser& chosen)
        {
            if (panel != nullptr && chosen.getResult() != juce::File())
                panel->session.loadImpulseResponse(chosen.getResult().getFullPathName().toStdString());
        });
}

bool CabinetPanel::isInterestedInFileDrag(const juce::StringArray& files)
{
    const auto known = juce::StringArray::fromTokens(wildcards, ";", {});
    return files.size() == 1 && std::any_of(known.begin(), known.end(),
                                            [&](const juce::String& wildcard)
                                            { return files[0].matchesWildcard(wildcard, true); });
}

void CabinetPanel::filesDropped(const juce::StringArray& files, int, int)
{
    session.loadImpulseResponse(files[0].toStdString());
}

} // namespace tonewright::plugin
