#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

struct CurlLibrary;

inline constexpr std::size_t maximumBodySize = 1u << 20;
inline constexpr std::size_t maximumHeaderSize = 64u << 10;
/// Of a body that a listener takes: a stream wraps each word of an answer into some 300 bytes.
inline constexpr std::size_t maximumStreamSize = 16u << 20;

/// What a server said.
struct HttpResponse
{
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case; the last of equal ones
    std::string body;
    std::size_t size = 0; ///< of the body as received, also where a listener took it

    /// A header's value, or nothing.
    const std::string* header(const std::string& lowerCaseName) const;
};

/// Takes an answer's body while it comes.
class BodyListener
{
public:
    /// What a piece meant.
    enum class Verdict
    {
        nothing,  ///< no sign of life: padding, a comment
        progress, ///< the answer moves on
        complete  ///< enough: the rest is not waited for
    };

    virtual ~BodyListener() = default;

    /// [worker] Asked once status and headers are there: whether to be handed the body piece by piece,
    /// instead of finding it in HttpResponse::body.
    virtual bool wants(const HttpResponse& head) = 0;

    /// [worker] The next piece, split anywhere. May throw only std::bad_alloc, which breaks the exchange off.
    virtual Verdict take(std::string_view piece) = 0;
};

/// One exchange with a server.
struct HttpRequest
{
    std::string url;
    std::vector<std::string> headers; ///< "Name: value", without line breaks
    std::string body;                 ///< empty: GET, else POST
    /// Until the response is whole; a listener that sees progress starts it anew. Bytes alone do not: a
    /// server that drips them would never end.
    std::chrono::milliseconds timeout{30'000};
    std::chrono::milliseconds total{95'000};          ///< until the response is whole, whatever moves
    std::chrono::milliseconds connectTimeout{10'000}; ///< name look-up, connection and TLS together
    std::size_t maximumBody = maximumBodySize;
    BodyListener* listener = nullptr; ///< must outlive the exchange
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
        proxy,   ///< the computer's proxy is unknown or refuses
        tls,     ///< no trustworthy encrypted connection
        broken,  ///< the connection broke or what came was no HTTP
        tooLarge,
        unavailable ///< libcurl is missing, or cannot do what is asked
    };
    Kind kind = Kind::broken;
    std::string detail; ///< technical, may hold text from outside; for `unavailable` a sentence to show
    bool isWorthRetrying = true; ///< of `proxy`: whether the next attempt may fare better
};

/// Carries HTTP requests. One implementation uses libcurl; tests bring their own.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;

    /// [worker] Blocks until the whole response is there, or failed; within milliseconds of a cancel,
    /// whatever it waits for. Reentrant. Bodies above their limit and headers above 64 KiB are failures.
    virtual Result<HttpResponse, HttpFailure> send(const HttpRequest& request,
                                                   const Cancellation& cancellation) = 0;
};

/// [any] libcurl behind the interface, loaded at the first send(). Each exchange has a multi and an easy
/// handle of its own on the calling worker: nothing is shared, so nothing is locked; a new connection costs
/// about 0.1 s of a generation that takes seconds. Redirects are not followed, certificates are always
/// checked (against the file SSL_CERT_FILE names, where set, else the system's), plain http reaches loopback
/// only, and the system's proxy settings are honoured except there.
std::unique_ptr<HttpTransport> makeCurlTransport();

/// [any] The same with a given library (or the reason there is none), which must outlive it.
std::unique_ptr<HttpTransport> makeCurlTransport(const Result<CurlLibrary>& library);

} // namespace tonewright
