#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace tonewright::test
{

/// What arrived at the server.
struct ReceivedRequest
{
    std::string method;
    std::string path;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// How the server answers one request.
struct FakeAnswer
{
    enum class Manner
    {
        send,         ///< as a good server does
        hang,         ///< nothing at all until the client leaves
        hangInBody,   ///< the header and half of the body, then nothing
        drip,         ///< the body byte by byte, `pause` apart
        pieces,       ///< `pieces`, `pause` apart, without Content-Length
        hangAfter,    ///< the same, and then nothing until the client leaves
        reset,        ///< the connection is reset at once
        resetInBody,  ///< reset in the middle of the body that Content-Length promised
        closeInBody,  ///< closed there
        endless,      ///< `body` (or spaces) again and again, without a Content-Length of its own
        endlessHeader ///< header lines without end
    };

    int status = 200;
    std::string body = {};
    std::vector<std::string> headers = {}; ///< "Name: value", besides Content-Type and Content-Length
    Manner manner = Manner::send;
    std::chrono::milliseconds pause{20};  ///< between dripped bytes and pieces
    std::string raw = {};                 ///< if given: sent as it is, instead of all that
    std::vector<std::string> pieces = {}; ///< of the body
};

/// An HTTP server on a loopback port of its own that answers as told and remembers what it was asked. Made
/// of bare sockets, because it has to break the rules. One thread a connection; the destructor ends all of
/// them.
class FakeServer
{
public:
    FakeServer();
    ~FakeServer();
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;

    /// "http://127.0.0.1:PORT/v1".
    std::string baseUrl() const;
    int port() const { return portNumber; }

    /// The answers to the next requests, in order; the last one stays for all that follow.
    void answer(std::vector<FakeAnswer> answers);

    /// Or whatever a function makes of each request; called on the server's threads.
    void answerBy(std::function<FakeAnswer(const ReceivedRequest&)> function);

    std::vector<ReceivedRequest> requests() const;
    std::size_t requestCount() const;

    /// Connections accepted so far; a client may still be shaking hands over one.
    std::size_t connectionCount() const;

    /// For long runs: only counts what arrives.
    void forgetRequests();

    /// Most requests that were under way at the same time.
    std::size_t peakConcurrency() const;

    /// Waits until `count` requests (or connections) have arrived; false after ten seconds without.
    bool waitForRequests(std::size_t count) const;
    bool waitForConnections(std::size_t count) const;

private:
    /// One client's connection, served by a thread of its own.
    struct Connection
    {
        std::thread thread;
        bool hasEnded = false;
    };

    void accept();
    void joinEnded();
    void serve(int socket, Connection& connection);
    FakeAnswer nextAnswer(const ReceivedRequest& request);
    void deliver(int socket, const FakeAnswer& answer);
    bool waitForPeer(int socket, std::chrono::milliseconds time) const;

    int portNumber = 0; // before the listener, whose making sets it
    int listener = -1;
    mutable std::mutex mutex;
    mutable std::condition_variable arrived;
    std::deque<FakeAnswer> answers;
    std::function<FakeAnswer(const ReceivedRequest&)> answerFunction;
    std::vector<ReceivedRequest> received;
    std::size_t receivedCount = 0;
    std::size_t acceptedCount = 0;
    bool remembers = true;
    std::set<int> underWay; // sockets whose request has not been answered to its end
    std::size_t peak = 0;
    bool stopping = false;
    std::list<int> sockets;
    std::list<Connection> connections;
    std::thread acceptor;
};

/// A loopback port whose queue of waiting connections is full: connecting to it neither succeeds nor fails.
class FullBacklog
{
public:
    FullBacklog();
    ~FullBacklog();
    FullBacklog(const FullBacklog&) = delete;
    FullBacklog& operator=(const FullBacklog&) = delete;
    std::string baseUrl() const;

private:
    int portNumber = 0; // before the listener, whose making sets it
    int listener = -1;
    std::vector<int> fillers;
};

} // namespace tonewright::test
