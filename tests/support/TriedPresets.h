#pragma once

#include "support/Sanitizers.h"
#include "tone/PresetLibrary.h"

#include <cstddef>
#include <vector>

namespace tonewright::test
{

/// The factory presets a sweep goes through: all of them, and under a sanitizer every eighth, since what is
/// looked for there is in the code they share.
inline std::vector<Preset> presetsToTry()
{
    std::vector<Preset> presets;
    for (std::size_t index = 0; index < factoryPresets().size(); index += isSanitized ? 8 : 1)
        presets.push_back(factoryPresets()[index]);
    return presets;
}

} // namespace tonewright::test
