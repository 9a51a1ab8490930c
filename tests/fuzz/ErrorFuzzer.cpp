// What servers say about failures: a first line for status and headers, then the body.
#include "Promise.h"
#include "generation/openai/ServerError.h"

#include <array>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace tonewright;
    constexpr std::array statuses{200, 204, 302, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 503, 599};
    if (size == 0)
        return 0;
    const auto text = fuzz::textOf(data, size).substr(1);
    const std::string header(text.substr(0, text.find('\n')));
    const auto bodyAt = std::min(header.size() + 1, text.size());
    const HttpResponse response{statuses[data[0] % statuses.size()],
                                {{"retry-after", header},
                                 {"retry-after-ms", header},
                                 {"x-should-retry", header},
                                 {"location", header}},
                                std::string(text.substr(bodyAt))};
    const ServerSettings server{"https://models.example/v1", "m", std::string(fuzz::sentinel)};
    const auto error = errorFromResponse(response, *parseBaseUrl(server.baseUrl), server);
    fuzz::requireSentence(error);
    fuzz::require(!error.retryAfter || error.retryAfter->count() >= 0, "nobody is told to wait for the past");
    return 0;
}
