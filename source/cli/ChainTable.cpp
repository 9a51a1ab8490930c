#include "cli/ChainTable.h"

#include "cli/Console.h"

#include <vector>

namespace tonewright::cli
{
namespace
{
constexpr std::size_t stageWidth = 13;
constexpr std::size_t lineWidth = 100;

/// Whether a setting says something: a delay without sync and an untouched output do not, nor does a knob
/// that the chosen type leaves alone.
bool isWorthShowing(ParameterIndex index, const ParameterSet& parameters)
{
    const auto& info = infoOf(index);
    if (info.id.ends_with(".enabled"))
        return false;
    if (info.id == "pitch.shift" || info.id == "pitch.detune")
        return parameters.choice<PitchType>("pitch.type"_p) == PitchType::polyphonic &&
               (parameters[index] != 0 || info.id == "pitch.shift");
    if (info.id == "wah.sensitivity")
        return parameters.choice<WahType>("wah.type"_p) != WahType::pedal;
    if (info.id == "delay.sync" || info.stage() == "output" || info.stage() == "input")
        return parameters[index] != info.defaultValue;
    return true;
}

/// "American Clean", "Gain 3.2".
std::string settingText(ParameterIndex index, const ParameterSet& parameters)
{
    const auto& info = infoOf(index);
    const auto value = textOf(info, parameters[index]);
    if (info.type == ParameterType::choice)
        return value;
    return std::string(info.name) + ' ' + value;
}

/// "Low +3.2 dB at 100 Hz": an equaliser's band is one setting, and a flat one is none.
std::vector<std::string> equaliserBands(const ParameterSet& parameters)
{
    constexpr std::string_view gainEnding = "_gain";
    std::vector<std::string> bands;
    for (std::size_t i = 0; i < parameterCount; ++i)
    {
        const auto& gain = parameterTable[i];
        const float value = parameters.values[i];
        if (gain.stage() != "equaliser" || !gain.id.ends_with(gainEnding) || value == 0)
            continue;
        const std::string band(gain.id.substr(0, gain.id.size() - gainEnding.size()));
        const auto frequency = findParameter(band + "_frequency");
        std::string text = displayName(band.substr(band.find('.') + 1));
        text += (value > 0 ? " +" : " ") + textOf(gain, value);
        if (frequency)
            text += " at " + textOf(infoOf(*frequency), parameters[*frequency]);
        bands.push_back(text);
    }
    return bands;
}

std::vector<std::string> settingsOf(std::string_view stage, const ParameterSet& parameters)
{
    if (stage == nameOf(StageId::equaliser))
        return equaliserBands(parameters);
    std::vector<std::string> settings;
    for (std::size_t i = 0; i < parameterCount; ++i)
        if (const auto index = static_cast<ParameterIndex>(i);
            parameterTable[i].stage() == stage && isWorthShowing(index, parameters))
            settings.push_back(settingText(index, parameters));
    return settings;
}

/// A stage's name, then its settings, broken into lines.
std::string stageRow(std::string_view stage, const std::vector<std::string>& settings)
{
    std::string row = padded("  " + displayName(stage), stageWidth + 2);
    std::size_t column = widthOf(row);
    bool isFirst = true;
    for (const auto& setting : settings)
    {
        const std::string separator = isFirst ? "" : " · ";
        if (!isFirst && column + widthOf(separator) + widthOf(setting) > lineWidth)
        {
            row += '\n' + std::string(stageWidth + 2, ' ');
            column = stageWidth + 2;
            isFirst = true;
        }
        row += (isFirst ? "" : separator) + setting;
        column += (isFirst ? 0 : widthOf(separator)) + widthOf(setting);
        isFirst = false;
    }
    return row + '\n';
}

bool isOn(std::string_view stage, const ParameterSet& parameters)
{
    const auto toggle = findParameter(std::string(stage) + ".enabled");
    return !toggle || parameters.isOn(*toggle);
}
} // namespace

std::string chainTable(const ParameterSet& parameters)
{
    std::string table;
    if (const auto trim = settingsOf("input", parameters); !trim.empty())
        table += stageRow("input", trim);
    for (const auto stage : parameters.order)
        if (const auto settings = settingsOf(nameOf(stage), parameters);
            isOn(nameOf(stage), parameters) && (stage != StageId::output || !settings.empty()))
            table += stageRow(nameOf(stage), settings);
    return table;
}

} // namespace tonewright::cli
