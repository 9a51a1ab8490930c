#pragma once

#include "generation/openai/BaseUrl.h"
#include "generation/openai/HttpTransport.h"
#include "generation/openai/ServerSettings.h"
#include "messaging/Message.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tonewright
{

/// What a server says about a failure, in any of the shapes seen in the wild: {"error": {...}}, {"error":
/// "text"}, [{"error": {...}}], {"message": "..."}; all empty where it says nothing that can be read.
struct ServerComplaint
{
    std::string message;
    std::string type;
    std::string code;       ///< numbers as text
    std::string param = {}; ///< the part of the request it is about
};

/// [any] Reads a body; nothing when it holds no complaint. Foreign text: scrub before showing.
std::optional<ServerComplaint> readComplaint(std::string_view body);
std::optional<ServerComplaint> complaintIn(const nlohmann::json& body); ///< [any] the same of JSON

/// [any] The status of a response; where it is 200 and the body holds a complaint with the code of another,
/// that one: routers so report the server behind them.
int statusOf(const HttpResponse& response);

/// [any] The error for a response that is no answer: by status, and by what the body says.
GenerationError errorFromResponse(const HttpResponse& response, const BaseUrl& url,
                                  const ServerSettings& server);

/// [any] The error for a response of status 200 that holds a complaint instead of an answer.
GenerationError errorFromComplaint(const ServerComplaint& complaint, const HttpResponse& response,
                                   const BaseUrl& url, const ServerSettings& server);

/// [any] The error for an exchange without a response.
GenerationError errorFromFailure(const HttpFailure& failure, const BaseUrl& url, std::string_view key);

/// [any] The error for an answer that cannot be used; `detail` is scrubbed here.
GenerationError badAnswer(std::string_view detail, std::string_view key);

/// [any] The wait a server asks for (retry-after-ms, else Retry-After in seconds or as a date), if it makes
/// sense: not in the past, not a word. `now` is for dates.
std::optional<std::chrono::milliseconds> retryAfterOf(const HttpResponse& response,
                                                      std::chrono::sys_seconds now);

/// [any] Foreign text for one line of a detail: clean, short, without the key.
std::string scrubbed(std::string_view text, std::string_view key, std::size_t maximumBytes = 300);

} // namespace tonewright
