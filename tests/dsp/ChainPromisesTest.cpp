// What the whole chain promises for every factory preset (G3 and G5 to G7).
#include "WithoutOffset.h"
#include "dsp/PresetCrossfader.h"
#include "dsp/Riff.h"
#include "support/Sanitizers.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <iostream>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr int longestBlock = 512;

/// Under a sanitizer every fourth preset does.
std::vector<Preset> presetsToTest()
{
    std::vector<Preset> chosen;
    for (std::size_t index = 0; index < factoryPresets().size(); index += isSanitized ? 4 : 1)
        chosen.push_back(factoryPresets()[index]);
    return chosen;
}

ParameterSet direct()
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].id.ends_with(".enabled"))
            set.values[index] = 0;
    return set;
}

/// Plays on from where the player is.
Stereo play(PresetCrossfader& player, const Signal& left, const Signal* right = nullptr,
            const std::function<int()>& nextBlock = {}, const ParameterSet* setEachBlock = nullptr)
{
    Stereo output{Signal(left.size()), Signal(left.size())};
    for (std::size_t done = 0; done < left.size();)
    {
        const auto wanted = static_cast<std::size_t>(nextBlock ? nextBlock() : longestBlock);
        const auto frames = std::min(wanted, left.size() - done);
        if (setEachBlock != nullptr)
            player.setParameters(*setEachBlock, {});
        player.process(left.data() + done, right != nullptr ? right->data() + done : nullptr,
                       output[0].data() + done, output[1].data() + done, static_cast<int>(frames));
        done += frames;
    }
    return output;
}

PresetCrossfader& prepared(PresetCrossfader& player, const ParameterSet& set, double sampleRate = rate,
                           Quality quality = Quality::live)
{
    player.prepare({sampleRate, longestBlock, quality}, set);
    return player;
}

Signal riff(double seconds)
{
    return synthesiseRiff(RiffStyle::chords, seconds, rate);
}

double powerBetween(const Stereo& sound, std::size_t first, std::size_t last)
{
    return std::pow(rms(sound[0], first, last), 2) + std::pow(rms(sound[1], first, last), 2);
}
} // namespace

TEST(ChainPromises, theSamePresetAppliedAgainIsTheSameBitForBit)
{
    const auto input = riff(0.4);
    for (const auto& preset : presetsToTest())
    {
        PresetCrossfader once;
        PresetCrossfader often;
        ValidationReport report;
        const auto again = presetFromText(presetFileText(preset), report);
        ASSERT_TRUE(static_cast<bool>(again)) << preset.name;
        const auto left = play(prepared(once, preset.parameters), input);
        const auto right = play(prepared(often, preset.parameters), input, nullptr, {}, &again->parameters);
        EXPECT_TRUE(left == right) << preset.name;
    }
}

TEST(ChainPromises, blockSizesDoNotMatterWhilePresetsChange)
{
    constexpr std::size_t holdFrames = 4800; // the old tails ring when the next change begins
    const auto presets = presetsToTest();
    const auto input = riff(static_cast<double>(presets.size() * holdFrames) / rate);
    auto generator = tonewright::test::randomGenerator(61);
    std::uniform_int_distribution<int> anySize(1, longestBlock);
    const auto walk = [&](const std::function<int()>& nextBlock)
    {
        PresetCrossfader player;
        prepared(player, presets[0].parameters);
        Stereo output;
        for (std::size_t index = 0; index < presets.size(); ++index)
        {
            const auto first = input.begin() + static_cast<std::ptrdiff_t>(index * holdFrames);
            const Signal part(first, first + holdFrames);
            const auto sound = play(player, part, nullptr, nextBlock, &presets[index].parameters);
            for (std::size_t side = 0; side < 2; ++side)
                output[side].insert(output[side].end(), sound[side].begin(), sound[side].end());
        }
        return output;
    };
    const auto reference = walk([] { return 512; });
    for (const int frames : {1, 7, 64, 96, 0})
    {
        const auto output = walk([&] { return frames > 0 ? frames : anySize(generator); });
        for (std::size_t side = 0; side < 2; ++side)
            EXPECT_LE(largestDifference(reference[side], output[side]), 1e-6) << "blocks of " << frames;
    }
}

TEST(ChainPromises, monoIsTheLeftOfTwoEqualChannels)
{
    const auto input = riff(0.4);
    for (const auto& preset : presetsToTest())
    {
        PresetCrossfader player;
        const auto mono = play(prepared(player, preset.parameters), input);
        const auto stereo = play(prepared(player, preset.parameters), input, &input);
        EXPECT_LE(largestDifference(mono[0], stereo[0]), 1e-6) << preset.name;
    }
}

TEST(ChainPromises, silenceInIsSilenceOut)
{
    const Signal silence(static_cast<std::size_t>(0.5 * rate));
    for (const auto& preset : presetsToTest())
    {
        PresetCrossfader player;
        for (const auto& side : play(prepared(player, preset.parameters), silence))
            EXPECT_LT(decibels(peakOf(side)), -100) << preset.name;
    }
}

TEST(ChainPromises, theReportedTailIsTheOneHeard)
{
    const auto input = riff(1);
    double longest = 0;
    for (const auto& preset : presetsToTest())
    {
        PresetCrossfader player;
        prepared(player, preset.parameters);
        const double reported = player.tailSeconds(preset.parameters);
        longest = std::max(longest, reported);
        const auto sound = play(player, input);
        constexpr std::size_t window = 9600; // 200 ms
        const double before = powerBetween(sound, sound[0].size() - 2 * window, sound[0].size());
        const auto tailFrames = static_cast<std::size_t>(reported * rate) + 2400;
        const auto tail = play(player, Signal(tailFrames + window));
        EXPECT_LT(10 * std::log10(powerBetween(tail, tailFrames, tailFrames + window) / before), -60)
            << preset.name << " sounds on after the " << reported << " s it reports";
        std::size_t heard = 0;
        for (std::size_t first = 0; first + window <= tail[0].size(); first += window)
            if (powerBetween(tail, first, first + window) > 1e-6 * before)
                heard = first + window;
        EXPECT_GT(static_cast<double>(heard) / rate + 0.3, 0.25 * reported)
            << preset.name << " reports " << reported << " s";
    }
    std::cout << "    longest tail reported: " << longest << " s\n";
}

TEST(ChainPromises, reportedLatencyIsWhatAnImpulseTakesAtEveryRate)
{
    for (const double sampleRate : {44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0})
        for (const auto quality : {Quality::live, Quality::hq})
        {
            PresetCrossfader player;
            prepared(player, direct(), sampleRate, quality);
            const auto sound = play(player, impulse(0.02, sampleRate));
            const auto highest = std::max_element(sound[0].begin(), sound[0].end());
            EXPECT_EQ(highest - sound[0].begin(), player.latencySamples()) << sampleRate;
        }
}

TEST(ChainPromises, everyPresetAnswersAnImpulseAfterTheReportedLatency)
{
    Signal input = impulse(0.05, rate);
    input[0] = 0.5f;
    for (const auto& preset : presetsToTest())
        for (const auto quality : {Quality::live, Quality::hq})
        {
            PresetCrossfader player;
            const auto sound = play(prepared(player, preset.parameters, rate, quality), input)[0];
            const double peak = peakOf(sound);
            const auto first =
                static_cast<int>(std::find_if(sound.begin(), sound.end(),
                                              [&](float sample) {
                                                  return std::abs(static_cast<double>(sample)) > 0.1 * peak;
                                              }) -
                                 sound.begin());
            EXPECT_GE(first, player.latencySamples()) << preset.name;
            // Vibrato reads its delay line in motion, 1.4 ms from its end.
            EXPECT_LE(first - player.latencySamples(), 0.002 * rate) << preset.name;
        }
}

TEST(ChainPromises, oldEchoesAreHeardAfterEveryPresetThatHasThem)
{
    auto input = riff(0.6);
    input.resize(static_cast<std::size_t>(1.2 * rate));
    const auto at = static_cast<std::size_t>(0.6 * rate);
    const Signal played(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(at));
    const Signal rest(input.begin() + static_cast<std::ptrdiff_t>(at), input.end());
    int count = 0;
    for (const auto& preset : presetsToTest())
    {
        SignalChain chain;
        chain.prepare({rate, longestBlock, Quality::live});
        auto withoutDoubler = preset.parameters; // whose second take is late, but no echo
        withoutDoubler["output.doubler"_p] = 0;
        chain.setParameters(withoutDoubler, {});
        if (!chain.hasTail())
            continue;
        ++count;
        PresetCrossfader player;
        play(prepared(player, preset.parameters), played);
        const auto unswitched = play(player, rest);
        play(prepared(player, preset.parameters), played);
        const auto other = direct();
        const auto switched = play(player, rest, nullptr, {}, &other);
        // What had entered the echoes goes on; what would have entered during the fade is less.
        const double change = 10 * std::log10(powerBetween(switched, 4800, rest.size()) /
                                              powerBetween(unswitched, 4800, rest.size()));
        EXPECT_NEAR(change, 0, 1.5) << preset.name;
    }
    EXPECT_GT(count, 0);
}

TEST(ChainPromises, echoesRingForTenSecondsAtMost)
{
    auto endless = direct();
    endless["reverb.enabled"_p] = 1;
    endless["reverb.decay"_p] = 20;
    endless["reverb.mix"_p] = 50;
    PresetCrossfader player;
    play(prepared(player, endless), softSine(400, 0.3, 1, rate));
    const auto other = direct();
    const auto tail = play(player, Signal(static_cast<std::size_t>(10.5 * rate)), nullptr, {}, &other);
    const auto second = static_cast<std::size_t>(rate);
    EXPECT_GT(rms(tail[0], 9 * second, 9 * second + second / 2), 1e-4);
    EXPECT_EQ(rms(tail[0], static_cast<std::size_t>(10.04 * rate), tail[0].size()), 0);
}

TEST(ChainPromises, twoLoudPresetsTogetherStayBelowFullScaleAndOneIsLeftAlone)
{
    auto loud = direct();
    loud["output.level"_p] = 12;
    auto other = loud;
    other["modulation.enabled"_p] = 1;
    other["modulation.type"_p] = static_cast<float>(ModulationType::vibrato);
    other["modulation.mix"_p] = 100;
    const auto input = softSine(110, 0.5, 0.5, rate);
    PresetCrossfader player;
    prepared(player, loud);
    double peak = 0;
    for (const auto* set : {&loud, &other, &loud})
        for (const auto& side : play(player, input, nullptr, {}, set))
            peak = std::max(peak, peakOf(side));
    EXPECT_LE(peak, 0.92);
    EXPECT_GT(peak, 0.8);

    SignalChain chain;
    chain.prepare({rate, longestBlock, Quality::live});
    chain.setParameters(loud, {});
    Stereo alone{withoutOffset(input, rate), Signal(input.size())};
    for (std::size_t done = 0; done < input.size(); done += 480)
    {
        AudioBlock block{{alone[0].data() + done, alone[1].data() + done}, 1, 480};
        chain.process(block);
    }
    EXPECT_LE(largestDifference(play(prepared(player, loud), input)[0], alone[0]), 1e-7);
}

/// A tone that loudspeakers swallow shows whether the untouched input gets through while presets change.
TEST(ChainPromises, theDrySignalNeverLeaksWhilePresetsChange)
{
    constexpr double toneFrequency = 15000;
    constexpr double level = 0.25;
    const auto tone = softSine(toneFrequency, level, 0.25, rate);
    const auto presets = presetsToTest();
    PresetCrossfader player;
    prepared(player, presets[0].parameters);
    const auto listen = [&](const Signal& sound, std::size_t first, std::size_t last)
    {
        const Signal part(sound.begin() + static_cast<std::ptrdiff_t>(first),
                          sound.begin() + static_cast<std::ptrdiff_t>(last));
        return partial(part, toneFrequency, rate);
    };
    double before = 0;
    for (const auto& preset : presets)
    {
        if (!preset.parameters.isOn("cabinet.enabled"_p))
            continue;
        player.setParameters(preset.parameters, {});
        const auto sound = play(
            player, tone, nullptr, [] { return 64; }, &preset.parameters)[0];
        const double after = listen(sound, 4800, 12000);
        for (std::size_t first = 0; first + 480 <= 2400; first += 240)
            EXPECT_LT(listen(sound, first, first + 480), 0.01 * level + 1.5 * std::max(before, after))
                << preset.name << ", " << first;
        before = after;
    }
}

} // namespace tonewright::dsp::test
