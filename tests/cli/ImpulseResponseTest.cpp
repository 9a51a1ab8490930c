// render and make with --ir: what sounds, what is kept, and files that are no impulse responses.

#include "Program.h"
#include "Sounds.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tonewright::test
{
namespace
{
constexpr const char* clean = R"({ "format": "tonewright-preset", "version": 1, "name": "Clean",
    "parameters": { "amp.enabled": false } })";

class ImpulseResponse : public ::testing::Test
{
protected:
    void SetUp() override
    {
        program.write("p.tone.json", clean);
        writeNote(program / "dry.wav", 48'000, 1, 0.5);
    }

    void writeImpulse(const std::string& name, int rate, float pole, float peak = 0.5f,
                      std::size_t lead = 0) const
    {
        std::vector<float> samples(lead);
        for (float level = peak; level > 1e-6f; level *= pole)
            samples.push_back(samples.size() % 2 == lead % 2 ? level : -0.5f * level);
        writeSamples(program / name, rate, 1, samples);
    }

    std::vector<float> render(std::vector<std::string> more)
    {
        std::vector<std::string> arguments{"render",  "--preset", "p.tone.json", "-i",
                                           "dry.wav", "-o",       "wet.wav"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
        errors = outcome.errors;
        return readSound(program / "wet.wav").samples;
    }

    static double level(const std::vector<float>& samples)
    {
        double sum = 0;
        for (const float sample : samples)
            sum += static_cast<double>(sample) * static_cast<double>(sample);
        return 10 * std::log10(sum / static_cast<double>(samples.size()));
    }

    Program program;
    std::string errors;
};

TEST_F(ImpulseResponse, IsPlayedAtAnyRateAndLevelAsLoudAsOurCabinetsAndNothingIsKept)
{
    const auto own = render({});
    writeImpulse("dark.wav", 48'000, 0.97f);
    const auto dark = render({"--ir", "dark.wav"});
    EXPECT_EQ(errors, "");
    EXPECT_NE(dark, own);
    EXPECT_NEAR(level(dark), level(own), 6) << "a single note is no guitar's spectrum";
    writeImpulse("quiet.wav", 48'000, 0.97f, 0.01f, 480);
    const auto quiet = render({"--ir", "quiet.wav"});
    EXPECT_NE(errors.find("10 ms of silence at its start"), std::string::npos) << errors;
    ASSERT_EQ(quiet.size(), dark.size());
    double difference = 0;
    for (std::size_t n = 0; n < dark.size(); ++n)
        difference =
            std::max(difference, std::abs(static_cast<double>(quiet[n]) - static_cast<double>(dark[n])));
    EXPECT_LT(difference, 1e-3) << "its level and its silence are not heard";
    for (const int rate : {8'000, 96'000})
    {
        writeImpulse("other.wav", rate, 0.97f);
        render({"--ir", "other.wav"});
    }
    EXPECT_FALSE(std::filesystem::exists(program.folder() / "config" / "impulse-responses"));
}

TEST_F(ImpulseResponse, AMadePresetNamesItAndFindsItAgain)
{
    writeImpulse("My 4x12.wav", 44'100, 0.95f);
    const auto made = program.run({"make", "crunchy rhythm", "--engine", "offline", "-i", "dry.wav", "-o",
                                   "wet.wav", "--ir", "My 4x12.wav", "--preset-out", "p.tone.json"});
    ASSERT_EQ(made.exitCode, 0) << made.errors;
    const auto preset = program.contentOf("p.tone.json");
    EXPECT_NE(preset.find("\"name\": \"My 4x12\""), std::string::npos) << preset;
    EXPECT_NE(preset.find("\"cabinet.model\": \"user\""), std::string::npos);
    const auto wet = readSound(program / "wet.wav").samples;
    std::filesystem::remove(program / "My 4x12.wav");
    EXPECT_EQ(render({}), wet);
    EXPECT_EQ(errors, "");
}

TEST_F(ImpulseResponse, WhereItIsMissingOneOfOurCabinetsPlaysAndThatIsSaid)
{
    const auto own = render({});
    program.write("p.tone.json", R"({ "format": "tonewright-preset", "version": 1, "name": "Clean",
        "impulseResponse": {"name": "Lost", "hash": "0123456789abcdef"},
        "parameters": { "amp.enabled": false, "cabinet.model": "user" } })");
    EXPECT_EQ(render({}), own);
    EXPECT_NE(errors.find("'Lost' is not on this machine"), std::string::npos) << errors;
    program.write("p.tone.json", R"({ "format": "tonewright-preset", "version": 1, "name": "Clean",
        "impulseResponse": {"name": "Evil", "hash": "../../etc/passwd"},
        "parameters": { "amp.enabled": false, "cabinet.model": "user" } })");
    EXPECT_EQ(render({}), own);
    EXPECT_NE(errors.find("16 hexadecimal digits"), std::string::npos) << errors;
}

TEST_F(ImpulseResponse, WhatIsNoImpulseResponseIsRefusedWithOneSentence)
{
    program.write("text.wav", "no sound");
    writeSamples(program / "silent.wav", 48'000, 1, std::vector<float>(100));
    for (const char* name : {"text.wav", "silent.wav", "missing.wav", "."})
    {
        const auto outcome = program.run(
            {"render", "--preset", "p.tone.json", "-i", "dry.wav", "-o", "refused.wav", "--ir", name});
        EXPECT_EQ(outcome.exitCode, 1) << name;
        EXPECT_TRUE(outcome.saidOneSentence()) << outcome.errors;
        EXPECT_FALSE(std::filesystem::exists(program / "refused.wav"));
    }
}
} // namespace
} // namespace tonewright::test
