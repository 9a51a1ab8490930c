#include "generation/openai/BaseUrl.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tonewright
{
namespace
{
constexpr std::size_t longestAddress = 2000;

Error notAnAddress()
{
    return Error{"The server address must look like https://api.openai.com/v1 or http://localhost:11434/v1; "
                 "please correct it in Settings."};
}

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isHost(std::string_view host)
{
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        return std::all_of(
            host.begin() + 1, host.end() - 1,
            [](char c) { return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.'; });
    return !host.empty() && isLetterOrDigit(host.front()) && host.find("..") == std::string_view::npos &&
           std::all_of(host.begin(), host.end(),
                       [](char c) { return isLetterOrDigit(c) || c == '-' || c == '.' || c == '_'; });
}

/// RFC 3986's pchar and slash, without the percent sign: nothing hides in an encoding.
bool isPath(std::string_view path)
{
    constexpr std::string_view others = "/-._~!$&'()*+,;=:";
    return std::all_of(path.begin(), path.end(),
                       [&](char c) {
                           return isLetterOrDigit(c) || (c >= 'A' && c <= 'Z') ||
                                  others.find(c) != std::string_view::npos;
                       });
}

bool isDottedLoopback(std::string_view host)
{
    int parts = 0;
    bool first = true;
    while (!host.empty())
    {
        const auto dot = std::min(host.find('.'), host.size());
        int value = -1;
        const auto [end, error] = std::from_chars(host.data(), host.data() + dot, value);
        if (error != std::errc{} || end != host.data() + dot || value < 0 || value > 255 ||
            (first && value != 127))
            return false;
        first = false;
        ++parts;
        host.remove_prefix(std::min(dot + 1, host.size()));
    }
    return parts == 4;
}
} // namespace

std::string BaseUrl::text() const
{
    const bool isUsualPort = port == (scheme == "https" ? 443 : 80);
    return scheme + "://" + host + (isUsualPort ? "" : ":" + std::to_string(port)) + path;
}

std::string BaseUrl::origin() const
{
    return scheme + "://" + host + ":" + std::to_string(port);
}

bool BaseUrl::isLoopback() const
{
    return host == "localhost" || host == "[::1]" || isDottedLoopback(host);
}

Result<BaseUrl> parseBaseUrl(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto start = std::min(text.find_first_not_of(space), text.size());
    text = text.substr(start, text.find_last_not_of(space) + 1 - start);
    const auto schemeEnd = text.find("://");
    if (text.size() > longestAddress || schemeEnd == std::string_view::npos)
        return notAnAddress();
    if (text.find_first_of("@?#") != std::string_view::npos)
        return Error{"The server address must not hold a password, a key or parameters; please enter the key "
                     "in its own field in Settings."};
    const auto lower = [](std::string_view part)
    {
        std::string result(part);
        std::transform(result.begin(), result.end(), result.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return result;
    };
    BaseUrl url;
    url.scheme = lower(text.substr(0, schemeEnd));
    if (url.scheme != "https" && url.scheme != "http")
        return notAnAddress();
    const auto rest = text.substr(schemeEnd + 3);
    const auto pathStart = std::min(rest.find('/'), rest.size());
    auto authority = rest.substr(0, pathStart);
    auto path = rest.substr(pathStart);
    while (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    url.port = url.scheme == "https" ? 443 : 80;
    if (const auto colon = authority.rfind(':');
        colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos)
    {
        const auto digits = authority.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
        if (error != std::errc{} || end != digits.data() + digits.size() || url.port < 1 || url.port > 65535)
            return notAnAddress();
        authority = authority.substr(0, colon);
    }
    url.host = lower(authority);
    url.path = std::string(path);
    if (!isHost(url.host) || !isPath(path))
        return notAnAddress();
    if (url.scheme == "http" && !url.isLoopback())
        return Error{
            "The server address must start with https://, because http:// would send the key and the "
            "words unprotected; only this computer (localhost) may be asked over http."};
    return url;
}

} // namespace tonewright
