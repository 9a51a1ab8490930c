#pragma once

#include "messaging/Message.h"
#include "realtime/ThreadSafeQueue.h"
#include "support/FakeServer.h"
#include "support/TemporaryFolder.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tonewright::test
{

/// For as long as it lives: settings, keys and logs in a folder of their own, and none of the variables that
/// could lead a test to a real server.
class IsolatedEnvironment
{
public:
    IsolatedEnvironment();
    ~IsolatedEnvironment();
    IsolatedEnvironment(const IsolatedEnvironment&) = delete;
    IsolatedEnvironment& operator=(const IsolatedEnvironment&) = delete;

    const std::filesystem::path& folder() const { return temporary.path(); }

    /// Everything in every file below the folder.
    std::string allFileText() const;

private:
    TemporaryFolder temporary;
};

/// A chat completion whose message is `content`.
FakeAnswer chatAnswer(const std::string& content, const std::string& finishReason = "stop");

/// The same as the events of a stream: a first chunk without content, then `step` bytes of content in each,
/// the finish reason, the usage (without choices) and [DONE].
std::vector<std::string> streamEvents(const std::string& content, std::size_t step = 16,
                                      const std::string& finishReason = "stop");

/// That stream, sent event by event.
FakeAnswer streamAnswer(const std::string& content, std::chrono::milliseconds pause = {});

/// What a request asked for.
bool asksForStream(const ReceivedRequest& request);

/// A language model's answer in the schema's form: crunch, gain 6.5, a plate.
std::string goodTone();

/// An OpenAI error object.
FakeAnswer errorAnswer(int status, const std::string& code, const std::string& message,
                       std::vector<std::string> headers = {});

/// Collects what comes out of an outbox; the test is its one consumer.
class MessageCollector
{
public:
    explicit MessageCollector(ThreadSafeQueue<Message>& queue) : outbox(queue) {}

    /// Waits for a request's terminal message; nothing after `limit`.
    std::optional<Message> terminalOf(RequestId id,
                                      std::chrono::milliseconds limit = std::chrono::seconds(20));

    /// All messages so far, and those of one request.
    const std::vector<Message>& all();
    std::size_t terminalCount(RequestId id);

private:
    void drain();
    ThreadSafeQueue<Message>& outbox;
    std::vector<Message> messages;
};

/// The request a message is about.
RequestId idOf(const Message& message);

/// Milliseconds since `start`.
double millisecondsSince(std::chrono::steady_clock::time_point start);

} // namespace tonewright::test
