#include "cli/Arguments.h"
#include "cli/Commands.h"
#include "cli/Console.h"
#include "tone/PresetSchema.h"

namespace tonewright::cli
{
namespace
{
void addJsonCommand(CLI::App& program, Task& task, const char* name, const char* description,
                    nlohmann::ordered_json (*json)())
{
    program.add_subcommand(name, description)
        ->callback(
            [&task, json]
            {
                task = [json]() -> Result<Done>
                {
                    writeJson(json());
                    return Done{};
                };
            });
}
} // namespace

void addParamsCommand(CLI::App& program, Task& task)
{
    addJsonCommand(program, task, "params", "List every parameter (JSON)", parameterTableJson);
}

void addSchemaCommand(CLI::App& program, Task& task)
{
    addJsonCommand(program, task, "schema", "Print the JSON Schema of a preset", presetSchema);
}

} // namespace tonewright::cli
