#include "cli/ImpulseChoice.h"

#include "cli/Console.h"

namespace tonewright::cli
{

Result<std::optional<ImportedImpulse>> chooseImpulse(const std::string& file)
{
    if (file.empty())
        return std::optional<ImportedImpulse>{};
    auto imported = readImpulseResponse(file);
    if (!imported)
        return imported.error();
    if (const auto sentence = sentenceOn(imported->trim); !sentence.empty())
        say(sentence);
    return std::optional(std::move(*imported));
}

void playThrough(Preset& preset, const ImportedImpulse& impulse)
{
    preset.parameters["cabinet.enabled"_p] = 1;
    preset.parameters["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    preset.parameters.impulseResponse = impulse.id;
    preset.impulseResponseName = impulse.name;
}

dsp::ImpulseAsset impulseAssetFor(const Preset& preset, const std::optional<ImportedImpulse>& given,
                                  double sampleRate)
{
    if (!usesImpulseResponse(preset.parameters))
        return {};
    const auto id = preset.parameters.impulseResponse;
    if (given && given->id == id)
        return dsp::makeImpulseAsset(id, given->impulse, sampleRate);
    if (const auto kept = ImpulseResponseLibrary().load(id))
        return dsp::makeImpulseAsset(id, *kept, sampleRate);
    say(missingImpulseResponse(preset.impulseResponseName));
    return {};
}

} // namespace tonewright::cli
