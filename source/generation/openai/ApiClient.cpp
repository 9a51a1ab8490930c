#include "generation/openai/ApiClient.h"

#include "generation/Log.h"
#include "generation/openai/BaseUrl.h"
#include "generation/openai/ChatReader.h"
#include "generation/openai/ServerError.h"

#include <algorithm>
#include <string_view>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t maximumDialects = 64;
/// Routers list hundreds of models, each with a description.
constexpr std::size_t maximumModelList = 8u << 20;

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
    const auto known = dialect.format;
    const bool isTrial = question.format > known;
    dialect.loosenTo(question.format);
    const auto askAgain = [&](std::string_view reason)
    {
        Log::acquire()->write(LogLevel::info, question.request,
                              std::string(reason) + "; asking again: " + dialect.text());
    };
    for (;;)
    {
        const auto remaining =
            std::chrono::duration_cast<milliseconds>(question.deadline - steady_clock::now());
        if (remaining <= milliseconds::zero())
            return errorFromFailure({HttpFailure::Kind::timeout, "no time left"}, *url, server.key);
        auto request = requestTo(server, *url, "/chat/completions");
        request.headers.emplace_back("Content-Type: application/json");
        request.headers.emplace_back("Expect:"); // a preset's question needs no permission to be sent
        request.body = dialect.body(server, question);
        request.timeout = std::min(question.timeout, remaining);
        request.total = remaining;
        ChatStream stream(question.listener);
        if (dialect.takesStream && question.listener)
            request.listener = &stream;
        auto response = exchange(server, request, question.request, cancellation);
        if (!response)
            return response.error();
        if (stream.wasHeard() && stream.isBroken())
        {
            dialect.takesStream = false;
            askAgain("the server's stream is cut or none");
            continue;
        }
        if (stream.wasHeard())
            response->body = stream.complaint();
        if (const int status = statusOf(*response); status != 200)
        {
            if (!dialect.adaptTo(status, response->body))
                return errorFromResponse(*response, *url, server);
            askAgain("the server rejects part of the request");
            continue;
        }
        auto learnt = dialect;
        if (isTrial)
            learnt.format = known;
        remember(server, learnt);
        auto answer = stream.wasHeard() && stream.complaint().empty()
                          ? stream.answer(server.key)
                          : readChatAnswer(*response, *url, server);
        if (answer)
            answer->format = dialect.format;
        return answer;
    }
}

void ApiClient::stayWith(const ServerSettings& server, AnswerFormat format)
{
    auto dialect = dialectFor(server);
    dialect.loosenTo(format);
    remember(server, dialect);
}

Result<ServerModels, GenerationError> ApiClient::check(const ServerSettings& server, milliseconds timeout,
                                                       const Cancellation& cancellation)
{
    const auto url = parseBaseUrl(server.baseUrl);
    if (!url)
        return GenerationError{GenerationErrorKind::badRequest, url.error().message, {}};
    auto request = requestTo(server, *url, "/models");
    request.timeout = timeout;
    request.maximumBody = maximumModelList;
    const auto response = exchange(server, request, 0, cancellation);
    if (!response)
        return response.error();
    if (response->status != 200)
        return errorFromResponse(*response, *url, server);
    if (readComplaint(response->body))
        return errorFromResponse(*response, *url, server);
    if (auto models = readModelList(response->body, server.key))
        return std::move(*models);
    return GenerationError{GenerationErrorKind::badRequest,
                           "No language model answers at this server address; please check it in Settings "
                           "(most end in /v1).",
                           "HTTP 200, but the list of models is no JSON"};
}

Traffic ApiClient::traffic() const
{
    return {exchanges, bytesSent, bytesReceived};
}

ServerDialect ApiClient::dialectFor(const ServerSettings& server) const
{
    const std::lock_guard lock(mutex);
    const auto known = dialects.find({server.baseUrl, server.model});
    return known != dialects.end() ? known->second : ServerDialect::first(server);
}

void ApiClient::remember(const ServerSettings& server, const ServerDialect& dialect)
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
    bytesReceived += response ? response->size : 0;
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
            std::to_string(response->size) + " bytes" +
            (requestId != nullptr ? ", server's id " + scrubbed(*requestId, server.key, 80) : ""));
    return std::move(*response);
}

} // namespace tonewright
