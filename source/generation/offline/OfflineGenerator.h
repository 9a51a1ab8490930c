#pragma once

#include "generation/PresetGenerator.h"

#include <memory>

namespace tonewright
{

/// Turns words into a preset without a network: lexicon, knowledge base, grammar, ToneIntent, mapper.
/// Deterministic: the same request gives the same preset on every machine.
class OfflineGenerator final : public PresetGenerator
{
public:
    OfflineGenerator();
    ~OfflineGenerator() override;

    /// [any] Whether the words change the request's present preset ("a bit less gain") instead of describing
    /// a new tone; false when the request has none.
    static bool isEdit(const GenerationRequest& request);

    Result<Preset, GenerationError> generate(const GenerationRequest& request,
                                             const Cancellation& cancellation,
                                             const ProgressCallback& progress) override;
};

} // namespace tonewright
