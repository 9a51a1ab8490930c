#include "generation/offline/Likeness.h"

#include "generation/offline/Interpreter.h"
#include "generation/offline/Mapper.h"
#include "generation/offline/Parser.h"

#include <cmath>
#include <string>

namespace tonewright::offline
{

ParameterSet plainReading(std::string_view prompt)
{
    return mapNewTone(interpret(read(prompt, Knowledge::shared()), false, 0), 0).parameters;
}

double unlikeness(const ParameterSet& a, const ParameterSet& b)
{
    constexpr double knobWeight = 0.5;
    double sum = 0;
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        if (info.stage() == "output" || info.stage() == "input")
            continue; // loudness is nobody's character
        const auto enabled = findParameter(std::string(info.stage()) + ".enabled");
        const bool isToggle = info.type == ParameterType::toggle;
        if (!isToggle && enabled && (!a.isOn(*enabled) || !b.isOn(*enabled)))
            continue;
        const auto difference = std::abs(
            static_cast<double>(toNormalised(info, a.values[index]) - toNormalised(info, b.values[index])));
        if (info.type == ParameterType::number)
            sum += knobWeight * difference;
        else if (difference > 0)
            sum += info.id == "equaliser.enabled" ? knobWeight : 1;
    }
    return sum;
}

} // namespace tonewright::offline
