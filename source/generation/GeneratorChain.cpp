#include "generation/GeneratorChain.h"

#include "generation/Alternative.h"
#include "generation/offline/Expectation.h"

#include <algorithm>
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
    auto draft = model->draft(request, cancellation, progress);
    if (!draft)
        return draft.error();
    auto& preset = draft->preset;
    auto promised = expectation(request, preset);
    if (draft->expectation)
        promised = merged(std::move(promised), *draft->expectation);
    const auto explain = [](const Preset& heard) { return heard.explanation; };
    if (auto error = auditionAnswer(request, promised, explain, cancellation, progress, preset))
        return std::move(*error);
    return std::move(preset);
}

std::vector<Preset> GeneratorChain::answersBefore(const GenerationRequest& asked,
                                                  const Cancellation& cancellation) const
{
    auto request = asked;
    for (request.variation = 0; request.variation < asked.variation && !cancellation.isCancelled();
         ++request.variation)
    {
        auto other = askOffline(
            request, cancellation, [](const std::string&, double) {}, nullptr);
        if (!other)
            break;
        request.others.push_back(std::move(*other));
    }
    return std::move(request.others);
}

Result<Preset, GenerationError> GeneratorChain::askOffline(const GenerationRequest& asked,
                                                           const Cancellation& cancellation,
                                                           const ProgressCallback& progress,
                                                           const GenerationError* failure) const
{
    if (failure != nullptr)
        progress(failure->message + " The built-in generator answers instead.", -1);
    auto request = asked;
    auto preset = offlineGenerator->generate(request, cancellation, progress);
    if (!preset)
        return preset;
    if (asked.variation > 0 && asked.others.empty())
        request.others = answersBefore(asked, cancellation);
    // What is written names values that listening may move. Nobody is left to ask, so the tone stays whatever
    // the audition heard.
    const auto explain = [&](const Preset& heard) { return offlineGenerator->explanationOf(request, heard); };
    auto error =
        auditionAnswer(request, expectation(request, *preset), explain, cancellation, progress, *preset);
    if (error && isNoAlternative(*error))
        return std::move(*error);
    if (failure != nullptr)
    {
        preset->source.fallback = true;
        preset->source.fallbackReason = failure->message;
    }
    return preset;
}

std::optional<GenerationError>
GeneratorChain::auditionAnswer(const GenerationRequest& request, const ToneExpectation& promised,
                               const ExplanationFunction& explain, const Cancellation& cancellation,
                               const ProgressCallback& progress, Preset& preset) const
{
    constexpr double almostDone = 0.9;
    if (cancellation.isCancelled())
        return std::nullopt;
    progress("Listening to the tone", almostDone);
    const auto listen = [&](Preset& heard) { return auditionFunction(heard, promised, cancellation); };
    const auto asGiven = preset.parameters;
    const auto report = listen(preset);
    preset.explanation = explain(preset) + sayingWhatMoved(report);
    preset.source.variation = request.variation;
    // What a cancelled audition says does not matter: nothing of a cancelled request is applied.
    if (!report.isSound && !cancellation.isCancelled())
        return GenerationError{GenerationErrorKind::badAnswer,
                               "The language model's preset makes no sound; please try other words.",
                               "the audition heard silence or something not finite"};
    // What is moved away from the first answer would only be moved back to it by the promises about colours.
    auto kept = promised;
    std::erase_if(kept.promises, [](const Promise& promise) { return promise.quality <= Quality::top; });
    const auto listenAgain = [&](Preset& heard) { return auditionFunction(heard, kept, cancellation); };
    if (request.variation > 0 && !setApart(preset, asGiven, request, promised, listenAgain, cancellation))
        return noAlternative();
    return std::nullopt;
}

} // namespace tonewright
