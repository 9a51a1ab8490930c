#include "generation/OnlineSupport.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace tonewright::test
{
using nlohmann::json;

IsolatedEnvironment::IsolatedEnvironment()
{
    for (const char* name :
         {"OPENAI_API_KEY", "OPENAI_BASE_URL", "TONEWRIGHT_MODEL", "http_proxy", "https_proxy", "HTTPS_PROXY",
          "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "TONEWRIGHT_KEYRING", "SSL_CERT_FILE"})
        ::unsetenv(name);
    ::setenv("TONEWRIGHT_CONFIG_DIR", temporary.path().c_str(), 1);
}

IsolatedEnvironment::~IsolatedEnvironment()
{
    ::unsetenv("TONEWRIGHT_CONFIG_DIR");
}

std::string IsolatedEnvironment::allFileText() const
{
    std::ostringstream text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder()))
        if (entry.is_regular_file())
            text << std::ifstream(entry.path()).rdbuf();
    return text.str();
}

FakeAnswer chatAnswer(const std::string& content, const std::string& finishReason)
{
    const json body = {{"id", "chatcmpl-1"},
                       {"object", "chat.completion"},
                       {"created", 1},
                       {"model", "fake"},
                       {"choices",
                        {{{"index", 0},
                          {"message", {{"role", "assistant"}, {"content", content}, {"refusal", nullptr}}},
                          {"finish_reason", finishReason}}}}};
    return {200, body.dump()};
}

std::vector<std::string> streamEvents(const std::string& content, std::size_t step,
                                      const std::string& finishReason)
{
    std::vector<std::string> events;
    const auto add = [&](const json& delta, const json& finish)
    {
        const json chunk = {{"id", "chatcmpl-1"},
                            {"object", "chat.completion.chunk"},
                            {"choices", {{{"index", 0}, {"delta", delta}, {"finish_reason", finish}}}}};
        events.push_back("data: " + chunk.dump() + "\n\n");
    };
    add({{"role", "assistant"}, {"content", nullptr}}, nullptr);
    for (std::size_t at = 0; at < content.size(); at += step)
        add({{"content", content.substr(at, step)}}, nullptr);
    add(json::object(), finishReason);
    events.emplace_back("data: {\"choices\":[],\"usage\":{\"total_tokens\":5}}\n\n");
    events.emplace_back("data: [DONE]\n\n");
    return events;
}

FakeAnswer streamAnswer(const std::string& content, std::chrono::milliseconds pause)
{
    return {.headers = {"Content-Type: text/event-stream"},
            .manner = FakeAnswer::Manner::pieces,
            .pause = pause,
            .pieces = streamEvents(content)};
}

bool asksForStream(const ReceivedRequest& request)
{
    return json::parse(request.body).value("stream", false);
}

std::string goodTone()
{
    return json{{"idea", "Mid-forward crunch in a small plate."},
                {"name", "Fake Crunch"},
                {"startFrom", "defaults"},
                {"order", nullptr},
                {"stages",
                 {{"amp", {{"enabled", true}, {"model", "british_crunch"}, {"gain", 6.5}}},
                  {"reverb", {{"enabled", true}, {"type", "plate"}, {"mix", 15}}},
                  {"delay", nullptr}}}}
        .dump();
}

FakeAnswer errorAnswer(int status, const std::string& code, const std::string& message,
                       std::vector<std::string> headers)
{
    const json body = {
        {"error", {{"message", message}, {"type", "fake_error"}, {"param", nullptr}, {"code", code}}}};
    return {status, body.dump(), std::move(headers)};
}

std::optional<Message> MessageCollector::terminalOf(RequestId id, std::chrono::milliseconds limit)
{
    const auto end = std::chrono::steady_clock::now() + limit;
    for (std::size_t seen = 0;;)
    {
        drain();
        for (; seen < messages.size(); ++seen)
            if (idOf(messages[seen]) == id && isTerminal(messages[seen]))
                return messages[seen];
        if (std::chrono::steady_clock::now() > end)
            return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(1)); // the queue is polled, as by the timer
    }
}

const std::vector<Message>& MessageCollector::all()
{
    drain();
    return messages;
}

std::size_t MessageCollector::terminalCount(RequestId id)
{
    drain();
    std::size_t count = 0;
    for (const auto& message : messages)
        if (idOf(message) == id && isTerminal(message))
            ++count;
    return count;
}

void MessageCollector::drain()
{
    for (Message message; outbox.tryPop(message);)
        messages.push_back(std::move(message));
}

RequestId idOf(const Message& message)
{
    return std::visit([](const auto& content) { return content.id; }, message);
}

double millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

} // namespace tonewright::test
