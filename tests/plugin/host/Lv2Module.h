#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace tonewright::test
{

/// The built LV2, played and shown with the format's own entry points. JUCE's hosting classes take a bundle
/// of the same name in the user's folder for the built one, and their component for windows posts calls to
/// itself that may find it gone (juce_linux_XEmbedComponent.cpp, ConfigureNotify).
class Lv2Module
{
public:
    /// dlopen with RTLD_NOW, one instance, activated. Throws std::runtime_error where a host could not go on.
    Lv2Module(const std::string& library, double sampleRate, int framesPerBlock);
    /// The editor's end, then the instance's.
    ~Lv2Module();
    Lv2Module(const Lv2Module&) = delete;
    Lv2Module& operator=(const Lv2Module&) = delete;

    /// Plays `blocks` blocks of a 220 Hz tone; the last block's peak.
    float play(int blocks);
    /// Sets a parameter in the next block. `symbol`: its id with underscores; `value` in its own unit.
    void set(const std::string& symbol, float value);

    /// Opens the editor in a window of the X server; false when it does not open.
    bool openEditor();
    /// As a host does that mixes two installed copies: asks this library for an editor of the other one's
    /// instance, and calls what it got, even where it got none, as JUCE's hosts do. Whether it got one. Needs
    /// no X server.
    bool getsEditorFor(const Lv2Module& other);
    /// The size of the editor's own window, in pixels; 0 0 without one.
    std::pair<int, int> editorSize() const;
    void resizeEditor(int width, int height);
    /// What a host does while it waits: lets the editor work, every few milliseconds.
    void idle(std::chrono::milliseconds time);
    void closeEditor();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright::test
