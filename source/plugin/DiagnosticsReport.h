#pragma once

#include "generation/GenerationStatistics.h"
#include "plugin/AudioCounters.h"

#include <string>
#include <vector>

namespace tonewright::plugin
{

/// A fact with its name, as a diagnostics panel shows it.
struct DiagnosticsLine
{
    std::string name;
    std::string value;
};

/// Facts that belong together.
struct DiagnosticsSection
{
    std::string title;
    std::vector<DiagnosticsLine> lines;
};

/// [any] How requests have fared since the plugin was made.
DiagnosticsSection generationSection(const GenerationStatistics& statistics);

/// [any] What the audio side counted.
DiagnosticsSection soundSection(const AudioCounters& counters);

/// [any] Version, and where the log is (the user's home as "~", since reports go to strangers).
DiagnosticsSection programSection();

/// [any] The sections as plain text for a bug report.
std::string diagnosticsReport(const std::vector<DiagnosticsSection>& sections);

} // namespace tonewright::plugin
