#include "Program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace tonewright::test
{
namespace
{
namespace fs = std::filesystem;

std::string textOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// This process's environment without anything that would make the program behave differently on this
/// machine.
std::vector<std::string> cleanEnvironment()
{
    std::vector<std::string> result;
    for (char** entry = environ; *entry != nullptr; ++entry)
    {
        const std::string text(*entry);
        if (!text.starts_with("OPENAI_") && !text.starts_with("TONEWRIGHT_"))
            result.push_back(text);
    }
    return result;
}
} // namespace

bool Outcome::saidOneSentence() const
{
    return errors.size() > 10 && errors.ends_with(".\n") &&
           std::count(errors.begin(), errors.end(), '\n') == 1;
}

Program::Program() = default;

int Program::start(const std::vector<std::string>& arguments) const
{
    std::vector<std::string> words{TONEWRIGHT_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    auto variables = cleanEnvironment();
    variables.push_back("TONEWRIGHT_CONFIG_DIR=" + (folder() / "config").string());
    variables.insert(variables.end(), environment.begin(), environment.end());

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addchdir_np(&actions, folder().c_str());
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    const auto flags = O_WRONLY | O_CREAT | O_TRUNC;
    const auto output = (streams.path() / "out").string();
    const auto errors = (streams.path() / "err").string();
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), flags, 0600);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), flags, 0600);
    ::pid_t process = 0;
    const int error = ::posix_spawn(&process, TONEWRIGHT_PROGRAM, &actions, nullptr, pointersTo(words).data(),
                                    pointersTo(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::runtime_error("cannot start " TONEWRIGHT_PROGRAM);
    return process;
}

Outcome Program::outcomeOf(int process) const
{
    int status = 0;
    ::waitpid(process, &status, 0);
    Outcome outcome;
    outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.output = textOf(streams.path() / "out");
    outcome.errors = textOf(streams.path() / "err");
    return outcome;
}

Outcome Program::run(const std::vector<std::string>& arguments) const
{
    return outcomeOf(start(arguments));
}

Outcome Program::runAndSignal(const std::vector<std::string>& arguments, int signal, int milliseconds) const
{
    return runAndSignal(
        arguments, signal,
        [this, milliseconds]
        {
            const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
            while (std::chrono::steady_clock::now() < end && textOf(streams.path() / "err").empty())
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
        });
}

Outcome Program::runAndSignal(const std::vector<std::string>& arguments, int signal,
                              const std::function<void()>& wait) const
{
    const int process = start(arguments);
    wait();
    ::kill(process, signal);
    return outcomeOf(process);
}

std::vector<std::string> Program::files() const
{
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder()))
        if (entry.path().filename() != "config")
            names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string Program::contentOf(const std::string& name) const
{
    return textOf(folder() / name);
}

void Program::write(const std::string& name, const std::string& content) const
{
    std::ofstream(folder() / name, std::ios::binary) << content;
}

} // namespace tonewright::test
