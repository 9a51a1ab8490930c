#pragma once

#include "generation/openai/Chat.h"
#include "generation/openai/ServerSettings.h"

#include <string>
#include <string_view>

namespace tonewright
{

/// What a server and model want of a request. Starts with the most that helps and only ever gives up.
struct ServerDialect
{
    enum class TokenLimit
    {
        maxTokens,
        maxCompletionTokens,
        none
    };

    AnswerFormat format = AnswerFormat::strictSchema;
    TokenLimit tokenLimit = TokenLimit::maxTokens;
    bool tokenLimitWasRenamed = false;
    bool takesJsonObject = true;
    bool takesSystemRole = true;
    bool takesStream = true;
    bool takesTemperature = true;

    /// [any] What a server of this address is asked first.
    static ServerDialect first(const ServerSettings& server);

    /// [any] Leaves out, or names otherwise, what a server complains about; false when it is about nothing
    /// that could be changed. Each change happens once (the token limit twice: renamed, then dropped), so
    /// asking again ends.
    bool adaptTo(int status, std::string_view complaintBody);

    /// [any] At least as loose as `format`, past what the server is known not to take.
    void loosenTo(AnswerFormat wanted);

    /// [any] The body of a question.
    std::string body(const ServerSettings& server, const ChatQuestion& question) const;

    /// [any] For the log: "strict schema, streamed".
    std::string text() const;

private:
    void lowerFormat();
};

} // namespace tonewright
