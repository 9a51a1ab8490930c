#pragma once

#include "generation/Cancellation.h"
#include "generation/GenerationStatistics.h"
#include "generation/ToneExpectation.h"
#include "messaging/Message.h"
#include "tone/Preset.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tonewright
{

/// Who answers: `automatic` asks the language model where a key or a local server is configured and the
/// offline generator otherwise or when that fails.
enum class Engine
{
    automatic,
    offline,
    openAi
};

enum class RequestPriority
{
    interactive, ///< somebody waits
    background
};

/// One prompt on its way.
struct GenerationRequest
{
    RequestId id = 0; ///< given by the manager
    std::string prompt;
    std::optional<Preset> current; ///< what sounds now: edits ("a bit less gain") change it
    std::vector<Preset> history;   ///< what sounded before `current`, oldest first: "undo that"
    double tempo = 0;              ///< quarter notes a minute, 0 where unknown
    int variation = 0;             ///< 0: the plain answer; 1, 2, ...: alternatives that really differ
    std::vector<Preset>
        others; ///< answers the player has to the same words: an alternative keeps away from them
    Engine engine = Engine::automatic;
    bool mayFallBack =
        true; ///< whether the built-in generator stands in when the language model cannot answer
    RequestPriority priority = RequestPriority::interactive;
    std::chrono::milliseconds timeout{30'000}; ///< for each exchange with a server
    std::chrono::steady_clock::time_point deadline =
        std::chrono::steady_clock::time_point::max(); ///< for everything; set by the manager
};

/// Called on the worker with what is happening and how far it is (0 to 1, -1 unknown).
using ProgressCallback = std::function<void(const std::string& text, double progress)>;

/// A preset, and what its generator means it to sound like besides what the words promise.
struct Draft
{
    Preset preset;
    std::optional<ToneExpectation> expectation = std::nullopt;
};

/// Turns a prompt (and the current preset) into a preset.
class PresetGenerator
{
public:
    virtual ~PresetGenerator() = default;

    /// [any] Whether asking can succeed at all: a language model needs a server, and mostly a key.
    virtual bool isConfigured() const { return true; }

    /// [worker] Called once before a request is given to it: the time to fetch what must not be waited for
    /// on the message thread, like a key out of the desktop's keyring. Reentrant. Returns what is in the way
    /// of asking, where the user should know.
    virtual std::optional<GenerationError> prepare(const Cancellation&) { return std::nullopt; }

    /// [any] What it has sent and received so far.
    virtual Traffic traffic() const { return {}; }

    /// [worker] One attempt: whether a failed one is repeated is the manager's decision, which needs no
    /// worker to wait. Blocks until done, failed or cancelled (error kind `cancelled`, within milliseconds).
    /// Reentrant: several workers may call it at once. The preset is valid; its explanation is made from its
    /// final values.
    virtual Result<Preset, GenerationError> generate(const GenerationRequest& request,
                                                     const Cancellation& cancellation,
                                                     const ProgressCallback& progress) = 0;

    /// [worker] The same with what is meant by it, for the audition.
    virtual Result<Draft, GenerationError> draft(const GenerationRequest& request,
                                                 const Cancellation& cancellation,
                                                 const ProgressCallback& progress)
    {
        auto preset = generate(request, cancellation, progress);
        return preset ? Result<Draft, GenerationError>(Draft{std::move(*preset)}) : preset.error();
    }

    /// [worker] The explanation of an answer of generate() whose values were moved since. Reentrant.
    virtual std::string explanationOf(const GenerationRequest&, const Preset& answer) const
    {
        return answer.explanation;
    }
};

} // namespace tonewright
