#pragma once

#include "assets/AssetLoader.h"
#include "plugin/HostParameters.h"
#include "plugin/SharedParameters.h"
#include "tone/Preset.h"

#include <juce_graphics/juce_graphics.h>

#include <mutex>

namespace tonewright::plugin
{

/// The preset that sounds: its words and tags, and the values that SharedParameters holds now. Every function
/// [any]: hosts restore their projects from whatever thread they like, while the user plays with presets on
/// another.
class CurrentTone
{
public:
    /// [setup] All must outlive this object.
    CurrentTone(SharedParameters& shared, const HostParameters& host, AssetLoader& loader);

    /// [any] The preset with the knobs' present values.
    Preset preset() const;
    /// [any] Only its values and order.
    ParameterSet parameters() const;

    /// [any] Makes a preset sound: audio follows with the next block, as one, or as soon as its impulse
    /// response is loaded; then host and screen are told. `isEdited` says that it was not as loaded or saved
    /// even before.
    void replace(const Preset& preset, bool isEdited = false);

    /// [any] Moves one knob without leaving a trace in isEdited(): for what fits the player's equipment and
    /// is no part of the tone.
    void adjust(ParameterIndex index, float value);

    /// [any] Whether a knob was moved since the preset was loaded or saved.
    bool isEdited() const;

    /// [any] The present values now are the saved ones, under `name`.
    void markSaved(const std::string& name);

    /// [any] Rises with every replace and markSaved, so that a screen can see that there is something new.
    unsigned revision() const noexcept { return revisions.load(std::memory_order_acquire); }

    /// [any] Logical pixels, 0 x 0 until there was an editor.
    juce::Point<int> editorSize() const;
    void setEditorSize(juce::Point<int> size);

private:
    SharedParameters& values;
    const HostParameters& hostParameters;
    AssetLoader& assets;
    mutable std::mutex mutex; // guards all below, and takes turns for values.setAll
    Preset words;             // its parameters are those loaded or saved last
    bool wasEdited = false;
    juce::Point<int> size;
    std::atomic<unsigned> revisions{0};
};

} // namespace tonewright::plugin
