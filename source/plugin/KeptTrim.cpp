#include "plugin/KeptTrim.h"

#include "generation/offline/Expectation.h"

#include <algorithm>
#include <utility>

namespace tonewright::plugin
{
namespace
{
constexpr auto inputTrim = "input.trim"_p;

/// A new tone starts from 0 dB, whoever made it: that is meant only where the words speak of the trim.
bool meansTrim(const Preset& present, const Preset& answer)
{
    if (answer.parameters[inputTrim] != infoOf(inputTrim).defaultValue)
        return true;
    GenerationRequest request;
    request.prompt = answer.prompt;
    request.current = present;
    const auto given = offline::expectationOf(request, answer).given;
    return std::find(given.begin(), given.end(), inputTrim) != given.end();
}
} // namespace

Preset withTrimOf(const Preset& present, Preset preset)
{
    preset.parameters[inputTrim] = present.parameters[inputTrim];
    return preset;
}

Preset answerWithTrimOf(const Preset& present, Preset answer)
{
    return meansTrim(present, answer) ? std::move(answer) : withTrimOf(present, std::move(answer));
}

} // namespace tonewright::plugin
