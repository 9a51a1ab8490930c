#pragma once

#include "generation/GenerationStatistics.h"
#include "generation/PresetGenerator.h"
#include "messaging/MessageDispatcher.h"
#include "tone/Preset.h"
#include "tone/PresetLibrary.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace tonewright::plugin
{

/// What the editor shows of generation at a moment.
struct GenerationStatus
{
    bool isGenerating = false;
    std::string text;     ///< the status line: progress, success, or one clear sentence of what went wrong
    std::string detail;   ///< technical; may be empty
    double progress = -1; ///< 0 to 1, -1 unknown
    bool isError = false;
};

/// The answers to the last prompt's words.
struct Alternatives
{
    std::vector<Preset> answers; ///< the first, then its alternatives as they come; empty before any answer
    bool isUnderWay = false;     ///< whether another is being made
    std::string problem;         ///< why there are fewer than three, one sentence, or empty
};

/// How a test of the connection to a server ended.
struct ConnectionTest
{
    bool hasAnswered = false;
    std::string text; ///< one sentence
};

/// Told how saving went: an empty text, or one sentence of what went wrong.
using SavedHandler = std::function<void(const std::string&)>;

/// Told of changes; every call on the message thread. Remove yourself before you die.
class ToneSessionListener
{
public:
    virtual ~ToneSessionListener() = default;
    virtual void presetChanged() = 0; ///< another preset, undo or redo, or its name or explanation
    virtual void statusChanged() = 0; ///< GenerationStatus or Alternatives
};

/// The message thread's view of the plugin: the preset that sounds, the prompt on its way, undo, the library
/// and the settings. The editor talks to nothing else but host parameters and meters. Implemented by the
/// processor's side, so that a session lives on while no editor is open. All functions [message].
class ToneSession
{
public:
    virtual ~ToneSession() = default;

    virtual void addListener(ToneSessionListener& listener) = 0;
    virtual void removeListener(ToneSessionListener& listener) = 0;

    /// The preset as it sounds now: what was loaded, with the knobs' present values.
    virtual Preset currentPreset() const = 0;
    /// Whether a knob was moved since the preset was loaded or saved.
    virtual bool isEdited() const = 0;

    /// Sends a prompt on its way (with the current preset, for edits) and returns at once. Supersedes a
    /// running one.
    virtual void generate(const std::string& prompt) = 0;
    virtual void cancelGeneration() = 0;
    virtual GenerationStatus status() const = 0;

    /// Asks for three alternatives to the last answer, in the background; they come one by one. Nothing where
    /// there is no answer, they are under way, or there are no more. The next prompt stops them.
    virtual void makeAlternatives() = 0;
    /// Makes no more of them; those that are there stay.
    virtual void stopAlternatives() = 0;
    virtual const Alternatives& alternatives() const = 0;
    /// Makes one of the answers sound, as a generated preset does.
    virtual void chooseAlternative(std::size_t index) = 0;

    /// How requests have fared since the plugin was made.
    virtual GenerationStatistics generationStatistics() const = 0;

    /// Makes a preset sound: host parameters and audio follow as one. Undoable.
    virtual void applyPreset(const Preset& preset) = 0;
    /// Sets the input trim, in dB, and nothing else: neither the edited mark nor a prompt on its way notices.
    /// Undoable.
    virtual void setInputTrim(float decibels) = 0;
    virtual bool canUndo() const = 0;
    virtual bool canRedo() const = 0;
    virtual void undo() = 0;
    virtual void redo() = 0;

    virtual std::vector<PresetLibrary::Entry> presets() const = 0;
    /// Loads a library entry; the status line says what was repaired or why not.
    virtual void loadPreset(const PresetLibrary::Entry& entry) = 0;
    virtual void loadPresetFile(const std::string& path) = 0;
    /// Saves the current preset under a name into the user's folder.
    virtual void savePreset(const std::string& name) = 0;

    /// Imports a sound file as an impulse response and lets the cabinet play it, undoably; returns at once,
    /// and the status line says how it went.
    virtual void loadImpulseResponse(const std::string& path) = 0;

    /// Engine, server address, model: kept in the user's settings file, never in the host's state.
    virtual Engine engine() const = 0;
    virtual std::string serverAddress() const = 0;
    virtual std::string modelName() const = 0;
    /// Whether a key is known, and from where ("session", "environment", "file"); the key itself is never
    /// handed out.
    virtual std::string keyOrigin() const = 0;
    /// Uses other settings from now on, and saves them on a thread of its own; an empty key leaves the
    /// present one alone. Returns one sentence when a value cannot be used, and then nothing changes and
    /// nobody is told; else an empty string, and `whenSaved` is called later, on the message thread.
    virtual std::string applySettings(Engine engine, const std::string& serverAddress,
                                      const std::string& modelName, const std::string& key,
                                      SavedHandler whenSaved) = 0;

    /// Forgets the key of the present server, typed or kept: it is not used any more. The rest as above.
    virtual std::string forgetKey(SavedHandler whenDone) = 0;

    /// Asks the server of these entries whether it answers, takes the key and has the model; saves nothing.
    /// The answer comes later, on the message thread, unless another test or endConnectionTest() comes first.
    /// Returns one sentence when an entry cannot be used, and then no answer comes.
    virtual std::string testConnection(const std::string& serverAddress, const std::string& modelName,
                                       const std::string& key,
                                       std::function<void(const ConnectionTest&)> whenDone) = 0;
    virtual void endConnectionTest() = 0;
};

} // namespace tonewright::plugin
