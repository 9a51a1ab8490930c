#pragma once

#include "plugin/ToneSession.h"

#include <string>

namespace tonewright::plugin
{

// [any] What the status line says.

GenerationStatus done(std::string text, std::string detail = {});
GenerationStatus failed(std::string text, std::string detail = {});
/// `progress` from 0 to 1, -1: unknown.
GenerationStatus underWay(std::string text, double progress);
/// A preset was loaded; the line names the first thing that was repaired, its detail all.
GenerationStatus loaded(const std::string& name, const ValidationReport& report);

} // namespace tonewright::plugin
