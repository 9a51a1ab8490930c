#include "generation/openai/ServerDialect.h"

#include "generation/openai/BaseUrl.h"
#include "generation/openai/ModelSchema.h"
#include "generation/openai/ServerError.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace tonewright
{
namespace
{
using nlohmann::ordered_json;

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// Whether one of the words starts anywhere in the text: "stream" does not in "upstream".
bool mentions(std::string_view text, std::initializer_list<std::string_view> words)
{
    const auto startsWord = [&](std::size_t at)
    { return at == 0 || text[at - 1] < 'a' || text[at - 1] > 'z'; };
    for (const auto word : words)
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
            if (startsWord(at))
                return true;
    return false;
}

ordered_json responseFormat(AnswerFormat format)
{
    if (format == AnswerFormat::jsonObject)
        return {{"type", "json_object"}};
    ordered_json schema;
    schema["name"] = "tonewright_tone";
    if (format == AnswerFormat::strictSchema)
        schema["strict"] = true;
    schema["schema"] = format == AnswerFormat::strictSchema ? strictModelSchema() : looseModelSchema();
    return {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
}

/// Models that think first take no temperature but their own, or do worse with another: asking them once less
/// is cheaper than to learn it from a complaint. By name, wherever they are served ("openai/gpt-5-mini").
bool reasons(std::string_view model)
{
    const auto name = lowered(model.substr(model.rfind('/') + 1));
    constexpr std::array<std::string_view, 6> families{"o1",    "o3",    "o4",
                                                       "gpt-5", "gpt-6", "deepseek-reasoner"};
    return std::any_of(families.begin(), families.end(),
                       [&](std::string_view family) { return name.starts_with(family); });
}

/// The messages as they are, or with the system's text at the head of the user's first.
ordered_json messagesOf(const ChatQuestion& question, bool takesSystemRole)
{
    auto messages = ordered_json::array();
    std::string folded;
    for (const auto& message : question.messages)
    {
        if (!takesSystemRole && message.role == "system")
        {
            folded = message.content + "\n\n";
            continue;
        }
        messages.push_back({{"role", message.role}, {"content", folded + message.content}});
        folded.clear();
    }
    return messages;
}
} // namespace

ServerDialect ServerDialect::first(const ServerSettings& server)
{
    ServerDialect dialect;
    const auto url = parseBaseUrl(server.baseUrl);
    // OpenAI calls max_tokens old and its reasoning models reject it; most others know nothing else.
    if (url && (url->isOpenAi() || url->host.ends_with(".openai.azure.com")))
        dialect.tokenLimit = TokenLimit::maxCompletionTokens;
    dialect.takesTemperature = !reasons(server.model);
    return dialect;
}

bool ServerDialect::adaptTo(int status, std::string_view complaintBody)
{
    constexpr std::array rejections{400, 422, 500, 501};
    constexpr std::size_t longestComplaint = 20'000;
    if (std::find(rejections.begin(), rejections.end(), status) == rejections.end())
        return false;
    const auto text = lowered(complaintBody.substr(0, longestComplaint));
    if (mentions(text, {"context_length", "context length", "maximum context"}))
        return false;
    // Where the server names the parameter, what else its text mentions is no matter.
    const auto complaint = readComplaint(complaintBody);
    const auto subject = complaint && !complaint->param.empty() ? lowered(complaint->param) : text;
    if (takesStream && mentions(subject, {"stream"}))
    {
        takesStream = false;
        return true;
    }
    if (takesTemperature && mentions(subject, {"temperature"}))
    {
        takesTemperature = false;
        return true;
    }
    const bool isRequestsFault = status < 500; // llama.cpp reports a schema it cannot use as its own
    if (isRequestsFault && tokenLimit != TokenLimit::none &&
        mentions(subject, {"max_tokens", "max_completion_tokens"}))
    {
        if (tokenLimitWasRenamed)
            tokenLimit = TokenLimit::none;
        else
            tokenLimit =
                tokenLimit == TokenLimit::maxTokens ? TokenLimit::maxCompletionTokens : TokenLimit::maxTokens;
        tokenLimitWasRenamed = true;
        return true;
    }
    if (isRequestsFault && takesSystemRole && mentions(subject, {"role"}) &&
        mentions(text, {"system", "developer"}))
    {
        takesSystemRole = false;
        return true;
    }
    // "Invalid argument" is all that Gemini says of a schema it does not like.
    const bool isAboutFormat =
        mentions(subject, {"response_format", "response format", "json_schema", "schema", "strict",
                           "additionalproperties", "structured output", "json_object"}) ||
        (isRequestsFault && mentions(text, {"invalid argument", "invalid_argument"}));
    if (!isAboutFormat || format == AnswerFormat::text)
        return false;
    // LM Studio: the type must be 'json_schema' or 'text'.
    if (format == AnswerFormat::jsonObject || mentions(text, {"json_schema' or 'text'"}))
        takesJsonObject = false;
    lowerFormat();
    return true;
}

void ServerDialect::loosenTo(AnswerFormat wanted)
{
    format = std::max(format, wanted);
    if (format == AnswerFormat::jsonObject && !takesJsonObject)
        format = AnswerFormat::text;
}

void ServerDialect::lowerFormat()
{
    if (format != AnswerFormat::text)
        loosenTo(static_cast<AnswerFormat>(static_cast<int>(format) + 1));
}

std::string ServerDialect::body(const ServerSettings& server, const ChatQuestion& question) const
{
    ordered_json body;
    body["model"] = server.model;
    body["messages"] = messagesOf(question, takesSystemRole);
    if (format != AnswerFormat::text)
        body["response_format"] = responseFormat(format);
    if (tokenLimit == TokenLimit::maxTokens)
        body["max_tokens"] = question.tokenLimit;
    else if (tokenLimit == TokenLimit::maxCompletionTokens)
        body["max_completion_tokens"] = question.tokenLimit;
    if (takesTemperature && question.temperature)
        body["temperature"] = *question.temperature;
    if (takesStream && question.listener)
        body["stream"] = true;
    return body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string ServerDialect::text() const
{
    constexpr std::array<std::string_view, 4> names{"strict schema", "loose schema", "JSON object", "text"};
    return std::string(names[static_cast<std::size_t>(format)]) +
           (takesStream ? ", streamed" : ", in one piece");
}

} // namespace tonewright
