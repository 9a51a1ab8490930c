#pragma once

#include "messaging/Message.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tonewright
{

/// How the server is told the form of the answer, from the firmest to the loosest.
enum class AnswerFormat
{
    strictSchema, ///< json_schema with "strict": true
    looseSchema,  ///< json_schema, pruned
    jsonObject,   ///< any JSON object
    text          ///< nothing: the prompt alone says it
};

/// One turn of a conversation.
struct ChatMessage
{
    std::string role; ///< "system", "user" or "assistant"
    std::string content;
};

/// Told how many bytes of the answer's text are there; none while the model thinks aloud.
using ChatListener = std::function<void(std::size_t textBytes)>;

/// What is asked.
struct ChatQuestion
{
    RequestId request = 0; ///< for the log
    std::vector<ChatMessage> messages;
    int tokenLimit = 4096;                            ///< of the answer
    std::optional<double> temperature;                ///< where the model takes one
    AnswerFormat format = AnswerFormat::strictSchema; ///< the firmest to try
    /// Of each exchange; where the answer is heard as it comes, without anything new of it.
    std::chrono::milliseconds timeout{30'000};
    std::chrono::steady_clock::time_point deadline =
        std::chrono::steady_clock::time_point::max(); ///< of all of them
    ChatListener listener;                            ///< where given, the answer is asked for as a stream
};

/// What a model said; not yet looked into.
struct ChatAnswer
{
    std::string content;
    std::string finishReason; ///< "stop", "length" (cut), "content_filter", or what the server made up
    AnswerFormat format = AnswerFormat::text;
};

} // namespace tonewright
