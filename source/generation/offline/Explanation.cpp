#include "generation/offline/Explanation.h"

#include "generation/offline/ExplanationText.h"
#include "tone/Choices.h"
#include "tone/Text.h"

#include <algorithm>
#include <array>

namespace tonewright::offline
{
namespace
{
std::string valueText(const ParameterSet& parameters, ParameterIndex index)
{
    return textOf(tonewright::infoOf(index), parameters[index]);
}

std::string choiceText(const ParameterSet& parameters, ParameterIndex index)
{
    return lowered(valueText(parameters, index));
}

std::string withArticle(const std::string& noun)
{
    const bool startsWithVowel =
        std::string_view("AEIOUaeiou").find(noun.empty() ? ' ' : noun.front()) != std::string_view::npos;
    return (startsWithVowel ? "an " : "a ") + noun;
}

std::string ampText(const ToneIntent& intent, const ParameterSet& parameters)
{
    auto reason = intent[Axis::gain].reason;
    const auto& ampReason = intent[Axis::amp].reason;
    if (intent[Axis::amp].target && reason.find(ampReason) == std::string::npos)
        reason += (reason.empty() ? "" : " + ") + ampReason;
    auto text =
        valueText(parameters, "amp.model"_p) + " amplifier at gain " + valueText(parameters, "amp.gain"_p);
    if (parameters.isOn("cabinet.enabled"_p))
        text += " through " + withArticle(valueText(parameters, "cabinet.model"_p)) + " with a " +
                choiceText(parameters, "cabinet.mic"_p) + " microphone";
    return text + because(reason);
}

struct Shade
{
    Axis axis;
    std::string_view more;
    std::string_view less;
};
constexpr std::array<Shade, 8> shades{{{Axis::brightness, "brighter", "darker"},
                                       {Axis::lows, "fuller lows", "leaner lows"},
                                       {Axis::lowMids, "more body", "less mud"},
                                       {Axis::mids, "forward mids", "scooped mids"},
                                       {Axis::presence, "more bite", "softer bite"},
                                       {Axis::top, "open top", "smoothed top"},
                                       {Axis::tightness, "tight", "loose"},
                                       {Axis::width, "wide", "narrow"}}};

std::string colourText(const ToneIntent& intent)
{
    constexpr double audible = 0.12;
    std::vector<std::string> parts;
    for (const auto& shade : shades)
    {
        const double value = intent.value(shade.axis);
        if (value > audible || value < -audible)
            parts.push_back(std::string(value > 0 ? shade.more : shade.less) +
                            because(intent[shade.axis].reason));
    }
    return joined(parts);
}

void addEffect(std::vector<std::string>& parts, const ToneIntent& intent, const ParameterSet& parameters,
               ParameterIndex enabled, Axis axis, const std::string& text)
{
    if (parameters.isOn(enabled))
        parts.push_back(text + because(intent[axis].reason));
}

/// "a voice 12 semitones below", "an octaver", "a voice 9.0 cents above".
std::string voiceText(const ParameterSet& parameters)
{
    if (parameters.choice<PitchType>("pitch.type"_p) == PitchType::octaveDown)
        return "an octaver";
    const float shift = parameters["pitch.shift"_p];
    const auto index = shift == 0 ? "pitch.detune"_p : "pitch.shift"_p;
    auto text = valueText(parameters, index);
    if (text.starts_with('-'))
        text.erase(0, 1);
    if (text.ends_with(".0 st"))
        text.replace(text.size() - 5, 5, " st");
    if (text.ends_with(" st"))
        text.replace(text.size() - 2, 2, "semitones");
    return "a voice " + text + (parameters[index] < 0 ? " below" : " above");
}

std::string wahText(const ParameterSet& parameters)
{
    switch (parameters.choice<WahType>("wah.type"_p))
    {
    case WahType::pedal:
        return "a wah at " + valueText(parameters, "wah.position"_p);
    case WahType::autoUp:
        return "an auto-wah";
    case WahType::autoDown:
        return "a downward auto-wah";
    }
    return {};
}

std::string effectsText(const ToneIntent& intent, const ParameterSet& parameters)
{
    const auto value = [&](ParameterIndex index) { return valueText(parameters, index); };
    const auto choice = [&](ParameterIndex index) { return choiceText(parameters, index); };
    const bool isSynced = parameters.choice<DelaySync>("delay.sync"_p) != DelaySync::off;
    const auto echoTime = value("delay.time"_p) + (isSynced ? " (" + choice("delay.sync"_p) + ")" : "");
    std::vector<std::string> parts;
    const auto add = [&](ParameterIndex enabled, Axis axis, const std::string& text)
    { addEffect(parts, intent, parameters, enabled, axis, text); };
    add("gate.enabled"_p, Axis::gate, "a gate");
    add("pitch.enabled"_p, Axis::pitch, voiceText(parameters));
    add("wah.enabled"_p, Axis::wah, wahText(parameters));
    add("compressor.enabled"_p, Axis::compression,
        choice("compressor.type"_p) + " compression at " + value("compressor.ratio"_p) + ":1");
    add("boost.enabled"_p, Axis::boost,
        withArticle(choice("boost.type"_p)) + " boost of " + value("boost.level"_p));
    add("drive.enabled"_p, Axis::drive,
        withArticle(choice("drive.type"_p)) + " pedal at gain " + value("drive.gain"_p));
    add("modulation.enabled"_p, Axis::modulation,
        choice("modulation.type"_p) + " at " + value("modulation.rate"_p));
    add("tremolo.enabled"_p, Axis::tremolo, "tremolo at " + value("tremolo.rate"_p));
    add("delay.enabled"_p, Axis::delay, choice("delay.type"_p) + " delay of " + echoTime);
    add("reverb.enabled"_p, Axis::reverb,
        choice("reverb.type"_p) + " reverb of " + value("reverb.decay"_p) + " at " + value("reverb.mix"_p));
    if (parameters["output.doubler"_p] > 0)
        parts.push_back("a second take on the sides at " + value("output.doubler"_p) +
                        because(intent[Axis::doubler].reason));
    return joined(parts);
}

} // namespace

std::string explainNewTone(const ToneIntent& intent, const MappedTone& tone)
{
    std::string text;
    if (saysNothing(intent))
        text = "No word here describes a tone I know, so this is a plain clean sound to start from: ";
    text += ampText(intent, tone.parameters);
    if (const auto colour = colourText(intent); !colour.empty())
        text += "; " + colour;
    if (const auto effects = effectsText(intent, tone.parameters); !effects.empty())
        text += "; with " + effects;
    return text + "." + doubtsText(intent, tone.notes);
}

} // namespace tonewright::offline
