#include "generation/openai/ServerError.h"

#include "generation/SecretText.h"
#include "generation/openai/ResponseReader.h"
#include "tone/Text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

namespace tonewright
{
namespace
{
using nlohmann::json;
using std::chrono::milliseconds;
using Kind = GenerationErrorKind;

std::string textOf(const json& object, const char* member)
{
    const auto found = object.find(member);
    if (found == object.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    return found->is_number_integer() ? std::to_string(found->get<long long>()) : std::string{};
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

bool isAboutMoney(const ServerComplaint& complaint)
{
    const auto says = [&](std::string_view words)
    {
        return contains(complaint.code, words) || contains(complaint.type, words) ||
               contains(complaint.message, words);
    };
    return says("insufficient_quota") || says("billing_hard_limit_reached") || says("billing_not_active") ||
           says("exceeded your current quota") || says("insufficient credits");
}

/// The one place that asks for the calendar instead of a steady clock: a server may name a date.
std::chrono::sys_seconds calendarTime()
{
    return std::chrono::sys_seconds(std::chrono::seconds(std::time(nullptr)));
}

std::string secondsText(milliseconds wait)
{
    const auto seconds = std::max<long long>(1, (wait.count() + 999) / 1000);
    return std::to_string(seconds) + (seconds == 1 ? " second" : " seconds");
}

/// What a status and a complaint mean, and what the player can do about it.
struct Meaning
{
    Kind kind;
    std::string sentence;
};

Meaning meaningOf(int status, const ServerComplaint& complaint, const HttpResponse& response,
                  const BaseUrl& url, const ServerSettings& server)
{
    if (status == 402 || isAboutMoney(complaint))
        return {Kind::quota,
                "The account at " + url.host +
                    " has no credit left; please top it up with the provider, or use the built-in "
                    "generator."};
    if (status == 401)
        return server.key.empty()
                   ? Meaning{Kind::badKey, "The server asks for a key; please enter one in Settings."}
                   : Meaning{Kind::badKey, "The server did not accept the key; please check it in Settings."};
    if (status == 403)
        return {Kind::badKey,
                "The server does not let this key use the model, or does not serve this country; "
                "please check your account with the provider."};
    if (status == 429)
    {
        const auto wait = retryAfterOf(response, calendarTime());
        return {Kind::rateLimited, "The server gets too many requests; please try again in " +
                                       (wait ? secondsText(*wait) : std::string("a minute")) + "."};
    }
    if (status == 408 || status == 409 || status == 425 || status >= 500)
        return {Kind::serverError, "The server has trouble just now; please try again in a minute."};
    if (contains(complaint.code, "context_length") || contains(complaint.message, "maximum context") ||
        status == 413)
        return {Kind::badRequest,
                "The request is too long for this model; please choose another model in Settings."};
    if (contains(complaint.code, "model_not_found") ||
        (status == 404 && contains(complaint.message, "model")))
        return {Kind::badRequest, "The server does not know the model \"" +
                                      scrubbed(server.model, server.key, 60) +
                                      "\"; please choose another one in Settings."};
    if (status == 404 || status == 405)
        return {Kind::badRequest,
                "No language model answers at this server address; please check it in Settings "
                "(most end in /v1)."};
    if (status >= 300 && status < 400)
        return {Kind::badRequest,
                "The server points to another address; please enter the final address in Settings."};
    if (status >= 400)
        return {
            Kind::badRequest,
            "The server did not understand the request; please choose another model or server in Settings."};
    return {Kind::badAnswer,
            "The server's answer held no preset; please try again or choose another model in Settings."};
}

GenerationError errorOf(int status, const ServerComplaint& complaint, const HttpResponse& response,
                        const BaseUrl& url, const ServerSettings& server)
{
    auto meaning = meaningOf(status, complaint, response, url, server);
    GenerationError error{meaning.kind, std::move(meaning.sentence),
                          "HTTP " + std::to_string(response.status)};
    for (const auto& part : {complaint.type, complaint.code, complaint.message})
        if (!part.empty())
            error.detail += ", " + scrubbed(part, server.key);
    if (const auto* location = response.header("location"); location != nullptr && status / 100 == 3)
        error.detail += ", to " + scrubbed(*location, server.key, 120);
    error.retryAfter = retryAfterOf(response, calendarTime());
    if (const auto* advice = response.header("x-should-retry"); advice != nullptr)
    {
        if (*advice == "true")
            error.serverSaysRetry = true;
        else if (*advice == "false")
            error.serverSaysRetry = false;
    }
    return error;
}

std::optional<double> numberIn(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

int statusOf(const ServerComplaint& complaint, const HttpResponse& response)
{
    const auto code = numberIn(complaint.code);
    return code && *code >= 400 && *code < 600 ? static_cast<int>(*code) : response.status;
}

/// "Wed, 21 Oct 2026 07:28:00 GMT" (RFC 9110, IMF-fixdate); locale-independent.
std::optional<std::chrono::sys_seconds> dateIn(std::string_view text)
{
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length)
    {
        int value = -1;
        const auto part = text.substr(at, length);
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        return error == std::errc{} && end == part.data() + part.size() ? value : -1;
    };
    const auto month = months.find(text.substr(8, 3));
    const int day = number(5, 2), year = number(12, 4), hour = number(17, 2), minute = number(20, 2),
              second = number(23, 2);
    if (month == std::string_view::npos || month % 3 != 0 || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 60 || year < 1970 || day < 1)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}
} // namespace

std::optional<ServerComplaint> readComplaint(std::string_view body)
{
    const auto parsed = parseBounded(body);
    return parsed ? complaintIn(*parsed) : std::nullopt;
}

std::optional<ServerComplaint> complaintIn(const json& body)
{
    const json* root = &body;
    if (root->is_array() && !root->empty())
        root = &root->front();
    if (!root->is_object())
        return std::nullopt;
    const auto error = root->find("error");
    if (error != root->end() && error->is_string())
        return ServerComplaint{error->get<std::string>(), {}, {}};
    if (error != root->end() && error->is_object())
        return ServerComplaint{textOf(*error, "message"), textOf(*error, "type"), textOf(*error, "code"),
                               textOf(*error, "param")};
    if (const auto message = textOf(*root, "message"); !message.empty())
        return ServerComplaint{message, textOf(*root, "type"), textOf(*root, "code"), textOf(*root, "param")};
    return std::nullopt;
}

int statusOf(const HttpResponse& response)
{
    const auto complaint = response.status == 200 ? readComplaint(response.body) : std::nullopt;
    return complaint ? statusOf(*complaint, response) : response.status;
}

GenerationError errorFromResponse(const HttpResponse& response, const BaseUrl& url,
                                  const ServerSettings& server)
{
    return errorOf(statusOf(response), readComplaint(response.body).value_or(ServerComplaint{}), response,
                   url, server);
}

GenerationError errorFromComplaint(const ServerComplaint& complaint, const HttpResponse& response,
                                   const BaseUrl& url, const ServerSettings& server)
{
    return errorOf(statusOf(complaint, response), complaint, response, url, server);
}

GenerationError errorFromFailure(const HttpFailure& failure, const BaseUrl& url, std::string_view key)
{
    using Failure = HttpFailure::Kind;
    GenerationError error;
    error.detail = scrubbed(failure.detail, key);
    const auto& host = url.host;
    const auto is = [&](Kind kind, std::string sentence)
    {
        error.kind = kind;
        error.message = std::move(sentence);
    };
    switch (failure.kind)
    {
    case Failure::cancelled:
        is(Kind::cancelled, "Cancelled.");
        error.detail = "cancelled";
        break;
    case Failure::timeout:
        is(Kind::timeout, host + " did not answer in time; please try again later.");
        break;
    case Failure::lookUp:
        is(Kind::network,
           "The server " + host +
               " cannot be found; please check the internet connection and the address in Settings.");
        break;
    case Failure::connect:
        is(Kind::network, "No connection to " + host +
                              "; please check the internet connection and, for a local "
                              "server, that it is running.");
        break;
    case Failure::proxy:
        is(Kind::network, "The proxy of this computer does not let Tonewright reach " + host +
                              "; please check the system's proxy settings.");
        if (!failure.isWorthRetrying)
            error.serverSaysRetry = false;
        break;
    case Failure::tls:
        is(Kind::network,
           "The connection to " + host +
               " would not be secure, so nothing was sent; please check the server's certificate and "
               "the address in Settings.");
        error.serverSaysRetry = false;
        break;
    case Failure::broken:
        is(Kind::network, "The connection to " + host + " broke off; please try again.");
        break;
    case Failure::tooLarge:
        is(Kind::badAnswer,
           "The server's answer is far too large for a preset; please check the address in Settings.");
        break;
    case Failure::unavailable:
        is(Kind::unavailable, failure.detail);
        break;
    }
    return error;
}

GenerationError badAnswer(std::string_view detail, std::string_view key)
{
    return GenerationError{Kind::badAnswer,
                           "The model's answer could not be used as a preset; please try again or choose "
                           "another model in Settings.",
                           scrubbed(detail, key)};
}

std::optional<milliseconds> retryAfterOf(const HttpResponse& response, std::chrono::sys_seconds now)
{
    constexpr double longest = 1e9; // a year is "never" already; keeps the arithmetic finite
    const auto sensible = [&](std::optional<double> count, double scale) -> std::optional<milliseconds>
    {
        if (!count || *count < 0)
            return std::nullopt;
        return milliseconds(static_cast<long long>(std::min(*count * scale, longest)));
    };
    if (const auto* text = response.header("retry-after-ms"))
        if (const auto wait = sensible(numberIn(*text), 1))
            return wait;
    const auto* text = response.header("retry-after");
    if (text == nullptr)
        return std::nullopt;
    if (const auto date = dateIn(*text))
        return *date > now ? std::optional(std::chrono::duration_cast<milliseconds>(*date - now))
                           : std::nullopt;
    return sensible(numberIn(*text), 1000);
}

std::string scrubbed(std::string_view text, std::string_view key, std::size_t maximumBytes)
{
    // The key goes before the text is cut: a half of it would no longer be recognised.
    std::string result = cleanText(SecretScrubber(key).scrub(cleanText(text, maximumBodySize)), maximumBytes);
    for (auto& c : result)
        if (c == '\n' || c == '\t')
            c = ' ';
    return result;
}

} // namespace tonewright
