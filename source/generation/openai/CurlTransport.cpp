#include "generation/openai/BaseUrl.h"
#include "generation/openai/CurlLibrary.h"
#include "generation/openai/HttpTransport.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace tonewright
{
namespace
{
using Kind = HttpFailure::Kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto start = text.find_first_not_of(space);
    return start == std::string_view::npos ? std::string_view{}
                                           : text.substr(start, text.find_last_not_of(space) + 1 - start);
}

bool isSuccess(long status)
{
    return status >= 200 && status < 300;
}

Kind kindOf(CURLcode code)
{
    switch (code)
    {
    case CURLE_OPERATION_TIMEDOUT:
        return Kind::timeout;
    case CURLE_COULDNT_RESOLVE_HOST:
        return Kind::lookUp;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return Kind::proxy;
    case CURLE_COULDNT_CONNECT:
        return Kind::connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
        return Kind::tls;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_NOT_BUILT_IN:
        return Kind::unavailable;
    default:
        return Kind::broken;
    }
}

/// One exchange: owns its handles and gives them back in the order libcurl wants.
class Exchange
{
public:
    Exchange(const CurlLibrary& library, const HttpRequest& httpRequest)
        : curl(library), request(httpRequest), easy(library.easyInit()), multi(library.multiInit())
    {
    }

    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    ~Exchange()
    {
        if (easy != nullptr && multi != nullptr)
            curl.multiRemoveHandle(multi, easy);
        if (easy != nullptr)
            curl.easyCleanup(easy);
        if (multi != nullptr)
            curl.multiCleanup(multi);
        curl.slistFreeAll(headers);
    }

    Result<HttpResponse, HttpFailure> run(const Cancellation& cancellation)
    {
        if (easy == nullptr || multi == nullptr || !prepare() || curl.multiAddHandle(multi, easy) != CURLM_OK)
            return HttpFailure{Kind::unavailable, "libcurl " + curl.version + " could not be set up"};
        const Cancellation::WakeUp wakeUp(cancellation, [this] { curl.multiWakeup(multi); });
        lastProgress = steady_clock::now();
        for (int running = 1; running > 0 && !isComplete;)
        {
            if (cancellation.isCancelled())
                return HttpFailure{Kind::cancelled, {}};
            if (curl.multiPerform(multi, &running) != CURLM_OK)
                return HttpFailure{Kind::broken, "libcurl gave up"};
            if (running == 0 || isComplete)
                break;
            const auto patience = untilSilent();
            if (patience <= milliseconds::zero())
                return HttpFailure{Kind::timeout,
                                   "nothing new for " + std::to_string(request.timeout.count()) + " ms"};
            if (curl.multiPoll(multi, nullptr, 0, static_cast<int>(patience.count()), nullptr) != CURLM_OK)
                return HttpFailure{Kind::broken, "libcurl cannot wait"};
        }
        return outcome();
    }

private:
    /// How long to wait for events. A wake-up ends the wait at once; a second only bounds what a lost one
    /// could cost.
    milliseconds untilSilent() const
    {
        constexpr milliseconds longestPoll{1000};
        if (request.listener == nullptr)
            return longestPoll; // libcurl itself keeps the time
        return std::min(longestPoll, std::chrono::ceil<milliseconds>(lastProgress + request.timeout -
                                                                     steady_clock::now()));
    }

    static std::size_t receiveBody(char* bytes, std::size_t size, std::size_t count, void* exchange) noexcept
    {
        try
        {
            return static_cast<Exchange*>(exchange)->take({bytes, size * count}) ? size * count : 0;
        }
        catch (...)
        {
            return 0; // an exception must not cross C code; libcurl ends the transfer
        }
    }

    static std::size_t receiveHeader(char* bytes, std::size_t size, std::size_t count,
                                     void* exchange) noexcept
    {
        try
        {
            return static_cast<Exchange*>(exchange)->takeHeader({bytes, size * count}) ? size * count : 0;
        }
        catch (...)
        {
            return 0;
        }
    }

    bool take(std::string_view piece)
    {
        if (response.size == 0)
        {
            response.status = static_cast<int>(longInfo(CURLINFO_RESPONSE_CODE));
            isStreamed = request.listener != nullptr && !isEncoded() && request.listener->wants(response);
        }
        response.size += piece.size();
        isTooLarge = response.size > (isStreamed ? maximumStreamSize : request.maximumBody);
        if (isTooLarge)
            return false;
        if (!isStreamed)
        {
            response.body.append(piece);
            return true;
        }
        const auto verdict = request.listener->take(piece);
        isComplete = isComplete || verdict == BodyListener::Verdict::complete;
        if (verdict == BodyListener::Verdict::progress)
            lastProgress = steady_clock::now();
        return true;
    }

    bool takeHeader(std::string_view line)
    {
        headerBytes += line.size();
        isTooLarge = headerBytes > maximumHeaderSize;
        if (isTooLarge)
            return false;
        if (line.starts_with("HTTP/"))
            response.headers.clear(); // a proxy's answer or an interim one came before
        if (const auto colon = line.find(':'); colon != std::string_view::npos)
        {
            std::string name(trimmed(line.substr(0, colon)));
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char c)
                           { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            response.headers[std::move(name)] = std::string(trimmed(line.substr(colon + 1)));
        }
        return true;
    }

    /// None was asked for; what is encoded could unpack to any size.
    bool isEncoded() const
    {
        const auto* encoding = response.header("content-encoding");
        return encoding != nullptr && !encoding->empty() && *encoding != "identity";
    }

    long longInfo(CURLINFO which) const
    {
        long value = 0;
        curl.easyGetinfo(easy, which, &value);
        return value;
    }

    template <typename Value>
    bool set(CURLoption option, Value value)
    {
        return curl.easySetopt(easy, option, value) == CURLE_OK;
    }

    bool prepare()
    {
        const auto url = parseBaseUrl(request.url);
        if (!url)
            return false;
        for (const auto& header : request.headers)
            if (auto* longer = curl.slistAppend(headers, header.c_str()))
                headers = longer;
            else
                return false;
        // Of 7.87: without it a hanging name look-up delays the clean-up. Older libraries carry on without.
        (void)set(CURLOPT_QUICK_EXIT, 1L);
        if (url->isLoopback() && !set(CURLOPT_NOPROXY, "*"))
            return false;
        if (!request.body.empty() &&
            (!set(CURLOPT_POSTFIELDS, request.body.data()) ||
             !set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()))))
            return false;
        if (const char* authorities = std::getenv("SSL_CERT_FILE");
            authorities != nullptr && *authorities != '\0' && !set(CURLOPT_CAINFO, authorities))
            return false;
        const auto limit =
            request.listener != nullptr ? request.total : std::min(request.timeout, request.total);
        return restrictProtocols(url->isLoopback()) && set(CURLOPT_URL, request.url.c_str()) &&
               set(CURLOPT_HTTPHEADER, headers) && set(CURLOPT_NOSIGNAL, 1L) &&
               set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_SSL_VERIFYPEER, 1L) &&
               set(CURLOPT_SSL_VERIFYHOST, 2L) &&
               set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count())) &&
               set(CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(limit.count()))) &&
               set(CURLOPT_WRITEFUNCTION, receiveBody) && set(CURLOPT_WRITEDATA, this) &&
               set(CURLOPT_HEADERFUNCTION, receiveHeader) && set(CURLOPT_HEADERDATA, this) &&
               set(CURLOPT_ERRORBUFFER, errorText.data());
    }

    bool restrictProtocols(bool isLoopback)
    {
        if (set(CURLOPT_PROTOCOLS_STR, isLoopback ? "http,https" : "https"))
            return true;
// The option before 7.85, which newer headers mark as old.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        return set(CURLOPT_PROTOCOLS, isLoopback ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS);
#pragma GCC diagnostic pop
    }

    HttpFailure cannotCarry(const std::string& cause) const
    {
        return {Kind::unavailable, "The libcurl " + curl.version +
                                       " of this computer cannot ask this server (" + cause +
                                       "); please update the package libcurl4."};
    }

    /// Whether the request left; what is wrong after that is the server's doing.
    bool wasSent() const
    {
        return longInfo(CURLINFO_REQUEST_SIZE) > 0;
    }

    HttpFailure failureOf(CURLcode code) const
    {
        const std::string cause = errorText[0] != '\0' ? errorText.data() : curl.easyStrerror(code);
        if (const auto status = longInfo(CURLINFO_HTTP_CONNECTCODE); status != 0 && !isSuccess(status))
            return {Kind::proxy, cause, status >= 500};
        if (kindOf(code) != Kind::unavailable)
            return {kindOf(code), cause};
        return wasSent() ? HttpFailure{Kind::broken, cause} : cannotCarry(cause);
    }

    Result<HttpResponse, HttpFailure> outcome()
    {
        int left = 0;
        CURLcode code = isComplete ? CURLE_OK : CURLE_RECV_ERROR;
        while (const CURLMsg* message = curl.multiInfoRead(multi, &left))
            if (message->msg == CURLMSG_DONE && !isComplete)
                code = message->data.result;
        if (isTooLarge)
            return HttpFailure{Kind::tooLarge, "more than " + std::to_string(response.size) +
                                                   " bytes of answer or " + std::to_string(headerBytes) +
                                                   " of headers"};
        if (code != CURLE_OK)
            return failureOf(code);
        response.status = static_cast<int>(longInfo(CURLINFO_RESPONSE_CODE));
        if (isEncoded())
            return HttpFailure{Kind::broken, "the server compressed its answer unasked"};
        return std::move(response);
    }

    const CurlLibrary& curl;
    const HttpRequest& request;
    CURL* easy;
    CURLM* multi;
    curl_slist* headers = nullptr;
    HttpResponse response;
    std::size_t headerBytes = 0;
    bool isTooLarge = false;
    bool isStreamed = false; // the listener takes the body
    bool isComplete = false; // the listener has enough
    steady_clock::time_point lastProgress;
    std::array<char, CURL_ERROR_SIZE> errorText{};
};

class CurlTransport final : public HttpTransport
{
public:
    explicit CurlTransport(const Result<CurlLibrary>* givenLibrary) : given(givenLibrary) {}

    Result<HttpResponse, HttpFailure> send(const HttpRequest& request,
                                           const Cancellation& cancellation) override
    {
        const auto& library = given != nullptr ? *given : CurlLibrary::system();
        if (!library)
            return HttpFailure{Kind::unavailable, library.error().message};
        return Exchange(*library, request).run(cancellation);
    }

private:
    const Result<CurlLibrary>* given;
};
} // namespace

std::unique_ptr<HttpTransport> makeCurlTransport()
{
    return std::make_unique<CurlTransport>(nullptr);
}

std::unique_ptr<HttpTransport> makeCurlTransport(const Result<CurlLibrary>& library)
{
    return std::make_unique<CurlTransport>(&library);
}

} // namespace tonewright
