#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace tonewright::cli
{

/// [message] A line on stderr: everything that is not the result.
void say(std::string_view line);

/// [message] Text on stdout: the result, and nothing else.
void writeResult(std::string_view text);

/// [message] A result in JSON, indented; bytes that are no UTF-8 are replaced.
void writeJson(const nlohmann::ordered_json& json);

/// [message] False when something of the result could not be written.
bool flushResults();

/// [any] A number as people read it, whatever the locale: "-12.3".
std::string numberText(double value, int decimals);

/// [any] Columns that a UTF-8 text takes on a terminal, counting code points.
std::size_t widthOf(std::string_view text);

/// [any] `text` filled up with spaces, on the right or on the left.
std::string padded(std::string_view text, std::size_t width);
std::string paddedLeft(std::string_view text, std::size_t width);

/// One line on stderr that is written over as work goes on; silent where stderr is no terminal.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine(); ///< removes the line
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// [message] `part` from 0 to 1; below 0: unknown.
    void show(std::string_view what, double part);

private:
    bool isTerminal;
    std::string shown;
};

} // namespace tonewright::cli
