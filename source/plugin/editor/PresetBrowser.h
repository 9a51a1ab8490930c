#pragma once

#include "plugin/ToneSession.h"
#include "plugin/editor/Overlay.h"
#include "plugin/editor/PresetFilter.h"

#include <functional>

namespace tonewright::plugin
{

/// The library: shelves by origin and tag on the left, presets on the right, a search above. A click loads a
/// preset and leaves the browser open, so that one can listen from preset to preset; a double click or Enter
/// loads and closes. All [message].
class PresetBrowser : public Overlay, private juce::KeyListener
{
public:
    explicit PresetBrowser(ToneSession& session);
    ~PresetBrowser() override;

    /// The session's preset changed: its row is marked.
    void showCurrent();

    std::function<void()> onSave;
    std::function<void()> onLoadFile;
    std::function<void()> onImportFile;

protected:
    void refresh() override;
    juce::Component& firstFocus() override { return searchField; }
    void layOut(juce::Rectangle<int> area) override;

private:
    class ShelfList : public juce::ListBoxModel
    {
    public:
        explicit ShelfList(PresetBrowser& browserToServe) : browser(browserToServe) {}
        int getNumRows() override;
        void paintListBoxItem(int row, juce::Graphics& graphics, int width, int height,
                              bool isSelected) override;
        juce::String getNameForRow(int row) override;
        void selectedRowsChanged(int row) override;

    private:
        PresetBrowser& browser;
    };

    class PresetList : public juce::ListBoxModel
    {
    public:
        explicit PresetList(PresetBrowser& browserToServe) : browser(browserToServe) {}
        int getNumRows() override;
        void paintListBoxItem(int row, juce::Graphics& graphics, int width, int height,
                              bool isSelected) override;
        juce::String getNameForRow(int row) override;
        juce::String getTooltipForRow(int row) override;
        void listBoxItemClicked(int row, const juce::MouseEvent&) override;
        void listBoxItemDoubleClicked(int row, const juce::MouseEvent&) override;
        void returnKeyPressed(int row) override;

    private:
        PresetBrowser& browser;
    };

    bool keyPressed(const juce::KeyPress& key, juce::Component* origin) override;
    using Overlay::keyPressed;
    void filter();
    void load(int row);
    const PresetLibrary::Entry* entryAt(int row) const;

    ToneSession& session;
    std::vector<PresetLibrary::Entry> entries;
    std::vector<PresetShelf> shelves;
    std::size_t shelf = 0;
    std::vector<std::size_t> shown; ///< positions in entries
    std::string currentName;

    ShelfList shelfModel{*this};
    PresetList presetModel{*this};
    juce::TextEditor searchField;
    juce::ListBox shelfList{"Shelves", &shelfModel};
    juce::ListBox presetList{"Presets", &presetModel};
    juce::TextButton saveButton{"Save as..."};
    juce::TextButton loadFileButton{"Load file..."};
    juce::TextButton importButton{"Import file..."};
};

} // namespace tonewright::plugin
