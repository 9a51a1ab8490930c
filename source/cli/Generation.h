#pragma once

#include "generation/GenerationSettings.h"
#include "generation/PresetGenerator.h"

#include <memory>
#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace tonewright::cli
{

/// What to ask for, as given on the command line.
struct PromptArguments
{
    std::string prompt;
    std::string engine;                ///< "auto", "offline", "openai"; empty: as the settings say
    std::string current;               ///< the preset to change, a file or a name; may be empty
    std::vector<std::string> previous; ///< what sounded before it, oldest first: "undo that"
    double tempo = 0;                  ///< quarter notes a minute; 0 unknown
    int count = 1;
};

/// [setup] PROMPT, --engine, --current and --tempo.
void addPromptArguments(CLI::App& command, PromptArguments& arguments);

/// [message] Asks for `count` presets, the way the plugin does: manager, workers, time limits, fallback.
/// Blocks until all are there, one failed, or Ctrl-C. Fallbacks and warnings are said on stderr.
Result<std::vector<Preset>> generatePresets(const PromptArguments& arguments);

/// The manager behind one prompt after the other: what a server turned out to want is remembered between
/// them.
class Conversation
{
public:
    /// [message] With the saved settings; a file that cannot be used is said and passed over.
    Conversation();
    explicit Conversation(const GenerationSettings& settings); ///< [message]
    ~Conversation();

    /// [message] Blocks until the answer, its failure, or Ctrl-C (kind cancelled).
    Result<Preset, GenerationError> ask(const GenerationRequest& request, bool showsProgress);

    Traffic traffic() const; ///< [message] what went to the server and came back so far

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright::cli
