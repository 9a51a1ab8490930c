#include "generation/offline/NumberUnits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::offline
{
namespace
{
struct StageUnit
{
    StageId stage;
    std::string_view unit;
    std::string_view parameter;
};

/// What a number means that follows an effect's name with no control named.
constexpr std::array<StageUnit, 40> stageUnits{{
    {StageId::delay, "ms", "delay.time"},
    {StageId::delay, "s", "delay.time"},
    {StageId::delay, "%", "delay.mix"},
    {StageId::delay, "", "delay.mix"},
    {StageId::delay, "db", "delay.mix"},
    {StageId::delay, "step", "delay.mix"},
    {StageId::reverb, "s", "reverb.decay"},
    {StageId::reverb, "ms", "reverb.predelay"},
    {StageId::reverb, "%", "reverb.mix"},
    {StageId::reverb, "", "reverb.mix"},
    {StageId::reverb, "db", "reverb.mix"},
    {StageId::reverb, "step", "reverb.mix"},
    {StageId::modulation, "hz", "modulation.rate"},
    {StageId::modulation, "%", "modulation.mix"},
    {StageId::modulation, "", "modulation.depth"},
    {StageId::modulation, "db", "modulation.mix"},
    {StageId::modulation, "step", "modulation.mix"},
    {StageId::tremolo, "hz", "tremolo.rate"},
    {StageId::tremolo, "%", "tremolo.depth"},
    {StageId::tremolo, "", "tremolo.depth"},
    {StageId::tremolo, "step", "tremolo.depth"},
    {StageId::compressor, "db", "compressor.threshold"},
    {StageId::compressor, ":", "compressor.ratio"},
    {StageId::compressor, "%", "compressor.mix"},
    {StageId::compressor, "ms", "compressor.attack"},
    {StageId::gate, "db", "gate.threshold"},
    {StageId::gate, "ms", "gate.release"},
    {StageId::boost, "db", "boost.level"},
    {StageId::pitch, "st", "pitch.shift"},
    {StageId::pitch, "cents", "pitch.detune"},
    {StageId::pitch, "%", "pitch.mix"},
    {StageId::pitch, "", "pitch.mix"},
    {StageId::pitch, "step", "pitch.mix"},
    {StageId::wah, "%", "wah.position"},
    {StageId::wah, "", "wah.position"},
    {StageId::wah, "step", "wah.position"},
    {StageId::drive, "", "drive.gain"},
    {StageId::drive, "%", "drive.gain"},
    {StageId::drive, "db", "drive.level"},
    {StageId::drive, "step", "drive.gain"},
}};

struct AxisKnob
{
    Axis axis;
    std::string_view parameter;
};

/// What a comparative with a number turns.
constexpr std::array<AxisKnob, 20> axisKnobs{{
    {Axis::delayTime, "delay.time"},
    {Axis::reverbDecay, "reverb.decay"},
    {Axis::reverbPredelay, "reverb.predelay"},
    {Axis::modulationRate, "modulation.rate"},
    {Axis::tremoloRate, "tremolo.rate"},
    {Axis::modulationDepth, "modulation.depth"},
    {Axis::tremoloDepth, "tremolo.depth"},
    {Axis::delayRepeats, "delay.feedback"},
    {Axis::level, "output.level"},
    {Axis::brightness, "amp.treble"},
    {Axis::lows, "amp.bass"},
    {Axis::mids, "amp.mid"},
    {Axis::presence, "amp.presence"},
    {Axis::gain, "amp.gain"},
    {Axis::width, "output.width"},
    {Axis::lowMids, "equaliser.low_mid_gain"},
    {Axis::reverb, "reverb.mix"},
    {Axis::delay, "delay.mix"},
    {Axis::delayTone, "delay.tone"},
    {Axis::reverbTone, "reverb.tone"},
}};

/// The effect a quality of time is about when none is named.
std::optional<StageId> stageFor(std::string_view unit) noexcept
{
    if (unit == "ms")
        return StageId::delay;
    if (unit == "s")
        return StageId::reverb;
    if (unit == "hz")
        return StageId::tremolo;
    return std::nullopt;
}

bool isKnob(const ParameterInfo& info) noexcept
{
    return info.unit.empty() && info.type == ParameterType::number && info.maximum == 10.0f;
}

/// A tone stack's knob spans about 20 dB.
constexpr double decibelsPerKnobMark = 2;
} // namespace

std::optional<ParameterIndex> parameterOf(StageId stage, std::string_view unit) noexcept
{
    for (const auto& line : stageUnits)
        if (line.stage == stage && line.unit == unit)
            return findParameter(line.parameter);
    return std::nullopt;
}

bool isUnitOf(std::string_view unit, const ParameterInfo& info) noexcept
{
    if (unit == "ms" || unit == "s")
        return info.unit == "ms" || info.unit == "s";
    if (unit == "hz" || unit == "khz")
        return info.unit == "Hz";
    if (unit == "db")
        return info.unit == "dB";
    if (unit == ":")
        return info.id == "compressor.ratio";
    return unit.empty() || unit == info.unit || (unit == "%" && isKnob(info));
}

bool fits(std::string_view unit, const ParameterInfo& info, bool isChange) noexcept
{
    if (isUnitOf(unit, info))
        return true;
    const bool isScale = isKnob(info) || info.unit == "%";
    if (unit == "db")
        return isScale;
    if (unit == "step")
        return isScale || info.unit == "dB";
    return unit == "%" && isChange && info.type == ParameterType::number;
}

Amount valueIn(double value, std::string_view unit, const ParameterInfo& info) noexcept
{
    if (unit == "db" && info.unit != "dB")
        return differenceIn(value, unit, info); // "bass 3 dB": a knob has no such mark
    if (unit == "step")
        return differenceIn(value, unit, info);
    if (unit == "s" && info.unit == "ms")
        return {value * 1000, Change::to};
    if (unit == "ms" && info.unit == "s")
        return {value / 1000, Change::to};
    if (unit == "khz")
        return {value * 1000, Change::to};
    if (unit == "%" && isKnob(info))
        return {value / 10, Change::to};
    if (unit.empty() && info.unit == "%" && std::abs(value) <= 10)
        return {value * 10, Change::to};
    if (unit.empty() && info.id == "delay.time" && value > 0 && value < 3)
        return {value * 1000, Change::to};
    return {value, Change::to};
}

Amount differenceIn(double value, std::string_view unit, const ParameterInfo& info) noexcept
{
    if (unit == "db" && info.unit == "%")
        return {std::pow(10.0, std::clamp(value, -120.0, 120.0) / 20), Change::times};
    if (unit == "db" && info.unit != "dB")
        return {value / decibelsPerKnobMark, Change::by};
    if (unit == "step")
        return {isKnob(info) ? value : info.unit == "dB" ? 2 * value : 10 * value, Change::by};
    if (unit == "%" && info.unit != "%" && !isKnob(info))
        return {std::max(1 + value / 100, 0.0), Change::times};
    return {valueIn(value, unit, info).value, Change::by};
}

Amount feedbackFor(double repeats) noexcept
{
    constexpr double barelyHeard = -30; // dB below the first
    return {100 * std::pow(10.0, barelyHeard / 20 / std::clamp(repeats, 1.0, 100.0)), Change::to};
}

std::optional<KnobTurn> knobOf(const Entry& comparative, std::optional<StageId> stage, std::string_view unit)
{
    const auto* effects = stage ? comparative.toneFor(*stage) : nullptr;
    if (const auto usual = stageFor(unit); effects == nullptr && !stage && usual)
        effects = comparative.toneFor(*usual);
    if (effects == nullptr)
        effects = &comparative.more;
    for (const auto& line : axisKnobs)
        for (const auto& effect : *effects)
            if (line.axis == effect.axis && effect.value != 0)
                return KnobTurn{*findParameter(line.parameter), effect.value > 0 ? 1 : -1};
    return std::nullopt;
}

} // namespace tonewright::offline
