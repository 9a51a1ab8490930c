#include "generation/openai/ChatReader.h"

#include "generation/openai/ResponseReader.h"
#include "generation/openai/ServerError.h"

#include <algorithm>
#include <initializer_list>

namespace tonewright
{
namespace
{
using nlohmann::json;

/// A member's text: a string, or an array of parts of type text.
std::string textIn(const json& object, const char* member)
{
    const auto found = object.find(member);
    if (found == object.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    std::string text;
    if (found->is_array())
        for (const auto& part : *found)
            if (part.is_object() && part.contains("text") && part["text"].is_string())
                text += part["text"].get_ref<const std::string&>();
    return text;
}

/// What a model thought aloud.
std::string thoughtsIn(const json& message)
{
    auto thoughts = textIn(message, "reasoning_content");
    return thoughts.empty() ? textIn(message, "reasoning") : thoughts;
}

/// The first choice of an answer or a chunk, or null.
const json* choiceOf(const json& root)
{
    if (!root.is_object())
        return nullptr;
    const auto choices = root.find("choices");
    if (choices == root.end() || !choices->is_array() || choices->empty() || !choices->front().is_object())
        return nullptr;
    return &choices->front();
}

/// A choice's text is in "message"; of a chunk in "delta", or in "message" where a server knows no better.
const json* messageOf(const json& choice, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (const auto found = choice.find(name); found != choice.end() && found->is_object())
            return &*found;
    return nullptr;
}

GenerationError refusal(std::string_view detail, std::string_view key)
{
    return GenerationError{GenerationErrorKind::refusal,
                           "The model declined this request; please describe the tone in other words.",
                           scrubbed(detail, key)};
}

Result<ChatAnswer, GenerationError> judged(AnswerParts parts, std::string_view key)
{
    if (!parts.refusal.empty())
        return refusal("the model says: " + parts.refusal, key);
    if (parts.finishReason == "content_filter")
        return refusal("the server's content filter stopped the answer", key);
    // vLLM's and others' reasoning parsers leave a model's JSON among its thoughts when a schema kept it from
    // closing them.
    if (parts.content.empty() && parts.finishReason != "length" &&
        parts.thoughts.find('{') != std::string::npos)
        parts.content = std::move(parts.thoughts);
    if (parts.content.empty() && parts.finishReason != "length")
        return badAnswer("HTTP 200, but the answer is empty; finish reason " + parts.finishReason, key);
    return ChatAnswer{std::move(parts.content), std::move(parts.finishReason), AnswerFormat::text};
}

std::string_view withoutLeadingSpace(std::string_view text)
{
    constexpr std::string_view space = "\xEF\xBB\xBF \t\r\n";
    return text.substr(std::min(text.find_first_not_of(space), text.size()));
}

bool looksLikeEvents(std::string_view body)
{
    const auto text = withoutLeadingSpace(body);
    return text.starts_with("data:") || text.starts_with("event:") || text.starts_with(":");
}
} // namespace

Result<ChatAnswer, GenerationError> readChatAnswer(const HttpResponse& response, const BaseUrl& url,
                                                   const ServerSettings& server)
{
    const auto unusable = [&](std::string_view detail) { return badAnswer(detail, server.key); };
    if (looksLikeEvents(response.body))
    {
        ChatStream stream({});
        (void)stream.take(response.body);
        if (stream.isBroken())
            return unusable("HTTP 200, but the body is no complete stream of chat chunks");
        if (const auto complaint = readComplaint(stream.complaint()))
            return errorFromComplaint(*complaint, response, url, server);
        return stream.answer(server.key);
    }
    const auto parsed = parseBounded(response.body);
    if (!parsed)
        return unusable("HTTP 200, but the body is no complete JSON");
    if (const auto complaint = complaintIn(*parsed))
        return errorFromComplaint(*complaint, response, url, server);
    const auto* choice = choiceOf(*parsed);
    if (choice == nullptr)
        return unusable("HTTP 200, but the answer has no choices");
    const auto* message = messageOf(*choice, {"message"});
    if (message == nullptr)
        return unusable("HTTP 200, but the answer has no message");
    return judged({textIn(*message, "content"), thoughtsIn(*message), textIn(*message, "refusal"),
                   textIn(*choice, "finish_reason")},
                  server.key);
}

bool ChatStream::wants(const HttpResponse& head)
{
    const auto* type = head.header("content-type");
    return head.status == 200 && type != nullptr && type->find("event-stream") != std::string::npos;
}

BodyListener::Verdict ChatStream::take(std::string_view piece)
{
    heardAnything = true;
    hasMoved = false;
    events.read(piece,
                [this](std::string_view data)
                {
                    if (!isComplete && failure.empty() && !isUnreadable)
                        readChunk(data);
                });
    isUnreadable = isUnreadable || events.isTooLong() || parts.content.size() > maximumBodySize ||
                   parts.refusal.size() > maximumBodySize;
    if (isComplete || !failure.empty() || isUnreadable)
        return Verdict::complete;
    return hasMoved ? Verdict::progress : Verdict::nothing;
}

void ChatStream::readChunk(std::string_view data)
{
    if (data == "[DONE]")
    {
        isComplete = true;
        return;
    }
    const auto chunk = parseBounded(data);
    if (!chunk)
    {
        isUnreadable = true;
        return;
    }
    const auto* choice = choiceOf(*chunk);
    if ((chunk->contains("error") || choice == nullptr) && complaintIn(*chunk))
    {
        failure = data;
        return;
    }
    const auto* message = choice != nullptr ? messageOf(*choice, {"delta", "message"}) : nullptr;
    if (message != nullptr)
    {
        const auto content = textIn(*message, "content");
        parts.content += content;
        parts.refusal += textIn(*message, "refusal");
        const auto thoughts = thoughtsIn(*message);
        const bool isThinking = !thoughts.empty();
        if (parts.thoughts.size() < maximumBodySize)
            parts.thoughts += thoughts;
        hasMoved = hasMoved || isThinking || !content.empty();
        if (listener && (isThinking || !content.empty()))
            listener(parts.content.size());
    }
    if (choice != nullptr)
        parts.finishReason = textIn(*choice, "finish_reason");
    isComplete = !parts.finishReason.empty();
}

Result<ChatAnswer, GenerationError> ChatStream::answer(std::string_view key) const
{
    return judged(parts, key);
}

} // namespace tonewright
