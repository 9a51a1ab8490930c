#include "plugin/DiagnosticsReport.h"

#include "tone/Files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace tonewright::plugin
{
namespace
{
/// 12345678 as "12 345 678": a number that runs is read at a glance.
std::string grouped(std::uint64_t number)
{
    const auto digits = std::to_string(number);
    std::string text;
    for (std::size_t place = 0; place < digits.size(); ++place)
    {
        if (place > 0 && (digits.size() - place) % 3 == 0)
            text += ' ';
        text += digits[place];
    }
    return text;
}

std::string shareOf(std::uint64_t part, std::uint64_t whole)
{
    if (part == 0)
        return "none";
    const double perMillion = 1e6 * static_cast<double>(part) / static_cast<double>(std::max(whole, part));
    return grouped(part) + " (" + grouped(static_cast<std::uint64_t>(std::llround(perMillion))) +
           " in a million)";
}

std::string countOrNone(std::uint64_t number)
{
    return number == 0 ? "none" : grouped(number);
}

/// "3 failed, 1 cancelled"; parts that are 0 are left out.
std::string listed(const std::vector<std::pair<std::uint64_t, const char*>>& counts)
{
    std::string text;
    for (const auto& [count, name] : counts)
        if (count > 0)
            text += (text.empty() ? "" : ", ") + grouped(count) + " " + name;
    return text.empty() ? "none" : text;
}

/// "1.25 s" or "340 ms", with three digits that count.
std::string durationText(std::chrono::microseconds duration)
{
    const double milliseconds = static_cast<double>(duration.count()) / 1000;
    std::array<char, 32> text{};
    if (milliseconds >= 1000)
        std::snprintf(text.data(), text.size(), "%.2f s", milliseconds / 1000);
    else
        std::snprintf(text.data(), text.size(), milliseconds < 10 ? "%.2f ms" : "%.0f ms", milliseconds);
    return text.data();
}

std::string timesText(const TimeSummary& times)
{
    return times.count == 0
               ? "none yet"
               : "mostly " + durationText(times.median) + ", longest " + durationText(times.longest);
}

std::string bytesText(std::uint64_t bytes)
{
    return bytes < 10'000 ? grouped(bytes) + " bytes" : grouped(bytes / 1000) + " kB";
}

std::string trafficText(const Traffic& traffic)
{
    if (traffic.exchanges == 0)
        return "nothing yet";
    return grouped(traffic.exchanges) + " requests, " + bytesText(traffic.bytesSent) + " out, " +
           bytesText(traffic.bytesReceived) + " in";
}

/// How many there are now and were at most.
std::string levelText(std::size_t now, std::size_t most)
{
    return grouped(now) + " now, " + grouped(most) + " at most";
}

/// A path without the user's name in it.
std::string withoutHome(const std::string& path)
{
    const char* home = std::getenv("HOME");
    const std::size_t length = home != nullptr ? std::strlen(home) : 0;
    if (length <= 1 || path.size() <= length || path.compare(0, length, home) != 0 || path[length] != '/')
        return path;
    std::string shortened("~");
    shortened.append(path, length);
    return shortened;
}
} // namespace

DiagnosticsSection generationSection(const GenerationStatistics& now)
{
    const auto& retries = now.retries;
    return {"Generation",
            {{"Prompts", grouped(now.submitted)},
             {"Answered", listed({{now.answered, "as asked"}, {now.fallbacks, "offline instead"}})},
             {"Without an answer", listed({{now.failed, "failed"}, {now.cancelled, "cancelled"}})},
             {"Attempts", grouped(now.attempts)},
             {"Repeated after", listed({{retries.rateLimited, "rate limits"},
                                        {retries.serverError, "server errors"},
                                        {retries.network, "network errors"},
                                        {retries.timeout, "timeouts"},
                                        {retries.other, "others"}})},
             {"From prompt to tone", timesText(now.timeToAnswer)},
             {"From prompt to worker", timesText(now.timeToWorker)},
             {"Waiting", levelText(now.waiting, now.waitingPeak)},
             {"At work", levelText(now.running, now.runningPeak)},
             {"Messages to the editor", levelText(now.outboxWaiting, now.outboxPeak)},
             {"Over the network", trafficText(now.traffic)},
             {"Errors inside", listed({{now.exceptions, "exceptions"}})},
             {"Log", grouped(now.logLines) + " lines, " + countOrNone(now.logLinesLost) + " lost"}}};
}

DiagnosticsSection soundSection(const AudioCounters& counters)
{
    if (counters.sampleRate <= 0)
        return {"Sound", {{"Sample rate", "the host has not started the sound yet"}}};
    const auto rate = static_cast<std::uint64_t>(std::llround(counters.sampleRate));
    return {
        "Sound",
        {{"Sample rate", grouped(rate) + " Hz"},
         {"Longest block announced", grouped(static_cast<std::uint64_t>(counters.maximumFrames)) + " frames"},
         {"Blocks played", grouped(counters.blocks)},
         {"Blocks that met a preset", shareOf(counters.keptBlocks, counters.blocks)},
         {"Blocks longer than announced", countOrNone(counters.longerBlocks)},
         {"Input that was no number", countOrNone(counters.nonFiniteInputs)},
         {"Chain started afresh", countOrNone(counters.faults)}}};
}

DiagnosticsSection programSection()
{
    return {"Program",
            {{"Version", TONEWRIGHT_VERSION},
             {"Log", withoutHome((stateDirectory() / "tonewright.log").string())}}};
}

std::string diagnosticsReport(const std::vector<DiagnosticsSection>& sections)
{
    std::string text = "Tonewright diagnostics\n";
    for (const auto& section : sections)
    {
        text += "\n" + section.title + "\n";
        for (const auto& line : section.lines)
            text += "  " + line.name + ": " + line.value + "\n";
    }
    return text;
}

} // namespace tonewright::plugin
