#pragma once

#include "Support.h"

#include <set>
#include <string>

namespace tonewright::test
{

/// A tone in which everything that can be spoken of is on.
inline Preset fullTone()
{
    return made("classic rock crunch with chorus, tremolo, plate reverb, delay, compression and a gate");
}

/// The parameters in which two presets differ.
inline std::set<std::string> differences(const Preset& a, const Preset& b)
{
    std::set<std::string> ids;
    for (std::size_t i = 0; i < parameterCount; ++i)
        if (a.parameters.values[i] != b.parameters.values[i])
            ids.emplace(parameterTable[i].id);
    return ids;
}

} // namespace tonewright::test
