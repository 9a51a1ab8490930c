#include "generation/GeneratorChain.h"

#include "generation/offline/Expectation.h"

#include <string>
#include <utility>

namespace tonewright
{
namespace
{
/// The explanation was made before the audition, which may have moved what it names.
std::string sayingWhatMoved(const AuditionReport& report)
{
    std::string text;
    for (const auto& note : report.notes)
        text += (text.empty() ? " After listening, moved " : ", ") + note;
    return text.empty() ? text : text + ".";
}
} // namespace

GeneratorChain::GeneratorChain(std::shared_ptr<PresetGenerator> offline,
                               std::shared_ptr<PresetGenerator> languageModel, AuditionFunction audition,
                               ExpectationFunction expect)
    : offlineGenerator(std::move(offline)), model(std::move(languageModel)),
      auditionFunction(audition ? std::move(audition) : tonewright::audition),
      expectation(expect ? std::move(expect) : offline::expectationOf)
{
}

std::optional<GenerationError> GeneratorChain::prepare(const GenerationRequest& request,
                                                       const Cancellation& cancellation) const
{
    return model && request.engine != Engine::offline ? model->prepare(cancellation) : std::nullopt;
}

Traffic GeneratorChain::traffic() const
{
    return model ? model->traffic() : Traffic{};
}

bool GeneratorChain::wantsLanguageModel(const GenerationRequest& request) const
{
    return request.engine == Engine::openAi ||
           (request.engine == Engine::automatic && model && model->isConfigured());
}

Result<Preset, GenerationError> GeneratorChain::askLanguageModel(const GenerationRequest& request,
                                                                 const Cancellation& cancellation,
                                                                 const ProgressCallback& progress) const
{
    if (!model)
        return GenerationError{GenerationErrorKind::unavailable, "No language model is set up here.", {}};
    auto preset = model->generate(request, cancellation, progress);
    if (preset && !isFitToHear(request, cancellation, progress, *preset))
        return GenerationError{GenerationErrorKind::badAnswer,
                               "The language model's preset makes no sound; please try other words.",
                               "the audition heard silence or something not finite"};
    return preset;
}

Result<Preset, GenerationError> GeneratorChain::askOffline(const GenerationRequest& request,
                                                           const Cancellation& cancellation,
                                                           const ProgressCallback& progress,
                                                           const GenerationError* failure) const
{
    if (failure != nullptr)
        progress(failure->message + " The built-in generator answers instead.", -1);
    auto preset = offlineGenerator->generate(request, cancellation, progress);
    if (!preset)
        return preset;
    // Nobody is left to ask, so it stays whatever the audition heard.
    (void)isFitToHear(request, cancellation, progress, *preset);
    if (failure != nullptr)
    {
        preset->source.fallback = true;
        preset->source.fallbackReason = failure->message;
    }
    return preset;
}

bool GeneratorChain::isFitToHear(const GenerationRequest& request, const Cancellation& cancellation,
                                 const ProgressCallback& progress, Preset& preset) const
{
    constexpr double almostDone = 0.9;
    if (cancellation.isCancelled())
        return true;
    progress("Listening to the tone", almostDone);
    const auto report = auditionFunction(preset, expectation(request, preset), cancellation);
    preset.explanation += sayingWhatMoved(report);
    // What a cancelled audition says does not matter: nothing of a cancelled request is applied.
    return report.isSound || cancellation.isCancelled();
}

} // namespace tonewright
