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

std::string spoken(const ParameterSet& parameters, ParameterIndex index)
{
    std::string text = shown(parameters, index);
    for (auto& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
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

} // namespace tonewright
