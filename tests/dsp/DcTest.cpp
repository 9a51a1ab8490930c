// Nothing the chain puts out pushes a loudspeaker to one side: below -80 dBFS at 0 Hz, however unevenly tubes
// and diodes clip.
#include "SustainedChord.h"
#include "dsp/PresetCrossfader.h"
#include "support/Sanitizers.h"
#include "tone/ParameterTable.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <iostream>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr std::size_t settling = 48000;
constexpr std::size_t heard = 96000;
constexpr double loudestDc = 1e-4;

/// Mean of the output once it has settled, the larger of both channels. Weighted by a Hann window: 80 Hz
/// leave less than -140 dB in it.
double dcOf(const ParameterSet& set, const Signal& loop)
{
    constexpr std::size_t frames = 480;
    PresetCrossfader player;
    player.prepare({rate, frames, Quality::live}, set);
    std::array<std::array<float, frames>, 2> output{};
    std::array<double, 2> sums{};
    for (std::size_t done = 0; done < settling + heard; done += frames)
    {
        player.process(loop.data() + done % loop.size(), nullptr, output[0].data(), output[1].data(), frames);
        for (std::size_t frame = 0; done >= settling && frame < frames; ++frame)
        {
            const double place = static_cast<double>(done - settling + frame) / static_cast<double>(heard);
            const double weight = 1 - std::cos(2 * std::numbers::pi * place);
            for (std::size_t side = 0; side < 2; ++side)
                sums[side] += weight * static_cast<double>(output[side][frame]);
        }
    }
    return std::max(std::abs(sums[0]), std::abs(sums[1])) / static_cast<double>(heard);
}

/// Only these stages, with every knob and the output level at its end.
ParameterSet everythingUp(std::initializer_list<StageId> stages)
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        const auto isOwn = [&](StageId stage) { return info.stage() == nameOf(stage); };
        const bool isChosen = std::any_of(stages.begin(), stages.end(), isOwn);
        if (info.id.ends_with(".enabled"))
            set.values[index] = isChosen ? 1.0f : 0.0f;
        else if (isChosen && info.type == ParameterType::number)
            set.values[index] = info.maximum;
    }
    set["output.level"_p] = infoOf("output.level"_p).maximum;
    return set;
}

/// Uneven as only a single string is: a chord's beats even out.
Signal unevenNote()
{
    Signal note(static_cast<std::size_t>(rate) / 2);
    for (std::size_t n = 0; n < note.size(); ++n)
    {
        const double turn = 2 * std::numbers::pi * 110 * static_cast<double>(n) / rate;
        note[n] = static_cast<float>(0.4 * std::sin(turn) + 0.2 * std::cos(2 * turn));
    }
    return note;
}

ParameterIndex choiceOf(StageId stage)
{
    return findParameter(std::string(nameOf(stage)) + (stage == StageId::amp ? ".model" : ".type")).value();
}
} // namespace

TEST(Dc, noFactoryPresetPutsOutDc)
{
    const auto chord = sustainedChord(rate);
    double worst = 0;
    std::string worstName;
    const auto& presets = factoryPresets();
    for (std::size_t index = 0; index < presets.size(); index += tonewright::test::isSanitized ? 8 : 1)
    {
        const double dc = dcOf(presets[index].parameters, chord);
        EXPECT_LT(dc, loudestDc) << presets[index].name;
        if (dc > worst)
        {
            worst = dc;
            worstName = presets[index].name;
        }
    }
    std::cout << "    worst: " << decibels(worst) << " dBFS (" << worstName << ")\n";
}

TEST(Dc, noDistortionPutsOutDcWithEverythingUp)
{
    const auto note = unevenNote();
    for (const auto stage : {StageId::boost, StageId::drive, StageId::amp})
    {
        auto set = everythingUp({stage});
        const auto choice = choiceOf(stage);
        for (float value = 0; value <= infoOf(choice).maximum; ++value)
        {
            set[choice] = value;
            EXPECT_LT(dcOf(set, note), loudestDc) << textOf(infoOf(choice), value);
        }
    }
}

TEST(Dc, noPairOfDistortionsPutsOutDcWithEverythingUp)
{
    const auto note = unevenNote();
    auto set = everythingUp({StageId::boost, StageId::drive, StageId::amp, StageId::cabinet});
    const auto model = choiceOf(StageId::amp);
    const auto type = choiceOf(StageId::drive);
    double worst = 0;
    for (float value = 0; value <= infoOf(type).maximum; ++value)
        for (const float amp : {0.0f, value + 1})
        {
            set[type] = value;
            set[model] = std::min(amp, infoOf(model).maximum);
            const double dc = dcOf(set, note);
            EXPECT_LT(dc, loudestDc) << textOf(infoOf(type), value) << ", "
                                     << textOf(infoOf(model), set[model]);
            worst = std::max(worst, dc);
        }
    std::cout << "    worst: " << decibels(worst) << " dBFS\n";
}

} // namespace tonewright::dsp::test
