#include "plugin/editor/PresetBrowser.h"

#include "plugin/editor/Theme.h"

#include <algorithm>

namespace tonewright::plugin
{
namespace
{
constexpr int rowHeight = 4 * theme::grid;
constexpr int shelfWidth = 22 * theme::grid;

void paintRow(juce::Graphics& graphics, int width, int height, bool isSelected, bool isFocused)
{
    if (!isSelected)
        return;
    const auto area = juce::Rectangle<int>(width, height).toFloat().reduced(2, 1);
    graphics.setColour(theme::outline);
    graphics.fillRoundedRectangle(area, 4.0f);
    if (isFocused)
        theme::drawFocusRing(graphics, area, 4.0f);
}

juce::String tagsOf(const PresetLibrary::Entry& entry)
{
    juce::StringArray tags;
    for (const auto& tag : entry.tags)
        tags.add(theme::oneLine(tag));
    return tags.joinIntoString(", ");
}
} // namespace

PresetBrowser::PresetBrowser(ToneSession& toneSession) : Overlay("Presets", 760, 560), session(toneSession)
{
    addAndMakeVisible(searchField);
    searchField.setTitle("Search presets");
    searchField.setDescription("Words of a preset's name or tags");
    searchField.setFont(theme::font());
    searchField.setTextToShowWhenEmpty("Search names and tags", theme::faintText);
    searchField.setJustification(juce::Justification::centredLeft);
    searchField.setIndents(theme::grid, 0);
    searchField.setInputRestrictions(200);
    searchField.onTextChange = [this] { filter(); };
    searchField.onEscapeKey = [this] { close(); };
    searchField.onReturnKey = [this]
    { presetModel.returnKeyPressed(juce::jmax(0, presetList.getSelectedRow())); };
    searchField.addKeyListener(this);

    for (auto* list : {&shelfList, &presetList})
    {
        addAndMakeVisible(list);
        list->setRowHeight(rowHeight);
        list->getViewport()->setScrollBarThickness(theme::grid);
    }
    shelfList.setTitle("Shelves");
    presetList.setTitle("Presets");
    shelfList.setColour(juce::ListBox::backgroundColourId, theme::panel);

    const auto connect = [this](juce::TextButton& button, std::function<void()> PresetBrowser::*action)
    {
        addButton(button, false);
        button.onClick = [this, action]
        {
            close();
            if (this->*action)
                (this->*action)();
        };
    };
    connect(saveButton, &PresetBrowser::onSave);
    connect(loadFileButton, &PresetBrowser::onLoadFile);
    connect(importButton, &PresetBrowser::onImportFile);
    saveButton.setTooltip("Keep the present tone in your library");
    loadFileButton.setTooltip("Hear a preset file without keeping it");
    importButton.setTooltip("Copy a preset file into your library and hear it");
}

PresetBrowser::~PresetBrowser()
{
    searchField.removeKeyListener(this);
}

void PresetBrowser::refresh()
{
    entries = session.presets();
    shelves = shelvesOf(entries);
    shelf = 0;
    searchField.setText({}, false);
    shelfList.updateContent();
    shelfList.selectRow(0);
    showCurrent();
    filter();
}

void PresetBrowser::showCurrent()
{
    currentName = session.currentPreset().name;
    presetList.repaint();
}

void PresetBrowser::filter()
{
    shown = shelf < shelves.size() ? matching(entries, shelves[shelf], searchField.getText().toStdString())
                                   : std::vector<std::size_t>{};
    presetList.updateContent();
    const auto current = std::find_if(
        shown.begin(), shown.end(), [this](std::size_t index) { return entries[index].name == currentName; });
    presetList.selectRow(current == shown.end() ? 0 : static_cast<int>(current - shown.begin()));
    presetList.repaint();
}

const PresetLibrary::Entry* PresetBrowser::entryAt(int row) const
{
    const auto place = static_cast<std::size_t>(row);
    return row >= 0 && place < shown.size() ? &entries[shown[place]] : nullptr;
}

void PresetBrowser::load(int row)
{
    if (const auto* entry = entryAt(row))
        session.loadPreset(*entry);
    showCurrent();
}

bool PresetBrowser::keyPressed(const juce::KeyPress& key, juce::Component*)
{
    // From the search field, up and down walk through what was found.
    const bool isVertical = key.isKeyCode(juce::KeyPress::upKey) || key.isKeyCode(juce::KeyPress::downKey) ||
                            key.isKeyCode(juce::KeyPress::pageUpKey) ||
                            key.isKeyCode(juce::KeyPress::pageDownKey);
    return isVertical && presetList.keyPressed(key);
}

void PresetBrowser::layOut(juce::Rectangle<int> area)
{
    searchField.setBounds(area.removeFromTop(theme::buttonHeight + 4));
    area.removeFromTop(theme::grid);
    auto buttons = area.removeFromBottom(theme::buttonHeight);
    for (auto* button : {&saveButton, &loadFileButton, &importButton})
    {
        button->setBounds(buttons.removeFromLeft(15 * theme::grid));
        buttons.removeFromLeft(theme::grid);
    }
    area.removeFromBottom(2 * theme::grid);
    shelfList.setBounds(area.removeFromLeft(shelfWidth));
    area.removeFromLeft(theme::grid);
    presetList.setBounds(area);
}

// ---- shelves

int PresetBrowser::ShelfList::getNumRows()
{
    return static_cast<int>(browser.shelves.size());
}

void PresetBrowser::ShelfList::paintListBoxItem(int row, juce::Graphics& graphics, int width, int height,
                                                bool isSelected)
{
    if (row < 0 || row >= getNumRows())
        return;
    const auto& drawn = browser.shelves[static_cast<std::size_t>(row)];
    paintRow(graphics, width, height, isSelected, browser.shelfList.hasKeyboardFocus(true));
    auto area = juce::Rectangle<int>(width, height).reduced(theme::grid + 2, 0);
    graphics.setFont(juce::Font(13.0f));
    graphics.setColour(theme::faintText);
    graphics.drawText(juce::String(drawn.count), area.removeFromRight(28), juce::Justification::centredRight,
                      false);
    graphics.setFont(theme::font());
    graphics.setColour(isSelected || drawn.kind != PresetShelf::Kind::tag ? theme::text
                                                                          : theme::secondaryText);
    graphics.drawText(theme::oneLine(drawn.title()), area, juce::Justification::centredLeft, true);
}

juce::String PresetBrowser::ShelfList::getNameForRow(int row)
{
    return row >= 0 && row < getNumRows()
               ? theme::oneLine(browser.shelves[static_cast<std::size_t>(row)].title())
               : juce::String();
}

void PresetBrowser::ShelfList::selectedRowsChanged(int row)
{
    browser.shelf = static_cast<std::size_t>(juce::jmax(0, row));
    browser.filter();
}

// ---- presets

int PresetBrowser::PresetList::getNumRows()
{
    return static_cast<int>(browser.shown.size());
}

void PresetBrowser::PresetList::paintListBoxItem(int row, juce::Graphics& graphics, int width, int height,
                                                 bool isSelected)
{
    const auto* entry = browser.entryAt(row);
    if (entry == nullptr)
        return;
    paintRow(graphics, width, height, isSelected, browser.presetList.hasKeyboardFocus(true));
    auto area = juce::Rectangle<int>(width, height).reduced(theme::grid + 4, 0);
    if (entry->name == browser.currentName)
    {
        graphics.setColour(theme::accent);
        graphics.fillEllipse(
            juce::Rectangle<float>(6, 6).withCentre({9.0f, static_cast<float>(height) * 0.5f}));
    }
    area.removeFromLeft(theme::grid);
    graphics.setFont(juce::Font(13.0f));
    graphics.setColour(theme::faintText);
    graphics.drawText((entry->isFactory ? juce::String() : juce::String("mine  ")) + tagsOf(*entry),
                      area.removeFromRight(area.getWidth() / 2), juce::Justification::centredRight, true);
    graphics.setFont(theme::font());
    graphics.setColour(theme::text);
    graphics.drawText(theme::oneLine(entry->name), area, juce::Justification::centredLeft, true);
}

juce::String PresetBrowser::PresetList::getNameForRow(int row)
{
    const auto* entry = browser.entryAt(row);
    return entry == nullptr ? juce::String() : theme::oneLine(entry->name);
}

juce::String PresetBrowser::PresetList::getTooltipForRow(int row)
{
    const auto* entry = browser.entryAt(row);
    return entry == nullptr ? juce::String() : theme::oneLine(entry->name) + "\n" + tagsOf(*entry);
}

void PresetBrowser::PresetList::listBoxItemClicked(int row, const juce::MouseEvent&)
{
    browser.load(row);
}

void PresetBrowser::PresetList::listBoxItemDoubleClicked(int, const juce::MouseEvent&)
{
    browser.close();
}

void PresetBrowser::PresetList::returnKeyPressed(int row)
{
    browser.load(row);
    browser.close();
}

} // namespace tonewright::plugin
