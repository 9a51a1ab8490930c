#include "plugin/DiagnosticsReport.h"

#include <gtest/gtest.h>

#include <string>

namespace tonewright::plugin
{
namespace
{
std::string valueOf(const DiagnosticsSection& section, const std::string& name)
{
    for (const auto& line : section.lines)
        if (line.name == name)
            return line.value;
    return "no line is called " + name;
}

TEST(DiagnosticsReport, SaysInWordsThatNothingHappenedYet)
{
    const auto generation = generationSection({});
    EXPECT_EQ(valueOf(generation, "Prompts"), "0");
    EXPECT_EQ(valueOf(generation, "Answered"), "none");
    EXPECT_EQ(valueOf(generation, "From prompt to tone"), "none yet");
    EXPECT_NE(valueOf(soundSection({}), "Sample rate").find("not started"), std::string::npos);
}

TEST(DiagnosticsReport, CountsWhatBecameOfPrompts)
{
    GenerationStatistics statistics;
    statistics.submitted = 12'345;
    statistics.answered = 12'000;
    statistics.fallbacks = 300;
    statistics.cancelled = 45;
    statistics.retries.rateLimited = 2;
    statistics.retries.timeout = 1;
    statistics.timeToAnswer = {
        12'300, {}, std::chrono::milliseconds(340), {}, std::chrono::milliseconds(1250)};
    statistics.running = 1;
    statistics.runningPeak = 2;
    statistics.traffic = {9, 1'234'567, 999};
    const auto generation = generationSection(statistics);
    EXPECT_EQ(valueOf(generation, "Prompts"), "12 345");
    EXPECT_EQ(valueOf(generation, "Answered"), "12 000 as asked, 300 offline instead");
    EXPECT_EQ(valueOf(generation, "Without an answer"), "45 cancelled");
    EXPECT_EQ(valueOf(generation, "Repeated after"), "2 rate limits, 1 timeouts");
    EXPECT_EQ(valueOf(generation, "From prompt to tone"), "mostly 340 ms, longest 1.25 s");
    EXPECT_EQ(valueOf(generation, "At work"), "1 now, 2 at most");
    EXPECT_EQ(valueOf(generation, "Over the network"), "9 requests, 1 234 kB out, 999 bytes in");
}

TEST(DiagnosticsReport, CountsWhatTheSoundSideMet)
{
    const AudioCounters counters{48'000, 64, 2'000'000, 3, 0, 17, 0};
    const auto sound = soundSection(counters);
    EXPECT_EQ(valueOf(sound, "Sample rate"), "48 000 Hz");
    EXPECT_EQ(valueOf(sound, "Blocks played"), "2 000 000");
    EXPECT_EQ(valueOf(sound, "Blocks that met a preset"), "3 (2 in a million)");
    EXPECT_EQ(valueOf(sound, "Blocks longer than announced"), "none");
    EXPECT_EQ(valueOf(sound, "Input that was no number"), "17");
}

TEST(DiagnosticsReport, IsPlainTextWithEveryLine)
{
    const std::vector<DiagnosticsSection> sections{generationSection({}), soundSection({}), programSection()};
    const auto text = diagnosticsReport(sections);
    for (const auto& section : sections)
        for (const auto& line : section.lines)
            EXPECT_NE(text.find("  " + line.name + ": " + line.value + "\n"), std::string::npos) << line.name;
}

} // namespace
} // namespace tonewright::plugin
