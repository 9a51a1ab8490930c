#pragma once

#include "tone/Preset.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>

namespace tonewright
{

/// Names a request; unique and rising within a process, never 0.
using RequestId = std::uint64_t;

/// What went wrong, for decisions; the sentence is in GenerationError::message.
enum class GenerationErrorKind
{
    cancelled,
    emptyPrompt,
    noKey,
    badKey,      ///< 401, 403
    quota,       ///< out of money: retrying is pointless
    rateLimited, ///< 429
    serverError, ///< 408, 409, 425, 5xx
    badRequest,  ///< 400, 404, 422: model or address
    network,     ///< no connection
    timeout,
    badAnswer,   ///< broken, cut or useless
    refusal,     ///< the model declined
    unavailable, ///< libcurl missing and the like
    internal
};

/// Why a request failed.
struct GenerationError
{
    GenerationErrorKind kind = GenerationErrorKind::internal;
    std::string message; ///< one clear sentence for a musician that says what to do; never a secret
    std::string detail;  ///< technical, one line, scrubbed of secrets; may be empty
    /// What the server (or the kind of failure) says about trying again; else `kind` decides.
    std::optional<bool> serverSaysRetry = std::nullopt;
    /// The wait the server asked for.
    std::optional<std::chrono::milliseconds> retryAfter = std::nullopt;
};

using MessageTime = std::chrono::steady_clock::time_point;

/// A worker has taken the request up.
struct PresetGenerationStarted
{
    RequestId id = 0;
    MessageTime time;
};

/// Terminal: the preset to apply. A fallback says so in preset.source.
struct PresetGenerated
{
    RequestId id = 0;
    MessageTime time;
    Preset preset;
    std::string detail; ///< of a fallback: the technical side of its reason, scrubbed; may be empty
};

/// Terminal: nothing to apply (cancelled included).
struct PresetGenerationFailed
{
    RequestId id = 0;
    MessageTime time;
    GenerationError error;
};

/// A parameter was changed by somebody else than the listener's own user interface.
struct ParameterChanged
{
    RequestId id = 0; ///< 0: not part of a request
    MessageTime time;
    ParameterIndex parameter{};
    float value = 0;
};

/// Progress of a request.
struct StatusUpdate
{
    RequestId id = 0;
    MessageTime time;
    std::string text;     ///< what is happening, for the status line
    double progress = -1; ///< 0 to 1, or -1 when unknown
};

/// Everything that travels to the message thread: a closed set. Adding a kind breaks every visitor until it
/// handles it.
using Message = std::variant<StatusUpdate, PresetGenerationStarted, PresetGenerated, PresetGenerationFailed,
                             ParameterChanged>;

static_assert(std::is_nothrow_move_constructible_v<Message>);

/// [any] Whether this is the one last message of its request.
inline bool isTerminal(const Message& message)
{
    return std::holds_alternative<PresetGenerated>(message) ||
           std::holds_alternative<PresetGenerationFailed>(message);
}

} // namespace tonewright
