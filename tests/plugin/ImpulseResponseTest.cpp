// The user's impulse response in the plugin: imported, heard, kept in projects, missing, swapped while it
// plays.

#include "SessionFixture.h"
#include "assets/ImpulseResponseLibrary.h"
#include "plugin/PluginState.h"
#include "support/RealtimeGuard.h"
#include "tone/Files.h"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <complex>
#include <filesystem>
#include <fstream>
#include <thread>

namespace tonewright::plugin
{
namespace
{
using test::deliverMessagesUntil;
namespace fs = std::filesystem;

constexpr int blockFrames = 64;

class ImpulseResponseTest : public SessionFixture
{
protected:
    /// A file whose sound falls by `pole` a sample.
    std::string impulseFile(const std::string& name, float pole, int channelCount = 1,
                            int frames = 3000) const
    {
        const auto path = folder.path() / (name + ".wav");
        SF_INFO info{};
        info.samplerate = 48'000;
        info.channels = channelCount;
        info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
        auto* const file = ::sf_open(path.c_str(), SFM_WRITE, &info);
        std::vector<float> samples;
        float level = 1;
        for (int frame = 0; frame < frames; ++frame, level *= pole)
            for (int channel = 0; channel < channelCount; ++channel)
                samples.push_back(channel == 0 ? level : -level);
        ::sf_write_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
        ::sf_close(file);
        return path.string();
    }

    bool load(const std::string& file)
    {
        const auto before = processor->session().currentPreset().parameters.impulseResponse;
        processor->session().loadImpulseResponse(file);
        return deliverMessagesUntil(
            [&] { return processor->session().currentPreset().parameters.impulseResponse != before; });
    }

    /// What a click sounds like after a second of silence: enough for every load and fade.
    static std::vector<float> response(TonewrightProcessor& plugin)
    {
        juce::AudioBuffer<float> audio(2, blockFrames);
        juce::MidiBuffer midi;
        for (int block = 0; block < 750; ++block)
        {
            audio.clear();
            plugin.processBlock(audio, midi);
            if (block < 40) // real time enough for the loader
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        std::vector<float> output;
        for (int block = 0; block < 40; ++block)
        {
            audio.clear();
            if (block == 0)
                audio.setSample(0, 0, 0.1f), audio.setSample(1, 0, 0.1f);
            plugin.processBlock(audio, midi);
            output.insert(output.end(), audio.getReadPointer(0), audio.getReadPointer(0) + blockFrames);
        }
        return output;
    }

    /// Only the cabinet, so that its impulse response is what a click sounds like.
    void onlyCabinet()
    {
        auto preset = processor->session().currentPreset();
        preset.parameters["amp.enabled"_p] = 0;
        processor->session().applyPreset(preset);
    }

    static double difference(const std::vector<float>& a, const std::vector<float>& b)
    {
        double largest = 0;
        for (std::size_t n = 0; n < a.size(); ++n)
            largest = std::max(largest, std::abs(static_cast<double>(a[n]) - static_cast<double>(b[n])));
        return largest;
    }
};

TEST_F(ImpulseResponseTest, ALoadedFileIsHeardShownAndUndone)
{
    onlyCabinet();
    processor->prepareToPlay(48'000, blockFrames);
    const auto before = response(*processor);
    ASSERT_TRUE(load(impulseFile("My 4x12", 0.9f)));
    const auto preset = processor->session().currentPreset();
    EXPECT_EQ(preset.impulseResponseName, "My 4x12");
    EXPECT_TRUE(usesImpulseResponse(preset.parameters));
    EXPECT_TRUE(processor->session().isEdited());
    EXPECT_FALSE(processor->session().status().isError) << processor->session().status().text;
    const auto after = response(*processor);
    EXPECT_GT(after[0], 0.001f);
    for (std::size_t n = 1; n < 40; ++n) // the output takes away what is below hearing, a little each sample
        ASSERT_NEAR(after[n] / after[0], std::pow(0.9, n), 0.02) << n;
    EXPECT_TRUE(fs::exists(folder.path() / "impulse-responses" /
                           (textOf(preset.parameters.impulseResponse) + ".wav")));
    processor->session().undo();
    EXPECT_LT(difference(response(*processor), before), 1e-6);
    processor->session().redo();
    EXPECT_LT(difference(response(*processor), after), 1e-6);
}

TEST_F(ImpulseResponseTest, SoundsFromTheFirstBlockAfterPrepareAtEveryRate)
{
    onlyCabinet();
    processor->prepareToPlay(48'000, blockFrames);
    ASSERT_TRUE(load(impulseFile("One", 0.93f)));
    for (const double rate : {44'100.0, 96'000.0, 96'000.0, 48'000.0})
    {
        processor->prepareToPlay(rate, blockFrames);
        juce::AudioBuffer<float> audio(2, blockFrames);
        juce::MidiBuffer midi;
        std::vector<float> output;
        for (int block = 0; block < 10; ++block)
        {
            audio.clear();
            if (block == 0)
                audio.setSample(0, 0, 0.1f), audio.setSample(1, 0, 0.1f);
            processor->processBlock(audio, midi);
            output.insert(output.end(), audio.getReadPointer(0), audio.getReadPointer(0) + blockFrames);
        }
        const auto magnitude = [&](double frequency)
        {
            std::complex<double> sum = 0;
            for (std::size_t n = 0; n < output.size(); ++n)
                sum += static_cast<double>(output[n]) *
                       std::polar(1.0, -2 * juce::MathConstants<double>::pi * frequency *
                                           static_cast<double>(n) / rate);
            return std::abs(sum);
        };
        const auto own = [](double frequency) {
            return 1 / std::abs(1.0 -
                                std::polar(0.93, -2 * juce::MathConstants<double>::pi * frequency / 48'000));
        };
        for (const double frequency : {2'000.0, 4'000.0, 8'000.0})
            EXPECT_NEAR(magnitude(frequency) / magnitude(1'000), own(frequency) / own(1'000), 0.02)
                << frequency << " Hz at " << rate;
    }
}

TEST_F(ImpulseResponseTest, AProjectBringsItToAnotherMachine)
{
    onlyCabinet();
    processor->prepareToPlay(48'000, blockFrames);
    ASSERT_TRUE(load(impulseFile("Travelling", 0.98f)));
    const auto here = response(*processor);
    juce::MemoryBlock state;
    processor->getStateInformation(state);
    fs::remove_all(folder.path() / "impulse-responses");

    TonewrightProcessor there;
    there.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    there.prepareToPlay(48'000, blockFrames);
    EXPECT_LT(difference(response(there), here), 1e-6);
    EXPECT_EQ(there.session().currentPreset().impulseResponseName, "Travelling");
    juce::MemoryBlock again;
    there.getStateInformation(again);
    EXPECT_EQ(again, state);
    EXPECT_TRUE(fs::exists(folder.path() / "impulse-responses")) << "a preset saved from here finds it";

    // A project that is only opened and saved loses nothing either.
    fs::remove_all(folder.path() / "impulse-responses");
    TonewrightProcessor unplayed;
    unplayed.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    for (int attempt = 0; attempt < 3; ++attempt)
    {
        juce::MemoryBlock kept;
        unplayed.getStateInformation(kept);
        EXPECT_EQ(kept, state);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

TEST_F(ImpulseResponseTest, AStateStaysBelowAMegabyte)
{
    PluginState state;
    state.preset.parameters.impulseResponse = 1;
    state.impulseBytes.assign(mostImpulseBytes, 'x');
    EXPECT_LT(stateText(state).size(), 1'000'000u);
    EXPECT_EQ(stateFromText(stateText(state))->impulseBytes, state.impulseBytes);
    state.impulseBytes.assign(mostImpulseBytes + 1, 'x');
    EXPECT_EQ(stateFromText(stateText(state))->impulseBytes, "");
    const auto text = stateText(PluginState{});
    for (const char* hostile : {R"("x")", R"({"flac":5})", R"({"flac":"%%%%"})", R"({"flac":""})", "null"})
    {
        const auto read =
            stateFromText(text.substr(0, text.size() - 1) + R"(,"impulseResponse":)" + hostile + "}");
        ASSERT_TRUE(read) << hostile;
        EXPECT_EQ(read->impulseBytes, "") << hostile;
    }
}

TEST_F(ImpulseResponseTest, AMissingOneIsToldAndACabinetOfOursPlays)
{
    onlyCabinet();
    processor->prepareToPlay(48'000, blockFrames);
    const auto own = response(*processor);
    auto preset = processor->session().currentPreset();
    preset.parameters["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    preset.parameters.impulseResponse = 12345;
    preset.impulseResponseName = "Lost";
    processor->session().applyPreset(preset);
    EXPECT_LT(difference(response(*processor), own), 1e-6);
    EXPECT_TRUE(deliverMessagesUntil([&] { return processor->session().status().isError; }));
    EXPECT_NE(processor->session().status().text.find("'Lost' is not on this machine"), std::string::npos)
        << processor->session().status().text;
}

TEST_F(ImpulseResponseTest, AFileThatIsNoneChangesNothingAndIsTold)
{
    std::ofstream(folder.path() / "text.wav") << "no sound";
    const auto before = processor->session().currentPreset();
    processor->session().loadImpulseResponse((folder.path() / "text.wav").string());
    EXPECT_TRUE(deliverMessagesUntil([&] { return processor->session().status().isError; }));
    EXPECT_NE(processor->session().status().text.find("text.wav"), std::string::npos);
    EXPECT_EQ(processor->session().currentPreset(), before);
    EXPECT_FALSE(processor->session().canUndo());
}

TEST_F(ImpulseResponseTest, NothingForbiddenAndNoDrySoundWhileImpulseResponsesAreSwapped)
{
    if (!test::RealtimeGuard::isAvailable())
        GTEST_SKIP() << "A sanitizer holds the places the guard needs.";
    onlyCabinet();
    processor->prepareToPlay(48'000, blockFrames);
    std::vector<Preset> presets{processor->session().currentPreset()};
    for (const auto& file :
         {impulseFile("a", 0.999f, 1, 48'000), impulseFile("b", 0.99f, 2), impulseFile("c", 0.9f)})
    {
        ASSERT_TRUE(load(file));
        presets.push_back(processor->session().currentPreset());
    }
    juce::AudioBuffer<float> audio(2, blockFrames);
    juce::MidiBuffer midi;
    double phase = 0;
    float loudest = 0;
    for (int block = 0; block < 1500; ++block)
    {
        if (block % 25 == 0)
            processor->session().applyPreset(presets[static_cast<std::size_t>(block / 25) % presets.size()]);
        for (int frame = 0; frame < blockFrames; ++frame)
        {
            // 12 kHz: what every cabinet takes away and a dry guitar would let through.
            phase += 2 * juce::MathConstants<double>::pi * 12'000 / 48'000;
            audio.setSample(0, frame, 0.1f * static_cast<float>(std::sin(phase)));
            audio.setSample(1, frame, audio.getSample(0, frame));
        }
        {
            test::RealtimeGuard guard;
            processor->processBlock(audio, midi);
            const auto report = guard.report();
            ASSERT_EQ(report.total(), 0u) << "block " << block << ": " << report.text();
        }
        if (block > 10)
            loudest = std::max(loudest, audio.getMagnitude(0, blockFrames));
        std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
    EXPECT_LT(loudest, 0.05f);
}

TEST_F(ImpulseResponseTest, IsDestroyedAtOnceWhileItLoads)
{
    const auto file = impulseFile("long", 0.9999f, 2, 48'000);
    for (int round = 0; round < 5; ++round)
    {
        processor->prepareToPlay(192'000, blockFrames);
        processor->session().loadImpulseResponse(file);
        std::this_thread::sleep_for(std::chrono::milliseconds(10 * round));
        const auto start = std::chrono::steady_clock::now();
        processor.reset();
        EXPECT_LT(std::chrono::steady_clock::now() - start,
                  std::chrono::seconds(2)); // the promise is 250 ms; a loaded machine is no failure
        processor = std::make_unique<TonewrightProcessor>();
    }
}
} // namespace
} // namespace tonewright::plugin
