#include "generation/openai/ApiClient.h"

#include "generation/Log.h"
#include "generation/openai/BaseUrl.h"
#include "generation/openai/ModelSchema.h"
#include "generation/openai/ResponseReader.h"
#include "generation/openai/ServerError.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace tonewright
{
namespace
{
using nlohmann::ordered_json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t maximumDialects = 64;

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

bool mentions(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](auto word) { return text.find(word) != std::string_view::npos; });
}

std::string_view nameOf(AnswerFormat format)
{
    constexpr std::array<std::string_view, 4> names{"strict schema", "loose schema", "JSON object", "text"};
    return names[static_cast<std::size_t>(format)];
}

ordered_json responseFormat(AnswerFormat format)
{
    if (format == AnswerFormat::jsonObject)
        return {{"type", "json_object"}};
    ordered_json schema;
    schema["name"] = "tonewright_tone";
    if (format == AnswerFormat::strictSchema)
        schema["strict"] = true;
    schema["schema"] = format == AnswerFormat::strictSchema ? strictModelSchema() : looseModelSchema();
    return {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
}

/// The messages as they are, or with the system's text at the head of the user's first.
ordered_json messagesOf(const ChatQuestion& question, bool takesSystemRole)
{
    auto messages = ordered_json::array();
    std::string folded;
    for (const auto& message : question.messages)
    {
        if (!takesSystemRole && message.role == "system")
        {
            folded = message.content + "\n\n";
            continue;
        }
        messages.push_back({{"role", message.role}, {"content", folded + message.content}});
        folded.clear();
    }
    return messages;
}

HttpRequest requestTo(const ServerSettings& server, const BaseUrl& url, std::string_view path)
{
    HttpRequest request;
    request.url = url.text() + std::string(path);
    request.headers = {"Accept: application/json", "User-Agent: Tonewright"};
    if (!server.key.empty())
        request.headers.push_back("Authorization: Bearer " + server.key);
    return request;
}
} // namespace

ApiClient::ApiClient(std::unique_ptr<HttpTransport> transport) : http(std::move(transport))
{
}

Result<ChatAnswer, GenerationError> ApiClient::complete(const ServerSettings& server,
                                                        const ChatQuestion& question,
                                                        const Cancellation& cancellation)
{
    const auto url = parseBaseUrl(server.baseUrl);
    if (!url)
        return GenerationError{GenerationErrorKind::badRequest, url.error().message, {}};
    auto dialect = dialectFor(server);
    dialect.format = std::max(dialect.format, question.format);
    if (dialect.format == AnswerFormat::jsonObject && !dialect.takesJsonObject)
        dialect.format = AnswerFormat::text;
    for (;;)
    {
        const auto remaining =
            std::chrono::duration_cast<milliseconds>(question.deadline - steady_clock::now());
        if (remaining <= milliseconds::zero())
            return errorFromFailure({HttpFailure::Kind::timeout, "no time left"}, *url, server.key);
        auto request = requestTo(server, *url, "/chat/completions");
        request.headers.emplace_back("Content-Type: application/json");
        request.headers.emplace_back("Expect:"); // a preset's question needs no permission to be sent
        request.body = bodyOf(server, question, dialect);
        request.timeout = std::min(question.timeout, remaining);
        const auto response = exchange(server, request, question.request, cancellation);
        if (!response)
            return response.error();
        if (response->status == 200)
        {
            auto answer = readChatAnswer(*response, *url, server);
            if (answer)
            {
                remember(server, dialect);
                answer->format = dialect.format;
            }
            return answer;
        }
        if (!adapt(dialect, *response))
            return errorFromResponse(*response, *url, server);
        Log::acquire()->write(LogLevel::info, question.request,
                              "the server rejects part of the request; asking again with " +
                                  std::string(nameOf(dialect.format)));
    }
}

Result<Done, GenerationError> ApiClient::check(const ServerSettings& server, milliseconds timeout,
                                               const Cancellation& cancellation)
{
    const auto url = parseBaseUrl(server.baseUrl);
    if (!url)
        return GenerationError{GenerationErrorKind::badRequest, url.error().message, {}};
    auto request = requestTo(server, *url, "/models");
    request.timeout = timeout;
    const auto response = exchange(server, request, 0, cancellation);
    if (!response)
        return response.error();
    if (response->status != 200)
        return errorFromResponse(*response, *url, server);
    return Done{};
}

Traffic ApiClient::traffic() const
{
    return {exchanges, bytesSent, bytesReceived};
}

/// What to leave out, or name otherwise, when a server rejects a request; false when nothing is left to try.
/// Every change can happen once (the token limit twice: renamed, then dropped), so asking again ends.
bool ApiClient::adapt(Dialect& dialect, const HttpResponse& response)
{
    constexpr std::array rejections{400, 422, 500, 501};
    if (std::find(rejections.begin(), rejections.end(), response.status) == rejections.end())
        return false;
    const auto text = lowered(std::string_view(response.body).substr(0, 20'000));
    const bool isAboutFormat =
        mentions(text, {"response_format", "response format", "json_schema", "schema", "strict",
                        "additionalproperties", "structured output", "json_object"});
    if (response.status >= 500)
    {
        // llama.cpp reports a schema it cannot use as its own failure.
        if (!isAboutFormat || dialect.format == AnswerFormat::text)
            return false;
        lowerFormat(dialect);
        return true;
    }
    if (mentions(text, {"context_length", "context length", "maximum context"}))
        return false;
    if (mentions(text, {"max_tokens", "max_completion_tokens"}) && dialect.tokenLimit != TokenLimit::none)
    {
        if (dialect.tokenLimitWasRenamed)
            dialect.tokenLimit = TokenLimit::none;
        else
            dialect.tokenLimit = dialect.tokenLimit == TokenLimit::maxTokens ? TokenLimit::maxCompletionTokens
                                                                             : TokenLimit::maxTokens;
        dialect.tokenLimitWasRenamed = true;
        return true;
    }
    if (dialect.takesSystemRole && mentions(text, {"role"}) && mentions(text, {"system", "developer"}))
    {
        dialect.takesSystemRole = false;
        return true;
    }
    if (!isAboutFormat || dialect.format == AnswerFormat::text)
        return false;
    // LM Studio: the type must be 'json_schema' or 'text'.
    if (dialect.format == AnswerFormat::jsonObject || mentions(text, {"'json_schema' or 'text'"}))
        dialect.takesJsonObject = false;
    lowerFormat(dialect);
    return true;
}

void ApiClient::lowerFormat(Dialect& dialect)
{
    switch (dialect.format)
    {
    case AnswerFormat::strictSchema:
        dialect.format = AnswerFormat::looseSchema;
        return;
    case AnswerFormat::looseSchema:
        dialect.format = dialect.takesJsonObject ? AnswerFormat::jsonObject : AnswerFormat::text;
        return;
    case AnswerFormat::jsonObject:
    case AnswerFormat::text:
        dialect.format = AnswerFormat::text;
        return;
    }
}

std::string ApiClient::bodyOf(const ServerSettings& server, const ChatQuestion& question,
                              const Dialect& dialect)
{
    ordered_json body;
    body["model"] = server.model;
    body["messages"] = messagesOf(question, dialect.takesSystemRole);
    if (dialect.format != AnswerFormat::text)
        body["response_format"] = responseFormat(dialect.format);
    if (dialect.tokenLimit == TokenLimit::maxTokens)
        body["max_tokens"] = question.tokenLimit;
    else if (dialect.tokenLimit == TokenLimit::maxCompletionTokens)
        body["max_completion_tokens"] = question.tokenLimit;
    return body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ApiClient::Dialect ApiClient::dialectFor(const ServerSettings& server) const
{
    {
        const std::lock_guard lock(mutex);
        if (const auto known = dialects.find({server.baseUrl, server.model}); known != dialects.end())
            return known->second;
    }
    Dialect dialect;
    const auto url = parseBaseUrl(server.baseUrl);
    // OpenAI calls max_tokens old and its reasoning models reject it; most others know nothing else.
    if (url && (url->isOpenAi() || url->host.ends_with(".openai.azure.com")))
        dialect.tokenLimit = TokenLimit::maxCompletionTokens;
    return dialect;
}

void ApiClient::remember(const ServerSettings& server, const Dialect& dialect)
{
    const std::lock_guard lock(mutex);
    if (dialects.size() >= maximumDialects)
        dialects.clear();
    dialects[{server.baseUrl, server.model}] = dialect;
}

Result<HttpResponse, GenerationError> ApiClient::exchange(const ServerSettings& server,
                                                          const HttpRequest& request, RequestId id,
                                                          const Cancellation& cancellation)
{
    const auto start = steady_clock::now();
    ++exchanges;
    bytesSent += request.body.size();
    auto response = http->send(request, cancellation);
    bytesReceived += response ? response->body.size() : 0;
    const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
    const auto url = parseBaseUrl(server.baseUrl);
    const auto sizes =
        std::to_string(took.count()) + " ms, sent " + std::to_string(request.body.size()) + " bytes";
    if (!response)
    {
        auto error = errorFromFailure(response.error(), *url, server.key);
        Log::acquire()->write(LogLevel::warning, id, url->host + ": " + error.detail + ", " + sizes);
        return error;
    }
    const auto* requestId = response->header("x-request-id");
    Log::acquire()->write(
        response->status == 200 ? LogLevel::info : LogLevel::warning, id,
        url->host + ": HTTP " + std::to_string(response->status) + ", " + sizes + ", received " +
            std::to_string(response->body.size()) + " bytes" +
            (requestId != nullptr ? ", server's id " + scrubbed(*requestId, server.key, 80) : ""));
    return std::move(*response);
}

} // namespace tonewright
