// generate and make with the offline engine: results, files, failures, Ctrl-C.

#include "Program.h"
#include "Sounds.h"
#include "tone/Preset.h"

#include <gtest/gtest.h>

#include <csignal>
#include <set>

namespace tonewright::test
{
namespace
{
nlohmann::json parsed(const std::string& text)
{
    return nlohmann::json::parse(text, nullptr, false);
}

/// A preset that validates without a word.
Preset flawless(const nlohmann::json& json)
{
    ValidationReport report;
    auto preset = presetFromJson(json, report);
    EXPECT_TRUE(preset) << (preset ? "" : preset.error().message);
    EXPECT_TRUE(report.empty()) << report.front();
    return preset ? std::move(*preset) : Preset{};
}

TEST(Generate, PrintsAPresetAndNothingElse)
{
    const Program program;
    const auto outcome = program.run({"generate", "warm jazz clean", "--engine", "offline"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(outcome.errors, "");
    const auto preset = flawless(parsed(outcome.output));
    EXPECT_EQ(preset.prompt, "warm jazz clean");
    EXPECT_EQ(preset.source.engine, "offline");
    EXPECT_FALSE(preset.source.fallback);
    EXPECT_NE(preset.explanation, "");
    EXPECT_TRUE(program.files().empty());
}

TEST(Generate, IsTheSameEveryTimeAndInAFile)
{
    const Program program;
    const auto printed = program.run({"generate", "dark doom fuzz", "--engine", "offline"});
    const auto written =
        program.run({"generate", "dark doom fuzz", "--engine", "offline", "-o", "x.tone.json"});
    EXPECT_EQ(written.exitCode, 0) << written.errors;
    EXPECT_EQ(written.output, "");
    EXPECT_EQ(program.contentOf("x.tone.json"), printed.output);
    EXPECT_EQ(program.files(), (std::vector<std::string>{"x.tone.json"}));
}

TEST(Generate, AutomaticNeedsNeitherKeyNorNetwork)
{
    const Program program;
    const auto outcome = program.run({"generate", "surf with lots of spring reverb"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(flawless(parsed(outcome.output)).source.engine, "offline");
}

TEST(Generate, AServerThatIsNotThereEndsInAMarkedFallback)
{
    Program program;
    program.environment = {"OPENAI_BASE_URL=http://127.0.0.1:9/v1",
                           "OPENAI_API_KEY=sk-secret-of-the-test-1234567890"};
    const auto outcome = program.run({"generate", "warm jazz clean"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    const auto preset = flawless(parsed(outcome.output));
    EXPECT_TRUE(preset.source.fallback);
    EXPECT_NE(preset.source.fallbackReason, "");
    EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
    EXPECT_EQ(outcome.output.find("sk-secret"), std::string::npos);
    EXPECT_EQ(outcome.errors.find("sk-secret"), std::string::npos);
}

TEST(Generate, AlternativesDiffer)
{
    const Program program;
    const auto outcome =
        program.run({"generate", "classic rock crunch", "--engine", "offline", "--count", "3"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    const auto array = parsed(outcome.output);
    ASSERT_TRUE(array.is_array());
    ASSERT_EQ(array.size(), 3u);
    std::set<std::string> different;
    for (const auto& json : array)
        different.insert(parsed(toJson(flawless(json)).dump()).at("parameters").dump());
    EXPECT_EQ(different.size(), 3u);

    EXPECT_EQ(program
                  .run({"generate", "classic rock crunch", "--engine", "offline", "--count", "3", "-o",
                        "rock.tone.json"})
                  .exitCode,
              0);
    EXPECT_EQ(program.files(),
              (std::vector<std::string>{"rock-1.tone.json", "rock-2.tone.json", "rock-3.tone.json"}));
    EXPECT_EQ(flawless(parsed(program.contentOf("rock-2.tone.json"))), flawless(array[1]));
}

TEST(Generate, WhereTheWordsLeaveNoFurtherAlternativeThereAreFewerAndOneSentenceSaysSo)
{
    const Program program;
    ASSERT_EQ(program.run({"generate", "80s clean with chorus", "--engine", "offline", "-o", "now.tone.json"})
                  .exitCode,
              0);
    const auto outcome = program.run({"generate", "turn the chorus off", "--current", "now.tone.json",
                                      "--engine", "offline", "--count", "3"});
    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_EQ(parsed(outcome.output).size(), 1u);
    EXPECT_TRUE(parsed(outcome.output).is_array()) << "as always with --count";
    EXPECT_NE(outcome.errors.find("1 of 3 made."), std::string::npos) << outcome.errors;
}

TEST(Generate, ChangesTheCurrentPreset)
{
    const Program program;
    ASSERT_EQ(program.run({"generate", "classic rock crunch", "--engine", "offline", "-o", "now.tone.json"})
                  .exitCode,
              0);
    const auto before = flawless(parsed(program.contentOf("now.tone.json")));
    const auto outcome =
        program.run({"generate", "a bit less gain", "--engine", "offline", "--current", "now.tone.json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    const auto after = flawless(parsed(outcome.output));
    EXPECT_LT(after.parameters["amp.gain"_p], before.parameters["amp.gain"_p]);
    EXPECT_EQ(after.parameters["amp.model"_p], before.parameters["amp.model"_p]);
}

TEST(Generate, HostilePromptsAreOnlyWords)
{
    const Program program;
    for (const std::string& prompt :
         {std::string("\"; rm -rf / #"), std::string("{\"format\": 1}"),
          std::string("sch\xC3\xB6ner Klang \xF0\x9F\x8E\xB8"), std::string("\xff\xfe broken bytes"),
          std::string(20'000, 'a'), std::string("$(reboot) `ls` %s%n")})
    {
        const auto outcome = program.run({"generate", prompt, "--engine", "offline"});
        EXPECT_TRUE(outcome.exitCode == 0 || (outcome.exitCode == 1 && outcome.saidOneSentence()))
            << outcome.exitCode << ' ' << outcome.errors;
        if (outcome.exitCode == 0)
            flawless(parsed(outcome.output));
    }
}

TEST(Generate, RefusesWhatCannotWorkWithOneSentence)
{
    const Program program;
    const std::vector<std::vector<std::string>> cases{
        {"generate", ""},
        {"generate", "   "},
        {"generate", "warm", "--current", "missing.tone.json"},
        {"generate", "warm", "--current", "No Such Preset"},
        {"generate", "warm", "-o", "no/such/folder/x.tone.json"},
        {"generate", "warm", "-o", "/proc/x.tone.json"},
        {"make", "warm", "-i", "missing.wav", "-o", "wet.wav", "--preset-out", "p.tone.json"},
    };
    for (const auto& arguments : cases)
    {
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.exitCode, 1) << arguments[1] << ": " << outcome.errors;
        EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
        EXPECT_EQ(outcome.output, "");
        EXPECT_TRUE(program.files().empty());
    }
}

TEST(Make, LeavesSoundAndPresetAndSaysWhatItDid)
{
    const Program program;
    ASSERT_EQ(program.run({"riff", "--style", "chords", "--seconds", "2", "-o", "dry.wav"}).exitCode, 0);
    const auto outcome = program.run({"make", "warm jazz clean with a touch of plate", "-i", "dry.wav", "-o",
                                      "wet.wav", "--preset-out", "p.tone.json", "--engine", "offline"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(outcome.output, "");
    const auto preset = flawless(parsed(program.contentOf("p.tone.json")));
    EXPECT_NE(outcome.errors.find(preset.explanation), std::string::npos);
    EXPECT_NE(outcome.errors.find("Loudness"), std::string::npos);
    EXPECT_NE(outcome.errors.find("Reverb"), std::string::npos);
    const auto wet = readSound(program / "wet.wav");
    EXPECT_EQ(wet.frames(), readSound(program / "dry.wav").frames());

    ASSERT_EQ(program.run({"render", "--preset", "p.tone.json", "-i", "dry.wav", "-o", "again.wav"}).exitCode,
              0);
    EXPECT_EQ(program.contentOf("again.wav"), program.contentOf("wet.wav"));
}

TEST(Interrupt, LeavesNothingHalfWritten)
{
    const Program program;
    writeNote(program / "dry.wav", 8'000, 1, 300);
    program.write("p.tone.json",
                  R"({ "format": "tonewright-preset", "version": 1, "name": "P", "parameters": {} })");
    const auto outcome = program.runAndSignal({"render", "--preset", "p.tone.json", "-i", "dry.wav", "-o",
                                               "wet.wav", "--quality", "hq", "--block", "1"},
                                              SIGINT, 300);
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_EQ(outcome.errors, "Cancelled.\n");
    EXPECT_EQ(program.files(), (std::vector<std::string>{"dry.wav", "p.tone.json"}));
}
} // namespace
} // namespace tonewright::test
