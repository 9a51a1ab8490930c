#pragma once

#include "generation/Audition.h"
#include "generation/PresetGenerator.h"

#include <functional>
#include <memory>
#include <vector>

namespace tonewright
{

/// Who answers a request: the language model where it may, the built-in generator otherwise; and the audition
/// of whatever they write, and keeping alternatives apart. Knows nothing of threads and retries. Reentrant.
class GeneratorChain
{
public:
    using AuditionFunction =
        std::function<AuditionReport(Preset&, const ToneExpectation&, const Cancellation&)>;
    using ExpectationFunction = std::function<ToneExpectation(const GenerationRequest&, const Preset&)>;

    /// [setup] `languageModel` may be null, empty functions are Tonewright's own.
    GeneratorChain(std::shared_ptr<PresetGenerator> offline, std::shared_ptr<PresetGenerator> languageModel,
                   AuditionFunction audition, ExpectationFunction expect);

    /// [worker] Lets the language model fetch what it needs, if the request may be given to it.
    std::optional<GenerationError> prepare(const GenerationRequest& request,
                                           const Cancellation& cancellation) const;

    /// [any] What the language model has sent and received.
    Traffic traffic() const;

    /// [worker] Whether the language model is to be asked first.
    bool wantsLanguageModel(const GenerationRequest& request) const;

    /// [worker] The language model's preset, auditioned; one that makes no sound is a bad answer.
    Result<Preset, GenerationError> askLanguageModel(const GenerationRequest& request,
                                                     const Cancellation& cancellation,
                                                     const ProgressCallback& progress) const;

    /// [worker] The built-in generator's preset, auditioned. With `failure`, it is marked as standing in for
    /// the language model.
    Result<Preset, GenerationError> askOffline(const GenerationRequest& request,
                                               const Cancellation& cancellation,
                                               const ProgressCallback& progress,
                                               const GenerationError* failure) const;

private:
    /// The plain answer and the alternatives before the one that is asked for: one seed gives one
    /// alternative, whether somebody collected these or not.
    std::vector<Preset> answersBefore(const GenerationRequest& asked, const Cancellation& cancellation) const;
    /// Of what was heard: `explain` is asked once the audition has moved what it moves.
    using ExplanationFunction = std::function<std::string(const Preset&)>;
    /// Listens, and keeps an alternative apart. An error where it makes no sound, or is no alternative.
    std::optional<GenerationError> auditionAnswer(const GenerationRequest& request,
                                                  const ToneExpectation& promised,
                                                  const ExplanationFunction& explain,
                                                  const Cancellation& cancellation,
                                                  const ProgressCallback& progress, Preset& preset) const;

    std::shared_ptr<PresetGenerator> offlineGenerator;
    std::shared_ptr<PresetGenerator> model;
    AuditionFunction auditionFunction;
    ExpectationFunction expectation;
};

} // namespace tonewright
