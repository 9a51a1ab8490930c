#pragma once

#include "generation/Cancellation.h"
#include "generation/GenerationStatistics.h"
#include "generation/openai/Chat.h"
#include "generation/openai/HttpTransport.h"
#include "generation/openai/ModelList.h"
#include "generation/openai/ServerDialect.h"
#include "generation/openai/ServerSettings.h"
#include "messaging/Message.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace tonewright
{

/// Speaks Chat Completions with servers of many kinds. It sends the least that can surprise (model, messages,
/// response_format, one token limit, and "stream" where somebody listens) and, when a server rejects part of
/// that, asks again without it: in one piece, down the formats, the other name of the token limit, the system
/// text inside the user's. What a server and model turned out to want is remembered while the client lives.
class ApiClient
{
public:
    /// [setup] Contacts nobody.
    explicit ApiClient(std::unique_ptr<HttpTransport> transport);

    /// [worker] Asks. Blocks until the answer is there, failed, past the deadline or cancelled (within
    /// milliseconds). Reentrant. No error holds the key.
    Result<ChatAnswer, GenerationError> complete(const ServerSettings& server, const ChatQuestion& question,
                                                 const Cancellation& cancellation);

    /// [worker] From now on asks a server and model no more strictly than this: what was stricter, it took
    /// and ignored. (A looser format in a question is a trial, and not remembered by itself.)
    void stayWith(const ServerSettings& server, AnswerFormat format);

    /// [worker] The models the server offers (GET /models), which says that it answers and takes the key,
    /// without generating anything. For settings and for checks by people.
    Result<ServerModels, GenerationError>
    check(const ServerSettings& server, std::chrono::milliseconds timeout, const Cancellation& cancellation);

    /// [any] What went over the network so far.
    Traffic traffic() const;

private:
    ServerDialect dialectFor(const ServerSettings& server) const;
    void remember(const ServerSettings& server, const ServerDialect& dialect);
    Result<HttpResponse, GenerationError> exchange(const ServerSettings& server, const HttpRequest& request,
                                                   RequestId id, const Cancellation& cancellation);

    std::unique_ptr<HttpTransport> http;
    std::atomic<std::uint64_t> exchanges{0}, bytesSent{0}, bytesReceived{0};
    mutable std::mutex mutex;
    std::map<std::pair<std::string, std::string>, ServerDialect> dialects; // by address and model
};

} // namespace tonewright
