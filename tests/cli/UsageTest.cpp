// Exit code 2: everything the program cannot understand.

#include "Program.h"
#include "Sounds.h"

#include <gtest/gtest.h>

namespace tonewright::test
{
namespace
{
TEST(Usage, WhatCannotBeUnderstoodIsExitCodeTwoAndWritesNothing)
{
    const Program program;
    program.write("p.tone.json",
                  R"({ "format": "tonewright-preset", "version": 1, "name": "P", "parameters": {} })");
    writeNote(program / "dry.wav", 48'000, 1, 0.05);
    const std::vector<std::string> render{"render",  "--preset", "p.tone.json", "-i",
                                          "dry.wav", "-o",       "wet.wav"};
    const auto with = [](std::vector<std::string> arguments, std::initializer_list<const char*> more)
    {
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    };
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"sing"},
        {"--loud"},
        {"generate"},
        {"generate", "a", "b"},
        {"generate", "warm", "--engine", "magic"},
        {"generate", "warm", "--count", "0"},
        {"generate", "warm", "--count", "many"},
        {"generate", "warm", "--tempo", "-3"},
        {"generate", "warm", "--tempo", "nan"},
        {"generate", "warm", "-o"},
        {"render"},
        {"render", "-i", "dry.wav", "-o", "wet.wav"},
        {"render", "--preset", "p.tone.json", "-o", "wet.wav"},
        {"render", "--preset", "p.tone.json", "-i", "dry.wav"},
        with(render, {"--block", "0"}),
        with(render, {"--block", "-1"}),
        with(render, {"--block", "65537"}),
        with(render, {"--block", "1.5"}),
        with(render, {"--block", "x"}),
        with(render, {"--quality", "best"}),
        with(render, {"--tail", "-1"}),
        with(render, {"--tail", "1e9"}),
        with(render, {"--tail", "nan"}),
        with(render, {"--tail", ""}),
        with(render, {"--louder"}),
        {"make", "warm", "-i", "dry.wav"},
        {"riff", "-o", "x.wav"},
        {"riff", "--style", "yodel", "-o", "x.wav"},
        {"riff", "--style", "lead"},
        {"riff", "--style", "lead", "--seconds", "0", "-o", "x.wav"},
        {"riff", "--style", "lead", "--seconds", "1e6", "-o", "x.wav"},
        {"riff", "--style", "lead", "--rate", "384000", "-o", "x.wav"},
        {"measure"},
        {"tune"},
        {"tune", "x.wav", "--reference", "415"},
        {"picture", "--dry", "dry.wav", "-o", "x.png"},
        {"presets"},
        {"presets", "burn"},
        {"presets", "show"},
        {"presets", "export", "x"},
        {"doctor", "now"},
    };
    for (const auto& arguments : wrong)
    {
        std::string line = "tonewright";
        for (const auto& argument : arguments)
            line += " '" + argument + "'";
        SCOPED_TRACE(line);
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.exitCode, 2);
        EXPECT_EQ(outcome.output, "");
        EXPECT_NE(outcome.errors, "");
        EXPECT_EQ(program.files(), (std::vector<std::string>{"dry.wav", "p.tone.json"}));
    }
}

TEST(Usage, HelpAndVersionAreResults)
{
    const Program program;
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"--help"}, {"--version"}, {"render", "--help"}, {"presets", "show", "-h"}})
    {
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.exitCode, 0);
        EXPECT_NE(outcome.output, "");
        EXPECT_EQ(outcome.errors, "");
    }
}
} // namespace
} // namespace tonewright::test
