#pragma once

#include "generation/PresetGenerator.h"

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

/// [message] The same for requests already put together; one preset each, in their order. Says nothing.
Result<std::vector<Preset>> generatePresets(const std::vector<GenerationRequest>& requests);

} // namespace tonewright::cli
