// render: rates, channels, blocks, alignment, tails, and files that cannot be used.

#include "Program.h"
#include "Sounds.h"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <limits>

namespace tonewright::test
{
namespace
{
constexpr const char* preset = R"({ "format": "tonewright-preset", "version": 1, "name": "Crunch",
    "parameters": { "amp.model": "british_crunch", "amp.gain": 5, "delay.enabled": true, "delay.time": 60,
                    "reverb.enabled": true } })";

constexpr const char* bypass = R"({ "format": "tonewright-preset", "version": 1, "name": "Nothing",
    "parameters": { "amp.enabled": false, "cabinet.enabled": false } })";

class Render : public ::testing::Test
{
protected:
    void SetUp() override { program.write("p.tone.json", preset); }

    Outcome render(std::vector<std::string> more = {}, const std::string& input = "dry.wav") const
    {
        std::vector<std::string> arguments{"render", "--preset", "p.tone.json", "-i", input, "-o", "wet.wav"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return program.run(arguments);
    }

    /// The render fails with one sentence and leaves nothing behind.
    void expectRefusal(const Outcome& outcome, const char* about) const
    {
        EXPECT_EQ(outcome.exitCode, 1) << outcome.errors;
        EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
        EXPECT_NE(outcome.errors.find(about), std::string::npos) << outcome.errors;
        EXPECT_EQ(outcome.output, "");
        for (const auto& name : program.files())
            EXPECT_TRUE(name == "p.tone.json" || name.starts_with("dry")) << name << " was left behind";
    }

    Program program;
};

TEST_F(Render, EveryRateMonoAndStereoComesBackAsFloatStereoOfTheSameLength)
{
    for (const int rate : {8'000, 44'100, 48'000, 96'000, 192'000})
        for (const int channels : {1, 2})
        {
            writeNote(program / "dry.wav", rate, channels, 0.3);
            const auto outcome = render();
            ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
            EXPECT_EQ(outcome.output, "");
            const auto wet = readSound(program / "wet.wav");
            EXPECT_EQ(wet.sampleRate, rate);
            EXPECT_EQ(wet.channels, 2);
            EXPECT_EQ(wet.format, SF_FORMAT_WAV | SF_FORMAT_FLOAT);
            EXPECT_EQ(wet.frames(), readSound(program / "dry.wav").frames());
            EXPECT_GT(wet.peak(), 0.01f);
            EXPECT_LT(wet.peak(), 8.0f);
        }
}

TEST_F(Render, TheBlockSizeIsNotHeard)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.4);
    ASSERT_EQ(render({"--block", "512"}).exitCode, 0);
    const auto reference = readSound(program / "wet.wav");
    for (const char* block : {"1", "7", "64", "65536"})
    {
        ASSERT_EQ(render({"--block", block}).exitCode, 0);
        const auto wet = readSound(program / "wet.wav");
        ASSERT_EQ(wet.samples.size(), reference.samples.size());
        float difference = 0;
        for (std::size_t n = 0; n < wet.samples.size(); ++n)
            difference = std::max(difference, std::abs(wet.samples[n] - reference.samples[n]));
        EXPECT_LT(difference, 1e-5f * reference.peak()) << "blocks of " << block;
    }
}

TEST_F(Render, TheSameTwiceIsByteForByteTheSame)
{
    writeNote(program / "dry.wav", 44'100, 2, 0.3);
    ASSERT_EQ(render().exitCode, 0);
    const auto first = program.contentOf("wet.wav");
    ASSERT_EQ(render().exitCode, 0);
    EXPECT_EQ(first, program.contentOf("wet.wav"));
}

TEST_F(Render, StaysAlignedWithTheInputInBothQualities)
{
    program.write("p.tone.json", bypass);
    std::vector<float> click(4'800, 0.0f);
    click[1'234] = 0.5f;
    writeSamples(program / "dry.wav", 48'000, 1, click);
    for (const char* quality : {"live", "hq"})
    {
        ASSERT_EQ(render({"--quality", quality}).exitCode, 0);
        const auto wet = readSound(program / "wet.wav");
        std::size_t loudest = 0;
        for (std::size_t frame = 0; frame < wet.frames(); ++frame)
            if (std::abs(wet.samples[2 * frame]) > std::abs(wet.samples[2 * loudest]))
                loudest = frame;
        EXPECT_EQ(loudest, 1'234u) << quality;
    }
}

TEST_F(Render, ATailGoesOnAfterTheInput)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.3);
    ASSERT_EQ(render({"--tail", "0.5"}).exitCode, 0);
    const auto wet = readSound(program / "wet.wav");
    EXPECT_EQ(wet.frames(), readSound(program / "dry.wav").frames() + 24'000);
    float tail = 0;
    for (std::size_t n = wet.samples.size() - 24'000; n < wet.samples.size(); ++n)
        tail = std::max(tail, std::abs(wet.samples[n]));
    EXPECT_GT(tail, 1e-4f) << "the reverb rings on";
}

TEST_F(Render, TakesPresetsOfTheLibraryByName)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.1);
    const auto list = program.run({"presets", "list"}).output;
    const auto name = list.substr(0, list.find("  "));
    ASSERT_FALSE(name.empty());
    const auto outcome = program.run({"render", "--preset", name, "-i", "dry.wav", "-o", "wet.wav"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
}

TEST_F(Render, WhatIsNoNumberIsTakenAsSilence)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> samples(9'600, 0.1f);
    samples[100] = nan;
    samples[5'000] = std::numeric_limits<float>::infinity();
    writeSamples(program / "dry.wav", 48'000, 1, samples);
    ASSERT_EQ(render().exitCode, 0);
    for (const float sample : readSound(program / "wet.wav").samples)
        ASSERT_TRUE(std::isfinite(sample));
}

TEST_F(Render, ReplacesItsOwnInputSafely)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.1);
    const auto outcome = program.run({"render", "--preset", "p.tone.json", "-i", "dry.wav", "-o", "dry.wav"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(readSound(program / "dry.wav").channels, 2);
}

TEST_F(Render, RefusesFilesThatAreNoPlayableRecording)
{
    expectRefusal(render({}, "missing.wav"), "missing.wav");
    program.write("dry.wav", "This is a letter, not a recording.");
    expectRefusal(render(), "not a WAV file");
    program.write("dry.wav", "");
    expectRefusal(render(), "dry.wav");
    program.write("dry.wav", "RIFF\xff\xff\xff\x7fWAVEfmt ");
    expectRefusal(render(), "dry.wav");
    writeSamples(program / "dry.wav", 48'000, 1, {});
    expectRefusal(render(), "no sound");
    writeNote(program / "dry.wav", 384'000, 1, 0.1);
    expectRefusal(render(), "384000 Hz");
    writeNote(program / "dry.wav", 4'000, 1, 0.1);
    expectRefusal(render(), "4000 Hz");
    writeNote(program / "dry.wav", 48'000, 3, 0.1);
    expectRefusal(render(), "3 channels");
    expectRefusal(render({}, "."), "not a regular file");
}

TEST_F(Render, RefusesPresetsThatAreNone)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.1);
    program.write("p.tone.json", "{ \"format\": ");
    expectRefusal(render(), "p.tone.json");
    program.write("p.tone.json", "[1, 2, 3]");
    expectRefusal(render(), "p.tone.json");
    expectRefusal(program.run({"render", "--preset", "no/such.tone.json", "-i", "dry.wav", "-o", "wet.wav"}),
                  "no/such.tone.json");
    expectRefusal(program.run({"render", "--preset", "No Such Preset", "-i", "dry.wav", "-o", "wet.wav"}),
                  "No Such Preset");
}

TEST_F(Render, WarnsAboutUnknownAndImpossibleValuesAndGoesOn)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.1);
    program.write("p.tone.json", R"({ "format": "tonewright-preset", "version": 1, "name": "Odd",
        "parameters": { "amp.gain": 99, "amp.turbo": 3, "delay.enabled": "perhaps", "amp.model": "banana" } })");
    const auto outcome = render();
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    for (const char* id : {"amp.gain", "amp.turbo", "delay.enabled", "amp.model"})
        EXPECT_NE(outcome.errors.find(id), std::string::npos) << outcome.errors;
    EXPECT_EQ(outcome.output, "");
    EXPECT_GT(readSound(program / "wet.wav").frames(), 0u);
}

TEST_F(Render, RefusesPlacesThatCannotBeWritten)
{
    writeNote(program / "dry.wav", 48'000, 1, 0.1);
    const auto renderTo = [&](const std::string& output) {
        return program.run({"render", "--preset", "p.tone.json", "-i", "dry.wav", "-o", output});
    };
    expectRefusal(renderTo("no/such/folder/wet.wav"), "no/such/folder");
    expectRefusal(renderTo("p.tone.json/wet.wav"), "p.tone.json");
    expectRefusal(renderTo("."), "directory");
    expectRefusal(renderTo("/proc/wet.wav"), "/proc/wet.wav");
}
} // namespace
} // namespace tonewright::test
