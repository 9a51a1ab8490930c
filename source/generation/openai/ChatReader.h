#pragma once

#include "generation/openai/BaseUrl.h"
#include "generation/openai/Chat.h"
#include "generation/openai/EventStream.h"
#include "generation/openai/HttpTransport.h"
#include "generation/openai/ServerSettings.h"
#include "messaging/Message.h"
#include "tone/Result.h"

#include <string>
#include <string_view>
#include <utility>

namespace tonewright
{

/// What the one choice of an answer holds, whole or put together from a stream.
struct AnswerParts
{
    std::string content;
    std::string thoughts; ///< of models that are read out apart; some servers put the answer there as well
    std::string refusal;
    std::string finishReason;
};

/// [any] What the model said, out of a response of status 200: JSON, or a stream that nobody asked for. The
/// error tells a refusal, a complaint hidden under status 200 and an envelope that is broken or empty apart.
Result<ChatAnswer, GenerationError> readChatAnswer(const HttpResponse& response, const BaseUrl& url,
                                                   const ServerSettings& server);

/// An answer that comes as a stream of events, read while it comes. Complete with the model's finish reason
/// or
/// "[DONE]", whichever is first, because servers leave out either. Not thread-safe.
class ChatStream final : public BodyListener
{
public:
    /// `heard`: told on the worker how much of the answer's text is there; may be empty.
    explicit ChatStream(ChatListener heard) : listener(std::move(heard)) {}

    bool wants(const HttpResponse& head) override;
    Verdict take(std::string_view piece) override;

    bool wasHeard() const { return heardAnything; } ///< whether the body came here

    /// Whether it ended too early, or is no stream of chat chunks: then the answer is worth nothing, but
    /// may be had in one piece.
    bool isBroken() const { return isUnreadable || (!isComplete && failure.empty()); }

    /// The chunk with which the server reported an error, or nothing: it reads like a body of its own.
    const std::string& complaint() const { return failure; }

    /// [worker] The answer or what stands in its place; of a stream that is whole.
    Result<ChatAnswer, GenerationError> answer(std::string_view key) const;

private:
    void readChunk(std::string_view data);

    ChatListener listener;
    EventStream events;
    AnswerParts parts;
    std::string failure;
    bool heardAnything = false;
    bool hasMoved = false; // in the present piece
    bool isComplete = false;
    bool isUnreadable = false;
};

} // namespace tonewright
