// riff, measure, tune, picture, params, schema, presets, doctor.

#include "Program.h"
#include "Sounds.h"
#include "tone/ParameterTable.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace tonewright::test
{
namespace
{
using nlohmann::json;

json parsed(const std::string& text)
{
    return json::parse(text, nullptr, false);
}

TEST(Riff, EveryStyleIsAMonoRecording)
{
    const Program program;
    for (const char* style : {"chords", "lead", "palm-mute", "arpeggio"})
    {
        const auto outcome = program.run({"riff", "--style", style, "--seconds", "1.5", "-o", "dry.wav"});
        ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
        EXPECT_EQ(outcome.output + outcome.errors, "");
        const auto dry = readSound(program / "dry.wav");
        EXPECT_EQ(dry.channels, 1);
        EXPECT_EQ(dry.sampleRate, 48'000);
        EXPECT_EQ(dry.frames(), 72'000u);
        EXPECT_NEAR(dry.peak(), 0.355f, 0.02f);
    }
    EXPECT_EQ(program.run({"riff", "--style", "lead", "-o", "no/such/dry.wav"}).exitCode, 1);
}

TEST(Measure, SaysTheSameInWordsAndInJson)
{
    const Program program;
    writeNote(program / "note.wav", 44'100, 1, 1.0);
    const auto text = program.run({"measure", "note.wav"});
    EXPECT_EQ(text.exitCode, 0);
    EXPECT_EQ(text.errors, "");
    EXPECT_NE(text.output.find("LUFS"), std::string::npos);
    const auto figures = parsed(program.run({"measure", "note.wav", "--json"}).output);
    ASSERT_TRUE(figures.is_object());
    for (const char* key : {"sampleRate", "seconds", "channels", "loudness", "truePeak", "rms", "crestFactor",
                            "brightness", "lows", "mids", "highs", "scoop", "dynamicSpread", "decaySeconds",
                            "echoMilliseconds", "stereoWidth", "dcOffset"})
        EXPECT_TRUE(figures.value(key, json()).is_number()) << key;
    EXPECT_EQ(figures["sampleRate"], 44'100);
    EXPECT_NEAR(figures["decaySeconds"].get<double>(), 6.9 / 2, 0.4);
}

TEST(Measure, SaysWhatAPresetDoes)
{
    const Program program;
    program.write("echo.tone.json",
                  R"({"format": "tonewright-preset", "version": 1, "name": "Echo", "parameters":
        {"delay.enabled": true, "delay.time": 400, "delay.mix": 40, "delay.feedback": 40}})");
    const auto figures = parsed(program.run({"measure", "--preset", "echo.tone.json", "--json"}).output);
    ASSERT_TRUE(figures.is_object());
    for (const char* key :
         {"loudness", "brightness", "distortion20", "distortion40", "wetRatio", "reverbSeconds",
          "firstEchoMilliseconds", "echoRepeats", "echoLevel", "tremoloDepth", "tremoloRate",
          "pitchDeviation", "pitchRate", "sweep", "sweepRate", "gateGain", "noiseWidth"})
        EXPECT_TRUE(figures.value(key, json()).is_number()) << key;
    EXPECT_NEAR(figures["firstEchoMilliseconds"].get<double>(), 400, 2);
    EXPECT_GE(figures["echoRepeats"], 2);
    EXPECT_EQ(figures["reverbSeconds"], 0);

    writeNote(program / "note.wav", 44'100, 1, 1.0);
    const auto text = program.run({"measure", "note.wav", "--preset", "echo.tone.json"});
    EXPECT_EQ(text.exitCode, 0) << text.errors;
    EXPECT_NE(text.output.find("Distortion at -40 dBFS"), std::string::npos);
}

TEST(Measure, WantsSomethingToMeasure)
{
    const Program program;
    EXPECT_EQ(program.run({"measure"}).exitCode, 2);
    EXPECT_EQ(program.run({"measure", "--preset", "no.tone.json"}).exitCode, 1);
    EXPECT_EQ(program.run({"measure", "--tempo", "120"}).exitCode, 2);
}

TEST(Measure, RefusesWhatIsNoRecording)
{
    const Program program;
    program.write("letter.wav", "Dear guitar,");
    for (const char* file : {"missing.wav", "letter.wav", "."})
    {
        const auto outcome = program.run({"measure", file});
        EXPECT_EQ(outcome.exitCode, 1);
        EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
        EXPECT_EQ(outcome.output, "");
    }
}

TEST(Tune, NamesTheNoteInWordsAndInJson)
{
    const Program program;
    writeNote(program / "note.wav", 44'100, 2, 1.0);
    const auto text = program.run({"tune", "note.wav"});
    EXPECT_EQ(text.exitCode, 0) << text.errors;
    EXPECT_NE(text.output.find("A3"), std::string::npos) << text.output;
    const auto notes = parsed(program.run({"tune", "note.wav", "--json"}).output);
    ASSERT_EQ(notes.size(), 1u);
    EXPECT_EQ(notes[0]["note"], "A3");
    EXPECT_NEAR(notes[0]["cents"].get<double>(), 0, 1);
    EXPECT_NEAR(notes[0]["frequency"].get<double>(), 220, 0.2);
    const auto flat = parsed(program.run({"tune", "note.wav", "--reference", "443", "--json"}).output);
    EXPECT_NEAR(flat[0]["cents"].get<double>(), 1200 * std::log2(440.0 / 443), 1);
}

TEST(Tune, SaysThatChordsHaveNoPitch)
{
    const Program program;
    program.run({"riff", "--style", "chords", "--seconds", "2", "-o", "dry.wav"});
    const auto outcome = program.run({"tune", "dry.wav"});
    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_EQ(outcome.output, "");
    EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
    EXPECT_EQ(program.run({"tune", "missing.wav"}).exitCode, 1);
}

TEST(Picture, DrawsWhateverTheTitle)
{
    const Program program;
    writeNote(program / "dry.wav", 8'000, 1, 0.5);
    writeNote(program / "wet.wav", 48'000, 2, 0.7);
    writeSamples(program / "silence.wav", 48'000, 1, {0.0f});
    for (const std::string& title : {std::string(), std::string("sch\xC3\xB6n \xE2\x99\xAB"),
                                     std::string("\xff\xfe"), std::string(5'000, 'w')})
        for (const char* dry : {"dry.wav", "silence.wav"})
        {
            const auto outcome = program.run(
                {"picture", "--dry", dry, "--wet", "wet.wav", "--title", title, "-o", "tone.png"});
            ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
            const auto png = program.contentOf("tone.png");
            EXPECT_TRUE(png.starts_with("\x89PNG\r\n"));
            EXPECT_EQ(png.substr(16, 8), std::string("\0\0\x06\x40\0\0\x03\xe8", 8)) << "1600 x 1000";
        }
    EXPECT_EQ(program.run({"picture", "--dry", "no.wav", "--wet", "wet.wav", "-o", "x.png"}).exitCode, 1);
}

TEST(Params, NameEveryParameter)
{
    const Program program;
    const auto outcome = program.run({"params"});
    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_EQ(outcome.errors, "");
    const auto array = parsed(outcome.output);
    ASSERT_EQ(array.size(), parameterCount);
    for (const auto& entry : array)
        for (const char* key : {"id", "stage", "name", "unit", "type", "default", "choices"})
            EXPECT_TRUE(entry.contains(key)) << key;
}

TEST(Schema, IsAJsonSchema)
{
    const Program program;
    const auto schema = parsed(program.run({"schema"}).output);
    EXPECT_TRUE(schema.contains("$schema"));
    EXPECT_TRUE(schema["properties"]["parameters"]["properties"].contains("amp.gain"));
}

TEST(Presets, ListShowSearchExportAndImportGoRound)
{
    const Program program;
    const auto list = program.run({"presets", "list"});
    EXPECT_EQ(list.exitCode, 0);
    EXPECT_GE(std::count(list.output.begin(), list.output.end(), '\n'), 16);
    const auto name = list.output.substr(0, list.output.find("  "));

    const auto shown = program.run({"presets", "show", name});
    EXPECT_EQ(shown.exitCode, 0);
    EXPECT_EQ(parsed(shown.output).value("name", ""), name);
    EXPECT_NE(program.run({"presets", "search", name}).output.find(name), std::string::npos);
    EXPECT_EQ(program.run({"presets", "export", name, "copy.tone.json"}).exitCode, 0);
    EXPECT_EQ(program.contentOf("copy.tone.json"), shown.output);

    auto mine = parsed(shown.output);
    mine["name"] = "My Own Sound";
    program.write("mine.tone.json", mine.dump());
    const auto imported = program.run({"presets", "import", "mine.tone.json"});
    EXPECT_EQ(imported.exitCode, 0) << imported.errors;
    EXPECT_EQ(imported.output, "My Own Sound\n");
    EXPECT_NE(program.run({"presets", "list"}).output.find("My Own Sound"), std::string::npos);
    EXPECT_EQ(program.run({"presets", "show", "my own sound"}).exitCode, 0);
    EXPECT_TRUE(std::filesystem::exists(program / "config/presets/my-own-sound.tone.json"));
}

TEST(Presets, RefuseWhatIsNotThere)
{
    const Program program;
    program.write("letter.tone.json", "Dear guitar,");
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"presets", "show", "Nobody"},
                                               {"presets", "export", "Nobody", "x.tone.json"},
                                               {"presets", "import", "missing.tone.json"},
                                               {"presets", "import", "letter.tone.json"}})
    {
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.exitCode, 1);
        EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
        EXPECT_EQ(program.files(), (std::vector<std::string>{"letter.tone.json"}));
    }
}

TEST(Doctor, SaysWhatWorksAndNeverTheKey)
{
    Program program;
    const auto plain = program.run({"doctor"});
    EXPECT_EQ(plain.exitCode, 0) << plain.errors;
    EXPECT_NE(plain.output.find("not configured"), std::string::npos) << plain.output;

    program.environment = {"OPENAI_BASE_URL=http://127.0.0.1:9/v1",
                           "OPENAI_API_KEY=sk-secret-of-the-test-1234567890"};
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"doctor"}, {"doctor", "--json"}})
    {
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
        EXPECT_EQ((outcome.output + outcome.errors).find("secret"), std::string::npos);
    }
    const auto report = parsed(program.run({"doctor", "--json"}).output);
    EXPECT_EQ(report["openai"]["keyFound"], true);
    EXPECT_EQ(report["openai"]["keyOrigin"], "environment");
    EXPECT_EQ(report["openai"]["reachable"], false);
    EXPECT_GE(report["presets"]["factory"], 16);
    EXPECT_EQ(report["presets"]["user"], 0);
    EXPECT_FALSE(report["simd"].empty());
    EXPECT_FALSE(report["simdInUse"].get<std::string>().empty());
    EXPECT_EQ(report["generation"]["answered"], 1) << "a prompt goes through queue, worker and outbox";
    EXPECT_EQ(report["generation"]["workers"], 2);
    EXPECT_TRUE(report["curl"].is_string());
    EXPECT_GT(report["log"]["lines"], 0) << "of the runs before";
    EXPECT_EQ(report["keyring"], "none") << "a test never asks the desktop's keyring";
    EXPECT_EQ(report["configDirectory"], (program / "config").string());
}
} // namespace
} // namespace tonewright::test
