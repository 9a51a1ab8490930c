#pragma once

#include "generation/Cancellation.h"
#include "generation/openai/ApiClient.h"
#include "generation/openai/HttpTransport.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace tonewright
{

/// "Test connection" and the list of models for a settings panel: asks a server on a thread of its own, so
/// that the message thread never waits. One check at a time, the latest wins. The answer comes through
/// dispatch(), which its owner calls from a timer while isUnderWay(): no callback can outlive the owner, or
/// run on another thread.
class ServerCheck
{
public:
    using Answer = Result<ServerModels, GenerationError>;
    /// [worker] Says whom to ask; may read files. Its key is fetched from the keyring where that may hold it.
    /// Must capture values only: it outlives the call.
    using ServerQuestion = std::function<ServerSettings()>;
    using AnswerHandler = std::function<void(const Answer&)>; ///< [message]

    /// [setup] Starts nothing.
    explicit ServerCheck(std::unique_ptr<HttpTransport> transport = makeCurlTransport());

    /// [message] Cancels, wakes and joins; < 250 ms whatever the server does, unless `server` itself waits.
    ~ServerCheck();

    ServerCheck(const ServerCheck&) = delete;
    ServerCheck& operator=(const ServerCheck&) = delete;

    /// [message] Begins a check and returns at once. An earlier one is cancelled and its answer never comes.
    void start(ServerQuestion server, AnswerHandler whenDone,
               std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// [message] Ends the check without an answer.
    void cancel();

    bool isUnderWay() const { return handler != nullptr; } ///< [message]

    /// [message] Hands the answer over, if it is there. The handler may start the next check, or destroy
    /// this.
    void dispatch();

private:
    struct Task
    {
        std::uint64_t number = 0;
        ServerQuestion server;
        std::chrono::milliseconds timeout{};
        std::shared_ptr<Cancellation> cancellation;
    };

    void work() noexcept;
    void answerTasks();
    Answer ask(const Task& task);

    ApiClient client;
    AnswerHandler handler;        // the message thread's
    std::uint64_t lastNumber = 0; // likewise

    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    std::optional<Task> next;
    std::shared_ptr<Cancellation> present; // of the latest check
    std::optional<Answer> answer;          // of the latest check
    std::uint64_t wanted = 0;              // whose answer is still wanted; 0: nobody's
    bool isStopping = false;
    std::thread worker;
};

} // namespace tonewright
