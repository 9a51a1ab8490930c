// A chain that is switched in sounds as if it had heard all that was played.
#include "dsp/InputHistory.h"

#include "SpacePlayer.h"
#include "dsp/PresetCrossfader.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr std::size_t blockFrames = 64;

ParameterSet dry()
{
    ParameterSet set;
    set["amp.enabled"_p] = set["cabinet.enabled"_p] = 0;
    return set;
}

/// The left output while `from` changes to `to` at frame `at`.
Signal playChange(const ParameterSet& from, const ParameterSet& to, const Signal& input, std::size_t at)
{
    PresetCrossfader player;
    player.prepare({rate, blockFrames, Quality::live}, from);
    Stereo output{Signal(input.size()), Signal(input.size())};
    for (std::size_t done = 0; done < input.size(); done += blockFrames)
    {
        const auto frames = std::min(blockFrames, input.size() - done);
        player.setParameters(done < at ? from : to, {});
        player.process(input.data() + done, nullptr, output[0].data() + done, output[1].data() + done,
                       static_cast<int>(frames));
    }
    return output[0];
}
} // namespace

TEST(InputHistory, remembersSamplesAndPeaksOfWindows)
{
    auto generator = tonewright::test::randomGenerator(31);
    const auto input = noise(0.5, 7000, generator);
    InputHistory history;
    history.prepare(rate);
    for (std::size_t done = 0; done < input.size(); done += 100)
        history.write(input.data() + done, nullptr, 100);
    DcBlocker blocker;
    blocker.prepare(rate, gateDetectorCorner);
    std::vector<float> peaks(12);
    for (std::size_t n = 0; n < input.size(); ++n)
        peaks[n / 600] = std::max(peaks[n / 600], std::abs(blocker.process(input[n])));
    for (int age = 1; age <= 11; ++age)
        EXPECT_EQ(history.peak(age), peaks[11 - static_cast<std::size_t>(age)]) << age;
    EXPECT_EQ(history.latestPeak(), peaks[11]);
    EXPECT_EQ(history.latestFrames(), 400);

    DelayLine line;
    for (const int longest : {100, 5000})
        for (const int omitted : {0, 30})
        {
            line.prepare(longest);
            const int length = longest / 2;
            line.recall(history.samples(1), 0.5f, length, omitted);
            EXPECT_EQ(line.length(), length);
            for (int age = 1; age <= length; ++age)
                ASSERT_EQ(line.read(age),
                          0.5f * input[input.size() - static_cast<std::size_t>(age + omitted)])
                    << age;
            line.write(0.25f);
            ASSERT_EQ(line.read(1), 0.25f);
            ASSERT_EQ(line.readBetween(3), line.read(3));
        }
}

TEST(InputHistory, aGateSwitchedInWhileNobodyPlaysStaysClosed)
{
    auto generator = tonewright::test::randomGenerator(32);
    const auto hum = noise(0.0003f, 96000, generator); // -70 dBFS
    auto to = dry();
    to["gate.enabled"_p] = 1;
    to["gate.threshold"_p] = -50;
    for (const float offset : {0.0f, 0.02f}) // of a careless interface
    {
        auto input = hum;
        for (auto& sample : input)
            sample += offset;
        const auto output = playChange(dry(), to, input, 48000);
        EXPECT_GT(rms(output, 24000, 48000), 1e-4);
        EXPECT_LT(peakOf(output, 48000 + 1440), 1e-5) << "30 ms after the request, offset " << offset;
    }
}

TEST(InputHistory, aGateBehindTheAmpStaysClosedWhileNobodyPlaysAndOpenWhileSomebodyDoes)
{
    auto generator = tonewright::test::randomGenerator(33);
    const auto hum = noise(0.0003f, 96000, generator);
    ParameterSet to;
    to.order = *completedOrder(std::array{StageId::amp, StageId::gate});
    to["amp.model"_p] = static_cast<float>(AmpModel::modernHighGain);
    to["gate.enabled"_p] = 1;
    to["gate.threshold"_p] = -30;
    auto open = to;
    open["gate.enabled"_p] = 0;
    const std::size_t settled = 48000 + 1440;
    for (const float offset : {0.0f, 0.02f}) // of a careless interface
    {
        auto input = hum;
        for (auto& sample : input)
            sample += offset;
        EXPECT_GT(peakOf(playChange(dry(), open, input, 48000), settled), 1e-3);
        EXPECT_LT(peakOf(playChange(dry(), to, input, 48000), settled), 1e-5) << offset;
    }

    // A note that has decayed far since it opened the gate.
    auto note = sine(200, 0.3, 2, rate);
    for (std::size_t n = 0; n < note.size(); ++n)
        note[n] *= static_cast<float>(std::exp(-static_cast<double>(n) / 48000));
    const auto alone = playChange(to, to, note, 0);
    const auto switched = playChange(dry(), to, note, 48000);
    ASSERT_GT(rms(alone, settled, 96000), 0.01);
    for (std::size_t first = settled; first + 480 <= 96000; first += 480)
        ASSERT_NEAR(decibels(rms(switched, first, first + 480) / rms(alone, first, first + 480)), 0, 0.5);
}

TEST(InputHistory, anOffsetOpensNoSensitiveGateBehindAnAmp)
{
    auto generator = tonewright::test::randomGenerator(35);
    auto input = noise(0.00003f, 72000, generator); // -90 dBFS
    for (auto& sample : input)
        sample += 0.02f; // -34 dBFS
    ParameterSet to;
    to.order = *completedOrder(std::array{StageId::amp, StageId::gate});
    to["gate.enabled"_p] = 1;
    for (const auto model : {AmpModel::britishCrunch, AmpModel::modernHighGain, AmpModel::boutiqueLead})
        for (const float threshold : {-40.0f, -50.0f})
        {
            to["amp.model"_p] = static_cast<float>(model);
            to["gate.threshold"_p] = threshold;
            EXPECT_LT(peakOf(playChange(dry(), to, input, 48000), 48000 + 1440), 1e-5)
                << static_cast<int>(model) << ", " << threshold;
        }
}

TEST(InputHistory, aGateBehindEchoesStaysClosedWhileNobodyPlays)
{
    auto generator = tonewright::test::randomGenerator(34);
    const auto hum = noise(0.0003f, 72000, generator);
    for (const auto& [stage, toggle] :
         {std::pair{StageId::delay, "delay.enabled"_p}, std::pair{StageId::reverb, "reverb.enabled"_p}})
    {
        auto to = dry();
        to.order = *completedOrder(std::array{stage, StageId::gate});
        to[toggle] = to["gate.enabled"_p] = 1;
        to["gate.threshold"_p] = -50;
        EXPECT_LT(peakOf(playChange(dry(), to, hum, 48000), 48000 + 1440), 1e-5) << nameOf(stage);
    }
}

TEST(InputHistory, aGateSwitchedInClosesWhenItWouldHave)
{
    auto to = dry();
    to["gate.enabled"_p] = 1;
    to["gate.threshold"_p] = -40;
    to["gate.release"_p] = 100;
    auto input = sine(200, 0.1, 2, rate);
    for (std::size_t n = 48000; n < input.size(); ++n)
        input[n] *= static_cast<float>(0.02 + 0.98 * std::exp(-(static_cast<double>(n) - 48000) / 480));
    const auto alone = playChange(to, to, input, 0);
    for (const std::size_t after : {576u, 1920u, 3200u, 4800u, 9600u})
    {
        const auto output = playChange(dry(), to, input, 48000 + after);
        const auto settled = 48000 + after + 1536;
        EXPECT_LE(
            largestDifference(Signal(output.begin() + static_cast<std::ptrdiff_t>(settled), output.end()),
                              Signal(alone.begin() + static_cast<std::ptrdiff_t>(settled), alone.end())),
            1e-4)
            << after;
    }
}

TEST(InputHistory, aSlowCompressorSwitchedInIsTurnedDownAsFarAsItWouldBe)
{
    auto to = dry();
    to["compressor.enabled"_p] = 1;
    to["compressor.type"_p] = static_cast<float>(CompressorType::optical);
    to["compressor.threshold"_p] = -40;
    to["compressor.ratio"_p] = 8;
    to["compressor.release"_p] = 600;
    to["compressor.attack"_p] = 40;
    // Strokes that fade: what the photo-resistor remembers of them decides how loud the next is.
    auto input = sine(220, 0.3, 8, rate);
    for (std::size_t n = 0; n < input.size(); ++n)
        input[n] *= static_cast<float>(std::exp(-static_cast<double>(n % 24000) / 4000));
    const auto alone = playChange(to, to, input, 0);
    const auto output = playChange(dry(), to, input, 310016);
    for (std::size_t first = 310016 + 1536; first + 480 <= input.size(); first += 480)
        ASSERT_NEAR(decibels(rms(output, first, first + 480) / rms(alone, first, first + 480)), 0, 1)
            << first;
}

TEST(InputHistory, voicesOfTheRightChannelAloneAreThereAtOnceAtEveryRate)
{
    constexpr std::size_t frames = 64;
    for (const double sampleRate : {44100.0, 96000.0, 192000.0})
        for (const auto type : {PitchType::polyphonic, PitchType::octaveDown})
            for (const float shift : {-12.0f, 12.0f})
            {
                auto to = dry();
                to["pitch.enabled"_p] = 1;
                to["pitch.type"_p] = static_cast<float>(type);
                to["pitch.shift"_p] = shift;
                to["pitch.mix"_p] = 100;
                const auto input = softSine(220, 0.2, 0.7, sampleRate);
                const Signal silence(frames);
                const auto play = [&](const ParameterSet& from)
                {
                    PresetCrossfader player;
                    player.prepare({sampleRate, frames, Quality::live}, from);
                    Stereo output{Signal(input.size()), Signal(input.size())};
                    for (std::size_t done = 0; done + frames <= input.size(); done += frames)
                    {
                        player.setParameters(static_cast<double>(done) < 0.5 * sampleRate ? from : to, {});
                        player.process(silence.data(), input.data() + done, output[0].data() + done,
                                       output[1].data() + done, frames);
                    }
                    return output[1];
                };
                const auto alone = play(to);
                const auto switched = play(dry());
                const auto window = static_cast<std::size_t>(0.01 * sampleRate);
                for (auto first = static_cast<std::size_t>(0.53 * sampleRate);
                     first + 2 * window <= input.size(); first += window)
                    ASSERT_NEAR(
                        decibels(rms(switched, first, first + window) / rms(alone, first, first + window)), 0,
                        1.5)
                        << sampleRate << ", " << shift << ", type " << static_cast<int>(type);
            }
}

TEST(InputHistory, aShiftedVoiceIsThereAtOnce)
{
    for (const float shift : {-12.0f, 7.0f, 12.0f, 24.0f})
    {
        auto to = dry();
        to["pitch.enabled"_p] = 1;
        to["pitch.shift"_p] = shift;
        to["pitch.mix"_p] = 100;
        const auto output = playChange(dry(), to, softSine(220, 0.2, 1.5, rate), 48000);
        const double steady = rms(output, 24000, 48000);
        for (std::size_t first = 48000; first < 48000 + 9600; first += 48)
            EXPECT_GT(decibels(rms(output, first, first + 480) / steady), -3)
                << shift << ", " << first - 48000;
    }
}

} // namespace tonewright::dsp::test
