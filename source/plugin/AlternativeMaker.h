#pragma once

#include "generation/PresetGenerationManager.h"
#include "plugin/ToneSession.h"

#include <cstddef>

namespace tonewright::plugin
{

/// The alternatives to the last answer: asked for one after another, so that each keeps away from those
/// before it, and at background priority, so that no prompt waits for them. All [message].
class AlternativeMaker
{
public:
    static constexpr std::size_t count = 3;

    /// A prompt was answered: what it was, and with what. Whatever was asked for before must have been
    /// stopped.
    void begin(GenerationRequest prompt, const Preset& answer);

    /// Asks `engine` for what is missing; nothing where it is under way, or there are no more.
    void make(PresetGenerationManager& manager, Engine engine);

    /// Asks for no more; what is there stays. `manager` may be null as long as nothing was asked for.
    void stop(PresetGenerationManager* manager);

    /// Takes an alternative, and asks for the next. False where the message is none of its own.
    bool take(const PresetGenerated& message, PresetGenerationManager& manager);
    bool take(const PresetGenerationFailed& message);

    const Alternatives& offered() const noexcept { return alternatives; }

private:
    void askForNext(PresetGenerationManager& manager);

    GenerationRequest request; ///< the prompt's
    Alternatives alternatives;
    RequestId awaited = 0;     ///< 0: none
    bool areExhausted = false; ///< the words leave no further one
};

} // namespace tonewright::plugin
