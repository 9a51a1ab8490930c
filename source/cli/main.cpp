#include "cli/Commands.h"
#include "cli/Console.h"
#include "cli/Interrupt.h"
#include "realtime/Threads.h"

#include <CLI/CLI.hpp>

#include <exception>
#include <new>

namespace tonewright::cli
{
namespace
{
constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrongUsage = 2;

int runTask(const Task& task)
{
    try
    {
        if (const auto result = task(); !result)
        {
            say(result.error().message);
            return failed;
        }
        if (!flushResults())
        {
            say("Cannot write the result to standard output.");
            return failed;
        }
        return done;
    }
    catch (const std::bad_alloc&)
    {
        say("There is not enough memory for this; try a shorter file.");
    }
    catch (const std::exception& exception)
    {
        say(std::string("Something unexpected went wrong: ") + exception.what());
    }
    catch (...)
    {
        say("Something unexpected went wrong.");
    }
    return failed;
}

int runProgram(int argumentCount, char** arguments)
{
    CLI::App program("Describe a guitar tone in words; hear it.", "tonewright");
    program.set_version_flag("--version", TONEWRIGHT_VERSION);
    program.require_subcommand(1);
    program.get_formatter()->column_width(36);
    Task task;
    for (const auto add : {addGenerateCommand, addRenderCommand, addMakeCommand, addRiffCommand,
                           addMeasureCommand, addTuneCommand, addPictureCommand, addParamsCommand,
                           addSchemaCommand, addPresetsCommand, addDoctorCommand, addBenchCommand})
        add(program, task);
    try
    {
        program.parse(argumentCount, arguments);
    }
    catch (const CLI::ParseError& error)
    {
        const bool isHelp = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        program.exit(error); // prints help to stdout, errors to stderr
        return isHelp ? done : wrongUsage;
    }
    return runTask(task);
}
} // namespace
} // namespace tonewright::cli

int main(int argumentCount, char** arguments)
{
    const tonewright::ScopedThreadRole role(tonewright::ThreadRole::message);
    tonewright::cli::watchForInterrupts();
    return tonewright::cli::runProgram(argumentCount, arguments);
}
