#pragma once

#include "support/TemporaryFolder.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tonewright::test
{

/// What a run of the program left.
struct Outcome
{
    int exitCode = -1; ///< -1: it did not end by itself
    std::string output;
    std::string errors;

    /// Whether stderr is one clear sentence: one line, ending with a full stop.
    bool saidOneSentence() const;
};

/// Runs the built program in a folder of its own, as a user without settings and keys would.
class Program
{
public:
    Program();

    /// Runs to the end. Arguments with relative paths mean files in folder().
    Outcome run(const std::vector<std::string>& arguments) const;

    /// Starts it, and sends it `signal` after it wrote anything to stderr or `milliseconds` passed.
    Outcome runAndSignal(const std::vector<std::string>& arguments, int signal, int milliseconds) const;

    /// Starts it, and sends it `signal` when `wait` returns.
    Outcome runAndSignal(const std::vector<std::string>& arguments, int signal,
                         const std::function<void()>& wait) const;

    const std::filesystem::path& folder() const { return home.path(); }
    std::filesystem::path operator/(const std::string& name) const { return folder() / name; }

    /// Names of everything in the folder but the program's own configuration, sorted.
    std::vector<std::string> files() const;

    std::string contentOf(const std::string& name) const;
    void write(const std::string& name, const std::string& content) const;

    /// Further environment, "NAME=value".
    std::vector<std::string> environment;

private:
    int start(const std::vector<std::string>& arguments) const;
    Outcome outcomeOf(int process) const;

    TemporaryFolder home;
    TemporaryFolder streams;
};

} // namespace tonewright::test
