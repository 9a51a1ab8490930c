// A preset file: whatever it holds, the preset is legal and comes back from its own file as it is.
#include "Promise.h"
#include "tone/PresetLibrary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace tonewright;
    ValidationReport report;
    const auto preset = presetFromText(fuzz::textOf(data, size), report);
    if (!preset)
    {
        fuzz::require(preset.error().message.ends_with('.'), "an error is a sentence");
        return 0;
    }
    fuzz::requireLegal(preset->parameters);
    for (const auto& sentence : report)
        fuzz::require(sentence.ends_with('.'), "a report is made of sentences");
    const auto text = presetFileText(*preset);
    ValidationReport second;
    const auto back = presetFromText(text, second);
    fuzz::require(static_cast<bool>(back), "a preset's own file is a preset");
    fuzz::require(*back == *preset, "a preset comes back from its file as it was");
    fuzz::require(presetFileText(*back) == text, "a second save is the same, byte for byte");
    fuzz::require(second.size() == preset->unknownParameters.size(),
                  "nothing but unknown parameters is left to report");
    return 0;
}
