#pragma once

#include "tone/Result.h"

#include <functional>

namespace CLI
{
class App;
}

namespace tonewright::cli
{

/// What a command does once its arguments are understood. The error becomes the sentence on stderr and exit
/// code 1.
using Task = std::function<Result<Done>()>;

/// [setup] Each adds one command to the program; when the user chose it, parsing leaves its work in `task`,
/// which outlives the program's arguments.
void addGenerateCommand(CLI::App& program, Task& task);
void addRenderCommand(CLI::App& program, Task& task);
void addMakeCommand(CLI::App& program, Task& task);
void addRiffCommand(CLI::App& program, Task& task);
void addMeasureCommand(CLI::App& program, Task& task);
void addPictureCommand(CLI::App& program, Task& task);
void addTuneCommand(CLI::App& program, Task& task);
void addParamsCommand(CLI::App& program, Task& task);
void addSchemaCommand(CLI::App& program, Task& task);
void addPresetsCommand(CLI::App& program, Task& task);
void addDoctorCommand(CLI::App& program, Task& task);
void addBenchCommand(CLI::App& program, Task& task);

} // namespace tonewright::cli
