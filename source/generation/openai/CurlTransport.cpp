#include "generation/openai/BaseUrl.h"
#include "generation/openai/CurlLibrary.h"
#include "generation/openai/HttpTransport.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tonewright
{
namespace
{
using Kind = HttpFailure::Kind;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto start = text.find_first_not_of(space);
    return start == std::string_view::npos ? std::string_view{}
                                           : text.substr(start, text.find_last_not_of(space) + 1 - start);
}

/// What the callbacks of one exchange collect.
struct Incoming
{
    HttpResponse response;
    std::size_t headerBytes = 0;
    bool tooLarge = false;
};

std::size_t receiveBody(char* bytes, std::size_t size, std::size_t count, void* target) noexcept
{
    auto& incoming = *static_cast<Incoming*>(target);
    try
    {
        if (incoming.response.body.size() + size * count > maximumBodySize)
        {
            incoming.tooLarge = true;
            return 0;
        }
        incoming.response.body.append(bytes, size * count);
        return size * count;
    }
    catch (...)
    {
        return 0; // an exception must not cross C code; libcurl ends the transfer
    }
}

std::size_t receiveHeader(char* bytes, std::size_t size, std::size_t count, void* target) noexcept
{
    auto& incoming = *static_cast<Incoming*>(target);
    try
    {
        const std::string_view line(bytes, size * count);
        incoming.headerBytes += line.size();
        if (incoming.headerBytes > maximumHeaderSize)
        {
            incoming.tooLarge = true;
            return 0;
        }
        if (line.starts_with("HTTP/"))
            incoming.response.headers.clear(); // a proxy's answer or an interim one came before
        if (const auto colon = line.find(':'); colon != std::string_view::npos)
        {
            std::string name(trimmed(line.substr(0, colon)));
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char c)
                           { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            incoming.response.headers[std::move(name)] = std::string(trimmed(line.substr(colon + 1)));
        }
        return line.size();
    }
    catch (...)
    {
        return 0;
    }
}

Kind kindOf(CURLcode code)
{
    switch (code)
    {
    case CURLE_OPERATION_TIMEDOUT:
        return Kind::timeout;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return Kind::lookUp;
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
        for (int running = 1; running > 0;)
        {
            if (cancellation.isCancelled())
                return HttpFailure{Kind::cancelled, {}};
            if (curl.multiPerform(multi, &running) != CURLM_OK)
                return HttpFailure{Kind::broken, "libcurl gave up"};
            // The wake-up ends this wait at once; the limit only bounds what a lost one could cost.
            constexpr int longestPoll = 1000;
            if (running > 0 && curl.multiPoll(multi, nullptr, 0, longestPoll, nullptr) != CURLM_OK)
                return HttpFailure{Kind::broken, "libcurl cannot wait"};
        }
        return outcome();
    }

private:
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
        return restrictProtocols(url->isLoopback()) && set(CURLOPT_URL, request.url.c_str()) &&
               set(CURLOPT_HTTPHEADER, headers) && set(CURLOPT_NOSIGNAL, 1L) &&
               set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_SSL_VERIFYPEER, 1L) &&
               set(CURLOPT_SSL_VERIFYHOST, 2L) &&
               set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count())) &&
               set(CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(request.timeout.count()))) &&
               set(CURLOPT_WRITEFUNCTION, receiveBody) && set(CURLOPT_WRITEDATA, &incoming) &&
               set(CURLOPT_HEADERFUNCTION, receiveHeader) && set(CURLOPT_HEADERDATA, &incoming) &&
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
        long bytes = 0;
        curl.easyGetinfo(easy, CURLINFO_REQUEST_SIZE, &bytes);
        return bytes > 0;
    }

    Result<HttpResponse, HttpFailure> outcome()
    {
        int left = 0;
        CURLcode code = CURLE_RECV_ERROR;
        while (const CURLMsg* message = curl.multiInfoRead(multi, &left))
            if (message->msg == CURLMSG_DONE)
                code = message->data.result;
        if (incoming.tooLarge)
            return HttpFailure{Kind::tooLarge, "the answer is larger than 1 MiB or its headers than 64 KiB"};
        const std::string cause = errorText[0] != '\0' ? errorText.data() : curl.easyStrerror(code);
        if (code != CURLE_OK && kindOf(code) == Kind::unavailable && !wasSent())
            return cannotCarry(cause);
        if (code != CURLE_OK)
            return HttpFailure{kindOf(code) == Kind::unavailable ? Kind::broken : kindOf(code), cause};
        long status = 0;
        curl.easyGetinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        incoming.response.status = static_cast<int>(status);
        // None was asked for; what is encoded could unpack to any size.
        if (const auto* encoding = incoming.response.header("content-encoding");
            encoding != nullptr && *encoding != "identity" && !encoding->empty())
            return HttpFailure{Kind::broken, "the server compressed its answer unasked"};
        return std::move(incoming.response);
    }

    const CurlLibrary& curl;
    const HttpRequest& request;
    CURL* easy;
    CURLM* multi;
    curl_slist* headers = nullptr;
    Incoming incoming;
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

const std::string* HttpResponse::header(const std::string& lowerCaseName) const
{
    const auto found = headers.find(lowerCaseName);
    return found != headers.end() ? &found->second : nullptr;
}

std::unique_ptr<HttpTransport> makeCurlTransport()
{
    return std::make_unique<CurlTransport>(nullptr);
}

std::unique_ptr<HttpTransport> makeCurlTransport(const Result<CurlLibrary>& library)
{
    return std::make_unique<CurlTransport>(&library);
}

} // namespace tonewright
