#include "plugin/AlternativeMaker.h"

#include "generation/Alternative.h"

#include <utility>

namespace tonewright::plugin
{

void AlternativeMaker::begin(GenerationRequest prompt, const Preset& answer)
{
    request = std::move(prompt);
    alternatives = {};
    alternatives.answers.push_back(answer);
    areExhausted = false;
}

void AlternativeMaker::make(PresetGenerationManager& manager, Engine engine)
{
    if (alternatives.isUnderWay)
        return;
    request.engine = engine;
    askForNext(manager);
}

void AlternativeMaker::askForNext(PresetGenerationManager& manager)
{
    const auto made = alternatives.answers.size();
    if (made == 0 || made > count || areExhausted)
        return;
    auto next = request;
    next.variation = static_cast<int>(made);
    next.others = alternatives.answers;
    next.priority = RequestPriority::background;
    alternatives.problem.clear();
    alternatives.isUnderWay = true;
    awaited = manager.generatePresetFromText(std::move(next));
}

void AlternativeMaker::stop(PresetGenerationManager* manager)
{
    if (awaited != 0)
        manager->cancel(awaited);
    awaited = 0;
    alternatives.isUnderWay = false;
}

bool AlternativeMaker::take(const PresetGenerated& message, PresetGenerationManager& manager)
{
    if (awaited == 0 || message.id != awaited)
        return false;
    awaited = 0;
    alternatives.isUnderWay = false;
    alternatives.answers.push_back(message.preset);
    askForNext(manager);
    return true;
}

bool AlternativeMaker::take(const PresetGenerationFailed& message)
{
    if (awaited == 0 || message.id != awaited)
        return false;
    awaited = 0;
    alternatives.isUnderWay = false;
    alternatives.problem = message.error.message;
    areExhausted = isNoAlternative(message.error);
    return true;
}

} // namespace tonewright::plugin
