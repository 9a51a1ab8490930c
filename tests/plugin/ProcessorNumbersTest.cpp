#include "BusyHost.h"
#include "plugin/TonewrightProcessor.h"
#include "support/TriedPresets.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

namespace tonewright::plugin
{
namespace
{
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();
constexpr float smallest = std::numeric_limits<float>::denorm_min();

/// What must never be heard, and what numbers run into on the way there.
constexpr float poisons[] = {notANumber, -notANumber, infinity, -infinity,
                             largest,    -largest,    1e20f,    smallest};

class ProcessorNumbers : public testing::Test
{
protected:
    /// One block, judged: finite, and not louder than the limiter at the end lets anything be.
    void play(juce::AudioBuffer<float>& audio)
    {
        processor.processBlock(audio, midi);
        for (int channel = 0; channel < audio.getNumChannels(); ++channel)
            for (int frame = 0; frame < audio.getNumSamples(); ++frame)
            {
                const float sample = audio.getSample(channel, frame);
                ASSERT_TRUE(std::isfinite(sample)) << "frame " << frame << ": " << sample;
                ASSERT_NE(std::fpclassify(sample), FP_SUBNORMAL) << "frame " << frame;
                ASSERT_LE(std::abs(sample), 4.0f) << "frame " << frame;
            }
    }

    void feedTone(juce::AudioBuffer<float>& audio)
    {
        for (int frame = 0; frame < audio.getNumSamples(); ++frame, ++position)
            for (int channel = 0; channel < audio.getNumChannels(); ++channel)
                audio.setSample(channel, frame, 0.3f * std::sin(0.03f * static_cast<float>(position)));
    }

    /// The plugin plays on: a tone that goes in comes out again, however the blocks before were.
    void expectRecovered()
    {
        juce::AudioBuffer<float> audio(2, 256);
        float peak = 0;
        for (int block = 0; block < 100 && !HasFatalFailure(); ++block)
        {
            feedTone(audio);
            play(audio);
            peak = audio.getMagnitude(0, 256);
        }
        EXPECT_GT(peak, 1e-3f);
    }

    TonewrightProcessor processor;
    juce::MidiBuffer midi;
    int position = 0;
};

// NaN and infinity from the input, alone and in company, first, last and in the middle of the block, with
// every factory preset.
TEST_F(ProcessorNumbers, NothingThatIsNoNumberGetsFromTheInputToTheOutput)
{
    for (const auto& preset : test::presetsToTry())
    {
        SCOPED_TRACE(preset.name);
        processor.session().applyPreset(preset);
        processor.prepareToPlay(48'000, 256);
        for (const float poison : poisons)
            for (const int frames : {1, 63, 256})
                for (const int place : {0, frames / 2, frames - 1})
                {
                    SCOPED_TRACE(std::to_string(poison) + " at " + std::to_string(place));
                    juce::AudioBuffer<float> audio(2, frames);
                    feedTone(audio);
                    audio.setSample(place % 2, place, poison);
                    play(audio);
                    for (int channel = 0; channel < 2; ++channel)
                        for (int frame = 0; frame < frames; ++frame)
                            audio.setSample(channel, frame, poison);
                    play(audio);
                    if (HasFatalFailure())
                        return;
                }
        expectRecovered();
    }
    EXPECT_GT(processor.audioCounters().nonFiniteInputs, 0u);
}

TEST_F(ProcessorNumbers, NothingThatIsNoNumberGetsThroughWhileBypassed)
{
    processor.prepareToPlay(48'000, 64);
    for (const float poison : {notANumber, infinity, -infinity})
        for (int block = 0; block < 40; ++block)
        {
            juce::AudioBuffer<float> audio(2, 64);
            feedTone(audio);
            audio.setSample(block % 2, block, poison);
            processor.processBlockBypassed(audio, midi);
            for (int frame = 0; frame < 64; ++frame)
                ASSERT_TRUE(std::isfinite(audio.getSample(0, frame)) &&
                            std::isfinite(audio.getSample(1, frame)));
        }
}

// Every parameter, set by a host to what is no position of a knob; alone, and all at once.
TEST_F(ProcessorNumbers, NothingThatIsNoNumberGetsFromAParameterToTheOutput)
{
    processor.prepareToPlay(48'000, 64);
    juce::AudioBuffer<float> audio(2, 64);
    const auto playSome = [&]
    {
        for (int block = 0; block < 3 && !HasFatalFailure(); ++block)
        {
            feedTone(audio);
            play(audio);
        }
    };
    for (const float poison : {notANumber, infinity, -infinity, largest, -largest, 2.0f, -1.0f, smallest})
    {
        for (std::size_t line = 0; line < parameterCount; ++line)
        {
            const auto index = static_cast<ParameterIndex>(line);
            SCOPED_TRACE(std::string(infoOf(index).id) + " at " + std::to_string(poison));
            processor.parameter(index).setValue(poison);
            playSome();
            const float kept = processor.parameter(index).getValue();
            ASSERT_TRUE(kept >= 0.0f && kept <= 1.0f) << kept;
            processor.parameter(index).setValue(processor.parameter(index).getDefaultValue());
            if (HasFatalFailure())
                return;
        }
        for (std::size_t line = 0; line < parameterCount; ++line)
            processor.parameter(static_cast<ParameterIndex>(line)).setValue(poison);
        playSome();
    }
    processor.session().applyPreset(factoryPresets().front());
    expectRecovered();
}

TEST_F(ProcessorNumbers, NothingThatIsNoNumberGetsFromAPresetOrAStateToTheOutput)
{
    processor.prepareToPlay(48'000, 64);
    juce::AudioBuffer<float> audio(2, 64);
    const auto playSome = [&]
    {
        for (int block = 0; block < 20 && !HasFatalFailure(); ++block)
        {
            feedTone(audio);
            play(audio);
        }
    };
    for (const float poison : poisons)
    {
        SCOPED_TRACE(poison);
        Preset preset;
        preset.parameters.values.fill(poison);
        processor.session().applyPreset(preset);
        playSome();
        for (std::size_t line = 0; line < parameterCount && !HasFatalFailure(); ++line)
        {
            preset = factoryPresets().front();
            preset.parameters.values[line] = poison;
            processor.session().applyPreset(preset);
            feedTone(audio);
            play(audio);
        }
    }
    for (const std::string number : {"1e999", "-1e999", "1e308", "null", "\"NaN\"", "[]", "1e-320"})
    {
        SCOPED_TRACE(number);
        std::string parameters;
        for (const auto& info : parameterTable)
            parameters += (parameters.empty() ? "\"" : ",\"") + std::string(info.id) + "\":" + number;
        const auto state =
            R"({"format":"tonewright-state","version":1,"editor":{"width":)" + number + R"(,"height":)" +
            number + R"(},"preset":{"format":"tonewright-preset","version":1,"name":"x","parameters":{)" +
            parameters + "}}}";
        processor.setStateInformation(state.data(), static_cast<int>(state.size()));
        playSome();
    }
    processor.session().applyPreset(factoryPresets().front());
    expectRecovered();
}

/// A play head whose tempo is whatever a broken host may say.
class StrangeTempo final : public juce::AudioPlayHead
{
public:
    double tempo = 0;
    juce::Optional<PositionInfo> getPosition() const override
    {
        PositionInfo position;
        position.setBpm(tempo);
        return position;
    }
};

TEST_F(ProcessorNumbers, NothingThatIsNoNumberGetsFromTheHostToTheOutput)
{
    StrangeTempo head;
    processor.setPlayHead(&head);
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double endless = std::numeric_limits<double>::infinity();
    juce::AudioBuffer<float> audio(2, 64);
    for (const double rate :
         {nan, endless, -endless, 0.0, -48'000.0, 1e-300, 1e300, 1.0, 768'000.0, 44'099.7})
        for (const double tempo : {nan, endless, -endless, 0.0, -120.0, 1e-300, 1e300})
        {
            SCOPED_TRACE(std::to_string(rate) + " Hz, " + std::to_string(tempo) + " bpm");
            processor.session().applyPreset(factoryPresets().front());
            processor.prepareToPlay(rate, 64);
            head.tempo = tempo;
            for (int block = 0; block < 10; ++block)
            {
                feedTone(audio);
                play(audio);
                if (HasFatalFailure())
                    return;
            }
            ASSERT_TRUE(std::isfinite(processor.getTailLengthSeconds()));
            ASSERT_GE(processor.getLatencySamples(), 0);
        }
    processor.setPlayHead(nullptr);
}

double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// R5. Processor time of this thread, the quickest of many short turns taken alternately: what else the
// machine does can only make a turn slower. Denormals that are computed with cost 10 times and more.
TEST_F(ProcessorNumbers, DenormalsCostNothingR5)
{
    constexpr int frames = 64;
    constexpr int blocksPerTurn = 50;
    constexpr int turns = 9;
    double worstRatio = 0;
    for (const auto& preset : test::presetsToTry())
    {
        SCOPED_TRACE(preset.name);
        processor.session().applyPreset(preset);
        processor.prepareToPlay(48'000, frames);
        juce::AudioBuffer<float> audio(2, frames);
        const auto secondsOfTurn = [&](float amplitude)
        {
            double seconds = 0;
            for (int block = 0; block < blocksPerTurn; ++block)
            {
                for (int frame = 0; frame < frames; ++frame, ++position)
                    for (int channel = 0; channel < 2; ++channel)
                        audio.setSample(channel, frame, position % 7 < 3 ? amplitude : -amplitude);
                const double begin = threadSeconds();
                processor.processBlock(audio, midi);
                seconds += threadSeconds() - begin;
            }
            return seconds;
        };
        double usual = infinity;
        double denormal = infinity;
        for (int turn = 0; turn < turns; ++turn)
        {
            usual = std::min(usual, secondsOfTurn(0.1f));
            denormal = std::min(denormal, secondsOfTurn(1e-40f));
        }
        worstRatio = std::max(worstRatio, denormal / usual);
    }
    std::cout << "denormal input costs at most " << worstRatio << " times what a signal costs\n";
    EXPECT_LE(worstRatio, 1.5);
}

} // namespace
} // namespace tonewright::plugin
