#include "assets/ImpulseResponseLibrary.h"

#include "ImpulseFiles.h"
#include "assets/AudioFile.h"
#include "support/Random.h"
#include "support/TemporaryFolder.h"
#include "tone/Files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <fstream>
#include <limits>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;
using test::click;
using test::writeSound;

class ImpulseResponseLibraryTest : public testing::Test
{
protected:
    test::TemporaryFolder temporary;
    const fs::path folder = temporary.path() / "kept";
    const ImpulseResponseLibrary library{folder};

    fs::path file(const std::string& name) const { return temporary.path() / name; }

    std::string refusal(const fs::path& path) const
    {
        const auto result = readImpulseResponse(path);
        return result ? std::string{} : result.error().message;
    }
};

TEST_F(ImpulseResponseLibraryTest, KeepsWhatWasImportedToTheBit)
{
    for (const int format : {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                             SF_FORMAT_AIFF | SF_FORMAT_PCM_24, SF_FORMAT_FLAC | SF_FORMAT_PCM_24})
        for (const int rate : {8'000, 44'100, 96'000, 192'000})
            for (const std::size_t channelCount : {1u, 2u})
            {
                SCOPED_TRACE(std::to_string(format) + " at " + std::to_string(rate));
                std::vector<std::vector<float>> channels;
                for (std::size_t channel = 0; channel < channelCount; ++channel)
                    channels.push_back(click(rate / 10, 0.5f - 0.1f * static_cast<float>(channel)));
                writeSound(file("My Cab"), rate, channels, format);
                const auto imported = readImpulseResponse(file("My Cab"));
                ASSERT_TRUE(imported) << imported.error().message;
                EXPECT_EQ(imported->name, "My Cab");
                EXPECT_EQ(imported->impulse.sampleRate, rate);
                EXPECT_EQ(imported->impulse.channels.size(), channelCount);
                EXPECT_EQ(imported->id, idOf(imported->impulse));
                ASSERT_TRUE(library.store(*imported));
                const auto kept = library.load(imported->id);
                ASSERT_TRUE(kept) << kept.error().message;
                EXPECT_EQ(*kept, imported->impulse);
                const auto travelled = unpacked(packed(imported->impulse), imported->id);
                ASSERT_TRUE(travelled) << travelled.error().message;
                EXPECT_EQ(*travelled, imported->impulse);
            }
}

TEST_F(ImpulseResponseLibraryTest, TheSameSoundHasOneNameAndOneFileWhateverItsLevelAndSilence)
{
    auto samples = click(2000, 0.5f);
    writeSound(file("a.wav"), 48'000, {samples});
    writeSound(file("b.wav"), 48'000, {samples, samples}); // two equal channels are mono
    samples.insert(samples.begin(), 480, 0.0f);
    samples.insert(samples.end(), 4800, 0.0f);
    for (auto& sample : samples)
        sample *= 0.25f;
    writeSound(file("c.wav"), 48'000, {samples});
    const auto a = readImpulseResponse(file("a.wav"));
    const auto b = readImpulseResponse(file("b.wav"));
    const auto c = readImpulseResponse(file("c.wav"));
    ASSERT_TRUE(a && b && c);
    EXPECT_EQ(a->id, b->id);
    EXPECT_NEAR(c->trim.lead, 0.01, 0.001);
    EXPECT_NEAR(c->trim.tail, 0.1, 0.02);
    EXPECT_NE(sentenceOn(c->trim), "");
    EXPECT_EQ(sentenceOn(a->trim), "");
    for (const auto* each : {&*a, &*b})
        ASSERT_TRUE(library.store(*each));
    const auto count = std::distance(fs::directory_iterator(folder), fs::directory_iterator());
    EXPECT_EQ(count, 1);
}

TEST_F(ImpulseResponseLibraryTest, RefusesWhatIsNoImpulseResponseWithOneSentence)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    writeSound(file("silent.wav"), 48'000, {std::vector<float>(1000)});
    writeSound(file("nan.wav"), 48'000, {{0.5f, nan, 0.1f}}, SF_FORMAT_WAV | SF_FORMAT_FLOAT);
    writeSound(file("empty.wav"), 48'000, {{}});
    writeSound(file("many.wav"), 48'000, {click(10, 1), click(10, 1), click(10, 1)});
    writeSound(file("fast.wav"), 384'000, {click(10, 1)});
    writeSound(file("long.wav"), 8'000, {std::vector<float>(8'000 * 11, 0.5f)});
    std::ofstream(file("text.wav")) << "this is not a sound";
    std::ofstream(file("nothing.wav"));
    fs::create_directory(file("folder.wav"));
    ::mkfifo(file("pipe.wav").c_str(), 0600);
    for (const char* name : {"silent.wav", "nan.wav", "empty.wav", "many.wav", "fast.wav", "long.wav",
                             "text.wav", "nothing.wav", "folder.wav", "pipe.wav", "missing.wav"})
    {
        const auto sentence = refusal(file(name));
        EXPECT_NE(sentence.find(name), std::string::npos) << sentence;
        EXPECT_TRUE(sentence.ends_with('.') && sentence.find('\n') == std::string::npos) << sentence;
    }
    EXPECT_FALSE(fs::exists(folder));
}

TEST_F(ImpulseResponseLibraryTest, DoesNotBelieveAHeaderThatPromisesGigabytes)
{
    writeSound(file("honest.wav"), 48'000, {click(2000, 0.5f)});
    auto liar = *readFile(file("honest.wav"), 10'000);
    ASSERT_EQ(liar.substr(36, 4), "data");
    for (const std::size_t place : {4u, 40u})
        liar.replace(place, 4, "\xf0\xff\xff\xff");
    std::ofstream(file("liar.wav"), std::ios::binary) << liar;
    const auto honest = readImpulseResponse(file("honest.wav"));
    const auto imported = readImpulseResponse(file("liar.wav"));
    ASSERT_TRUE(honest && imported) << imported.error().message;
    EXPECT_EQ(imported->id, honest->id);
}

TEST_F(ImpulseResponseLibraryTest, WhatIsDamagedMissingOrSomethingElseIsNotPlayed)
{
    writeSound(file("a.wav"), 48'000, {click(2000, 0.5f)});
    const auto imported = readImpulseResponse(file("a.wav"));
    ASSERT_TRUE(imported);
    EXPECT_FALSE(library.load(imported->id));
    ASSERT_TRUE(library.store(*imported));
    const auto kept = folder / (textOf(imported->id) + ".wav");
    auto bytes = *readFile(kept, 1 << 20);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x40);
    ASSERT_TRUE(writeFileAtomically(kept, bytes));
    EXPECT_FALSE(library.load(imported->id));
    ASSERT_TRUE(library.store(*imported)) << "storing it again repairs it";
    EXPECT_TRUE(library.load(imported->id));
    EXPECT_FALSE(library.load(imported->id + 1));

    auto generator = test::randomGenerator(51);
    const auto packedBytes = packed(imported->impulse);
    EXPECT_FALSE(unpacked({}, imported->id));
    EXPECT_FALSE(unpacked(packedBytes, imported->id + 1));
    for (int round = 0; round < 300; ++round)
    {
        auto changed = packedBytes;
        changed[generator() % changed.size()] = static_cast<char>(generator());
        changed.resize(1 + generator() % changed.size());
        const auto result = unpacked(changed, imported->id);
        EXPECT_TRUE(!result || *result == imported->impulse); // where the change undid itself
    }
}

TEST_F(ImpulseResponseLibraryTest, AProjectBringsNothingThatAnImportWouldRefuse)
{
    std::vector<float> highest(400); // half the sample rate, swelling and fading: no guitar there
    for (std::size_t frame = 0; frame < highest.size(); ++frame)
    {
        const auto place = static_cast<float>(frame) / static_cast<float>(highest.size());
        const auto steps = std::lround(4e6f * std::pow(std::sin(3.14159265f * place), 4.0f)); // of the grid
        highest[frame] = static_cast<float>(frame % 2 == 0 ? steps : -steps) / 8'388'608.0f;
    }
    for (const auto& samples : {std::vector<float>(400), highest})
    {
        const dsp::ImpulseResponse impulse{48'000, {samples}};
        EXPECT_FALSE(unpacked(packed(impulse), idOf(impulse)));
    }
}

TEST_F(ImpulseResponseLibraryTest, SaysWhatIsWrongWithItsFolder)
{
    std::ofstream(folder) << "in the way";
    writeSound(file("a.wav"), 48'000, {click(2000, 0.5f)});
    const auto imported = readImpulseResponse(file("a.wav"));
    ASSERT_TRUE(imported);
    const auto stored = library.store(*imported);
    ASSERT_FALSE(stored);
    EXPECT_NE(stored.error().message.find("kept"), std::string::npos) << stored.error().message;
}
} // namespace
} // namespace tonewright
