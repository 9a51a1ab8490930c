#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tonewright
{

struct CurlLibrary;

/// One exchange with a server.
struct HttpRequest
{
    std::string url;
    std::vector<std::string> headers; ///< "Name: value", without line breaks
    std::string body;                 ///< empty: GET, else POST
    std::chrono::milliseconds timeout{30'000};
    std::chrono::milliseconds connectTimeout{10'000}; ///< name look-up, connection and TLS together
};

/// What a server said.
struct HttpResponse
{
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case; the last of equal ones
    std::string body;

    /// A header's value, or nothing.
    const std::string* header(const std::string& lowerCaseName) const;
};

/// Why there is no response.
struct HttpFailure
{
    enum class Kind
    {
        cancelled,
        timeout,
        lookUp,  ///< the host's name is unknown
        connect, ///< nobody listens
        tls,     ///< no trustworthy encrypted connection
        broken,  ///< the connection broke or what came was no HTTP
        tooLarge,
        unavailable ///< libcurl is missing, or cannot do what is asked
    };
    Kind kind = Kind::broken;
    std::string detail; ///< technical, may hold text from outside; for `unavailable` a sentence to show
};

inline constexpr std::size_t maximumBodySize = 1u << 20;
inline constexpr std::size_t maximumHeaderSize = 64u << 10;

/// Carries HTTP requests. One implementation uses libcurl; tests bring their own.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;

    /// [worker] Blocks until the whole response is there, or failed; within milliseconds of a cancel,
    /// whatever it waits for. Reentrant. Bodies above 1 MiB and headers above 64 KiB are failures.
    virtual Result<HttpResponse, HttpFailure> send(const HttpRequest& request,
                                                   const Cancellation& cancellation) = 0;
};

/// [any] libcurl behind the interface, loaded at the first send(). Each exchange has a multi and an easy
/// handle of its own on the calling worker: nothing is shared, so nothing is locked; a new connection costs
/// about 0.1 s of a generation that takes seconds. Redirects are not followed, certificates are always
/// checked, plain http reaches loopback only, and the system's proxy settings are honoured except there.
std::unique_ptr<HttpTransport> makeCurlTransport();

/// [any] The same with a given library (or the reason there is none), which must outlive it.
std::unique_ptr<HttpTransport> makeCurlTransport(const Result<CurlLibrary>& library);

} // namespace tonewright
