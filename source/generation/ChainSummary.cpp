#include "generation/ChainSummary.h"

#include <array>
#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
std::string shown(const ParameterSet& parameters, ParameterIndex index)
{
    return textOf(infoOf(index), parameters[index]);
}

std::string lowered(std::string_view written)
{
    std::string text(written);
    for (auto& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string spoken(const ParameterSet& parameters, ParameterIndex index)
{
    return lowered(shown(parameters, index));
}

/// "a, b and c".
std::string listed(const std::vector<std::string>& parts)
{
    std::string text;
    for (std::size_t index = 0; index < parts.size(); ++index)
    {
        if (index > 0)
            text += index + 1 == parts.size() ? " and " : ", ";
        text += parts[index];
    }
    return text;
}

/// What a parameter is called in a sentence: "Amp gain"; a switch is called as its stage.
std::string called(const ParameterInfo& info)
{
    const auto stage = displayName(info.stage());
    return info.type == ParameterType::toggle ? stage : stage + " " + lowered(info.name);
}
} // namespace

std::string chainSummary(const ParameterSet& parameters)
{
    std::vector<std::string> parts;
    if (parameters.isOn("amp.enabled"_p))
        parts.push_back("a " + shown(parameters, "amp.model"_p) + " amplifier at gain " +
                        shown(parameters, "amp.gain"_p));
    if (parameters.isOn("cabinet.enabled"_p))
        parts.push_back("a " + shown(parameters, "cabinet.model"_p) + " cabinet");
    if (parameters.isOn("pitch.enabled"_p))
        parts.emplace_back(parameters.choice<PitchType>("pitch.type"_p) == PitchType::octaveDown
                               ? "an octaver"
                               : "a shifted voice");
    if (parameters.isOn("wah.enabled"_p))
        parts.emplace_back("a wah");
    if (parameters.isOn("drive.enabled"_p))
        parts.push_back(spoken(parameters, "drive.type"_p) + " drive at gain " +
                        shown(parameters, "drive.gain"_p));
    if (parameters.isOn("compressor.enabled"_p))
        parts.emplace_back("compression");
    if (parameters.isOn("modulation.enabled"_p))
        parts.push_back(spoken(parameters, "modulation.type"_p));
    if (parameters.isOn("tremolo.enabled"_p))
        parts.emplace_back("tremolo");
    if (parameters.isOn("delay.enabled"_p))
        parts.push_back(spoken(parameters, "delay.type"_p) + " delay of " +
                        shown(parameters, "delay.time"_p));
    if (parameters.isOn("reverb.enabled"_p))
        parts.push_back(spoken(parameters, "reverb.type"_p) + " reverb at " +
                        shown(parameters, "reverb.mix"_p));
    return parts.empty() ? "The guitar as it is." : "Made with " + listed(parts) + ".";
}

std::string changeSummary(const ParameterSet& before, const ParameterSet& after)
{
    constexpr std::size_t mostNamed = 6;
    std::vector<std::string> changes;
    std::size_t count = 0;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        if (after.values[index] == before.values[index] || ++count > mostNamed)
            continue;
        changes.push_back(called(info) + " from " + textOf(info, before.values[index]) + " to " +
                          textOf(info, after.values[index]));
    }
    if (count > mostNamed)
        changes.push_back(std::to_string(count - mostNamed) + " more");
    if (after.order != before.order)
        changes.emplace_back("the order of the stages");
    return changes.empty() ? "Nothing changed." : "Changed " + listed(changes) + ".";
}

std::vector<ParameterIndex> visibleDifferences(const ParameterSet& one, const ParameterSet& other)
{
    std::vector<ParameterIndex> differences;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        if (one.values[index] == other.values[index])
            continue;
        const auto enabled = findParameter(std::string(info.stage()) + ".enabled");
        const bool isInUse = !enabled || one.isOn(*enabled) || other.isOn(*enabled);
        if (isInUse && textOf(info, one.values[index]) != textOf(info, other.values[index]))
            differences.push_back(static_cast<ParameterIndex>(index));
    }
    return differences;
}

std::string contrastSummary(const ParameterSet& other, const ParameterSet& tone)
{
    constexpr std::size_t mostNamed = 3;
    std::vector<std::string> contrasts;
    for (const auto index : visibleDifferences(tone, other))
    {
        if (contrasts.size() == mostNamed)
            break;
        const auto& info = infoOf(index);
        contrasts.push_back(called(info) + " " + textOf(info, tone[index]) + " instead of " +
                            textOf(info, other[index]));
    }
    if (tone.order != other.order && contrasts.size() < mostNamed)
        contrasts.emplace_back("another order of the stages");
    return listed(contrasts);
}

} // namespace tonewright
