#include "plugin/editor/EditorView.h"

#include "plugin/editor/Theme.h"

#include <algorithm>

namespace tonewright::plugin
{
namespace
{
constexpr int framesPerSecond = 30;
/// Whether the preset was edited is worth a look four times a second.
constexpr int ticksPerStateCheck = 8;
constexpr int headerHeight = 5 * theme::grid;
constexpr int explanationHeight = 8 * theme::grid;
constexpr int wordmarkWidth = 17 * theme::grid;

/// `name`, or `name 2`, `name 3`... where the player has a preset of that name already.
std::string freeName(const std::string& name, const std::vector<PresetLibrary::Entry>& entries)
{
    const auto isTaken = [&](const std::string& candidate)
    {
        return std::any_of(entries.begin(), entries.end(),
                           [&](const auto& entry) { return !entry.isFactory && entry.name == candidate; });
    };
    std::string candidate = name;
    for (int number = 2; isTaken(candidate); ++number)
        candidate = name + " " + std::to_string(number);
    return candidate;
}
} // namespace

EditorView::EditorView(const EditorServices& services)
    : juce::ComponentMovementWatcher(this), session(services.session),
      inputTrim(services.parameter("input.trim"_p)), prompt(session), preset(session),
      meters(services.inputMeter, services.outputMeter), chain(services), settings(session), saveAs(session),
      browser(session), diagnostics(session, services.audioCounters), tuner(services.tuner),
      calibration(session), alternatives(session)
{
    setLookAndFeel(&lookAndFeel);
    setOpaque(true);
    setTitle("Tonewright");
    setFocusContainerType(FocusContainerType::keyboardFocusContainer); // Tab stays in the plugin
    addAndMakeVisible(main);
    for (auto* part : std::initializer_list<juce::Component*>{&preset, &levelButton, &meters, &tunerButton,
                                                              &settingsButton, &prompt, &explanation, &chain})
        main.addAndMakeVisible(part);
    for (auto* card : cards())
        addChildComponent(card);
    levelButton.onClick = [this] { calibration.open(); };
    tunerButton.onClick = [this] { tuner.open(); };
    settingsButton.onClick = [this] { settings.open(); };
    settings.onDiagnostics = [this] { diagnostics.open(); };
    prompt.onDetails = [this] { diagnostics.open(); };
    prompt.onAlternatives = [this] { openAlternatives(); };
    preset.onBrowse = [this] { browser.open(); };
    preset.onSave = [this] { saveAs.open(); };
    browser.onSave = [this] { saveAs.open(); };
    browser.onLoadFile = [this] { chooseFile(false); };
    browser.onImportFile = [this] { chooseFile(true); };
    session.addListener(*this);
    presetChanged();
}

EditorView::~EditorView()
{
    stopTimer();
    session.removeListener(*this);
    session.stopAlternatives(); // nobody is left to choose
    setLookAndFeel(nullptr);
}

// ---- following

void EditorView::presetChanged()
{
    const auto present = session.currentPreset();
    preset.showPreset();
    prompt.showPrompt(present.prompt);
    explanation.show(present);
    chain.showPreset(present);
    chain.follow();
    if (browser.isVisible())
        browser.showCurrent();
    if (alternatives.isVisible())
        alternatives.follow();
}

void EditorView::statusChanged()
{
    prompt.showStatus();
    if (alternatives.isVisible())
        alternatives.follow();
}

void EditorView::tick(double seconds)
{
    chain.follow();
    meters.tick(seconds);
    followInput(seconds);
    if (++ticks % ticksPerStateCheck == 0)
    {
        preset.showState();
        if (diagnostics.isVisible())
            diagnostics.follow();
    }
}

void EditorView::followInput(double seconds)
{
    const float peak = meters.newestInputPeak();
    inputAdvisor.add(peak, fromNormalised(infoOf("input.trim"_p), inputTrim.getValue()), seconds);
    const auto advice = inputAdvisor.advice();
    levelButton.show(advice);
    if (calibration.isVisible())
    {
        calibration.show(advice);
        calibration.follow(peak, seconds);
    }
    if (tuner.isVisible())
        tuner.follow(seconds);
}

void EditorView::timerCallback()
{
    if (!isShowing())
        return;
    const auto now = juce::Time::getMillisecondCounter();
    const double seconds = lastTick ? (now - *lastTick) / 1000.0 : 0.0;
    lastTick = now;
    tick(seconds);
}

void EditorView::updateTimer()
{
    if (isShowing() && !isTimerRunning())
        startTimerHz(framesPerSecond);
    else if (!isShowing())
        stopTimer();
    tuner.setSeen(isShowing());
}

// ---- files

void EditorView::chooseFile(bool isImport)
{
    chooser = std::make_unique<juce::FileChooser>(
        isImport ? "Import a preset file" : "Load a preset file",
        juce::File::getSpecialLocation(juce::File::userHomeDirectory), "*.json");
    chooser->launchAsync(
        juce::FileBrowserComponent::openMode | juce::FileBrowserComponent::canSelectFiles,
        [view = juce::Component::SafePointer<EditorView>(this), isImport](const juce::FileChooser& chosen)
        {
            if (view != nullptr && chosen.getResult() != juce::File())
                view->loadFile(chosen.getResult(), isImport);
        });
}

void EditorView::loadFile(const juce::File& file, bool isImport)
{
    session.loadPresetFile(file.getFullPathName().toStdString());
    if (isImport && !session.status().isError)
        session.savePreset(freeName(session.currentPreset().name, session.presets()));
}

bool EditorView::isInterestedInFileDrag(const juce::StringArray& files)
{
    return files.size() == 1 && files[0].endsWithIgnoreCase(".json");
}

void EditorView::filesDropped(const juce::StringArray& files, int, int)
{
    loadFile(juce::File(files[0]), false);
}

// ---- keyboard

bool EditorView::hasOpenCard() noexcept
{
    const auto all = cards();
    return std::any_of(all.begin(), all.end(), [](const Overlay* card) { return card->isVisible(); });
}

/// Before any answer there are none.
void EditorView::openAlternatives()
{
    if (!session.alternatives().answers.empty())
        alternatives.open();
}

bool EditorView::keyPressed(const juce::KeyPress& key)
{
    using Key = juce::KeyPress;
    const auto isCommand = [&](int code, bool isShifted = false)
    {
        const auto modifiers = key.getModifiers();
        return modifiers.isCommandDown() && !modifiers.isAltDown() && modifiers.isShiftDown() == isShifted &&
               juce::CharacterFunctions::toUpperCase(static_cast<juce::juce_wchar>(key.getKeyCode())) ==
                   static_cast<juce::juce_wchar>(code);
    };
    if (hasOpenCard())
        return false;
    if (isCommand('Z'))
        session.undo();
    else if (isCommand('Z', true) || isCommand('Y'))
        session.redo();
    else if (isCommand(Key::returnKey))
        prompt.generate();
    else if (isCommand('S'))
        saveAs.open();
    else if (isCommand('P'))
        browser.open();
    else if (isCommand('D'))
        diagnostics.open();
    else if (isCommand('T'))
        tuner.open();
    else if (isCommand('E'))
        openAlternatives();
    else if (isCommand('L'))
        prompt.focusPrompt();
    else if (isCommand(Key::upKey))
        preset.step(-1);
    else if (isCommand(Key::downKey))
        preset.step(1);
    else if (key == Key::escapeKey && session.status().isGenerating)
        session.cancelGeneration();
    else
        return false;
    return true;
}

// ---- place and picture

void EditorView::resized()
{
    main.setBounds(getLocalBounds());
    for (auto* card : cards())
        card->setBounds(getLocalBounds());

    auto area =
        getLocalBounds().reduced(theme::margin, 0).withTrimmedTop(12).withTrimmedBottom(theme::margin - 2);
    auto header = area.removeFromTop(headerHeight);
    header.removeFromLeft(wordmarkWidth);
    settingsButton.setBounds(header.removeFromRight(theme::buttonHeight)
                                 .withSizeKeepingCentre(theme::buttonHeight, theme::buttonHeight));
    tunerButton.setBounds(header.removeFromRight(theme::buttonHeight)
                              .withSizeKeepingCentre(theme::buttonHeight, theme::buttonHeight));
    header.removeFromRight(theme::grid);
    meters.setBounds(header.removeFromRight(juce::jlimit(216, 400, getWidth() / 4)));
    levelButton.setBounds(header.removeFromRight(InputLevelButton::width));
    header.removeFromRight(theme::grid);
    preset.setBounds(header.withWidth(juce::jmin(header.getWidth(), 560)));
    area.removeFromTop(theme::grid + 2);
    prompt.setBounds(area.removeFromTop(PromptBar::height));
    explanation.setBounds(area.removeFromTop(explanationHeight).reduced(12, 0));
    area.removeFromTop(theme::grid);
    chain.setBounds(area);
}

void EditorView::paint(juce::Graphics& graphics)
{
    graphics.fillAll(theme::background);
    auto header = getLocalBounds().reduced(theme::margin, 0).withTrimmedTop(12).removeFromTop(headerHeight);
    graphics.setFont(juce::Font(20.0f, juce::Font::bold));
    graphics.setColour(theme::text);
    graphics.drawText("Tonewright", header.removeFromLeft(wordmarkWidth), juce::Justification::centredLeft,
                      false);
}

} // namespace tonewright::plugin
