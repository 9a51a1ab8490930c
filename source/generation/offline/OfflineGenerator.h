#pragma once

#include "generation/PresetGenerator.h"

namespace tonewright
{

/// Turns words into a preset without a network: lexicon, knowledge base, grammar, ToneIntent, mapper.
/// Deterministic: the same request gives the same preset on every machine.
class OfflineGenerator final : public PresetGenerator
{
public:
    OfflineGenerator();
    ~OfflineGenerator() override;

    /// [worker] As PresetGenerator says; takes well under 5 ms, the very first call too (nothing is loaded).
    /// A new tone gets an estimated output.level, and both are only words so far: audition() them with
    /// expectationOf(). An edit leaves everything unmentioned as it is, output.level included.
    Result<Preset, GenerationError> generate(const GenerationRequest& request,
                                             const Cancellation& cancellation,
                                             const ProgressCallback& progress) override;

    /// [worker] As PresetGenerator says: read once more, with the values that are there now.
    std::string explanationOf(const GenerationRequest& request, const Preset& answer) const override;

    /// [worker] Whether generate() would change the current preset ("a bit less gain") rather than make a new
    /// one. Never without a current preset; with one, a prompt in which nothing is understood changes
    /// nothing.
    static bool isEdit(const GenerationRequest& request);
};

} // namespace tonewright
