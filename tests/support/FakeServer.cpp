#include "support/FakeServer.h"

#include "support/Loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace tonewright::test
{
namespace
{
using Manner = FakeAnswer::Manner;

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

/// Reads one request; false when the client leaves before it is whole.
bool receive(int socket, ReceivedRequest& request)
{
    std::string bytes;
    std::size_t headerEnd = std::string::npos;
    std::size_t bodyLength = 0;
    while (headerEnd == std::string::npos || bytes.size() < headerEnd + bodyLength)
    {
        char buffer[4096];
        const auto count = ::recv(socket, buffer, sizeof buffer, 0);
        if (count <= 0)
            return false;
        bytes.append(buffer, static_cast<std::size_t>(count));
        if (headerEnd != std::string::npos)
            continue;
        const auto blank = bytes.find("\r\n\r\n");
        if (blank == std::string::npos)
            continue;
        headerEnd = blank + 4;
        const auto firstSpace = bytes.find(' ');
        request.method = bytes.substr(0, firstSpace);
        request.path = bytes.substr(firstSpace + 1, bytes.find(' ', firstSpace + 1) - firstSpace - 1);
        for (std::size_t line = bytes.find("\r\n") + 2; line < blank;)
        {
            const auto end = bytes.find("\r\n", line);
            const auto colon = bytes.find(": ", line);
            if (colon < end)
                request.headers[lowered(bytes.substr(line, colon - line))] =
                    bytes.substr(colon + 2, end - colon - 2);
            line = end + 2;
        }
        if (const auto length = request.headers.find("content-length"); length != request.headers.end())
            bodyLength = std::stoul(length->second);
    }
    request.body = bytes.substr(headerEnd);
    return true;
}

std::string headOf(const FakeAnswer& answer, bool withLength)
{
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " Fake\r\nConnection: close\r\n";
    const auto isContentType = [](const std::string& header)
    { return lowered(header).rfind("content-type:", 0) == 0; };
    if (std::none_of(answer.headers.begin(), answer.headers.end(), isContentType))
        head += "Content-Type: application/json\r\n";
    if (withLength)
        head += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    for (const auto& header : answer.headers)
        head += header + "\r\n";
    return head + "\r\n";
}
/// Whether whoever asked is still there: its leaving is seen at once, long before the thread that serves it
/// wakes.
bool peerIsThere(int socket)
{
    char byte = 0;
    const auto count = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}
} // namespace

FakeServer::FakeServer() : listener(listenOnLoopback(128, portNumber))
{
    acceptor = std::thread([this] { accept(); });
}

FakeServer::~FakeServer()
{
    {
        const std::lock_guard lock(mutex);
        stopping = true;
        for (const int socket : sockets)
            ::shutdown(socket, SHUT_RDWR);
    }
    ::shutdown(listener, SHUT_RDWR);
    acceptor.join();
    for (auto& connection : connections)
        connection.thread.join();
    ::close(listener);
}

std::string FakeServer::baseUrl() const
{
    return "http://127.0.0.1:" + std::to_string(portNumber) + "/v1";
}

void FakeServer::answer(std::vector<FakeAnswer> next)
{
    const std::lock_guard lock(mutex);
    answers.assign(next.begin(), next.end());
    answerFunction = nullptr;
}

void FakeServer::answerBy(std::function<FakeAnswer(const ReceivedRequest&)> function)
{
    const std::lock_guard lock(mutex);
    answerFunction = std::move(function);
}

std::vector<ReceivedRequest> FakeServer::requests() const
{
    const std::lock_guard lock(mutex);
    return received;
}

std::size_t FakeServer::requestCount() const
{
    const std::lock_guard lock(mutex);
    return receivedCount;
}

std::size_t FakeServer::connectionCount() const
{
    const std::lock_guard lock(mutex);
    return acceptedCount;
}

void FakeServer::forgetRequests()
{
    const std::lock_guard lock(mutex);
    remembers = false;
    received.clear();
}

std::size_t FakeServer::peakConcurrency() const
{
    const std::lock_guard lock(mutex);
    return peak;
}

bool FakeServer::waitForRequests(std::size_t count) const
{
    std::unique_lock lock(mutex);
    return arrived.wait_for(lock, std::chrono::seconds(10), [&] { return receivedCount >= count; });
}

bool FakeServer::waitForConnections(std::size_t count) const
{
    std::unique_lock lock(mutex);
    return arrived.wait_for(lock, std::chrono::seconds(10), [&] { return acceptedCount >= count; });
}

void FakeServer::accept()
{
    for (;;)
    {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(mutex);
        if (socket < 0 || stopping)
        {
            if (socket >= 0)
                ::close(socket);
            return;
        }
        joinEnded();
        sockets.push_back(socket);
        ++acceptedCount;
        arrived.notify_all();
        auto& connection = connections.emplace_back();
        connection.thread = std::thread([this, socket, &connection] { serve(socket, connection); });
    }
}

/// Under the mutex: threads that have nothing left to do but end.
void FakeServer::joinEnded()
{
    std::erase_if(connections,
                  [](Connection& connection)
                  {
                      if (connection.hasEnded)
                          connection.thread.join();
                      return connection.hasEnded;
                  });
}

void FakeServer::serve(int socket, Connection& connection)
{
    ReceivedRequest request;
    if (receive(socket, request))
    {
        {
            const std::lock_guard lock(mutex);
            ++receivedCount;
            if (remembers)
                received.push_back(request);
            underWay.insert(socket);
            peak = std::max(
                peak, static_cast<std::size_t>(std::count_if(underWay.begin(), underWay.end(), peerIsThere)));
        }
        arrived.notify_all();
        deliver(socket, nextAnswer(request));
        const std::lock_guard lock(mutex);
        underWay.erase(socket);
    }
    const std::lock_guard lock(mutex);
    sockets.remove(socket);
    ::close(socket);
    connection.hasEnded = true;
}

FakeAnswer FakeServer::nextAnswer(const ReceivedRequest& request)
{
    std::unique_lock lock(mutex);
    if (const auto function = answerFunction)
    {
        lock.unlock();
        return function(request);
    }
    if (answers.empty())
        return {404, "{}"};
    FakeAnswer next = answers.front();
    if (answers.size() > 1)
        answers.pop_front();
    return next;
}

void FakeServer::deliver(int socket, const FakeAnswer& answer)
{
    constexpr auto forever = std::chrono::hours(1);
    const auto half = answer.body.substr(0, answer.body.size() / 2);
    if (!answer.raw.empty())
    {
        sendAll(socket, answer.raw);
        return;
    }
    switch (answer.manner)
    {
    case Manner::send:
        sendAll(socket, headOf(answer, true) + answer.body);
        return;
    case Manner::hang:
        waitForPeer(socket, forever);
        return;
    case Manner::hangInBody:
        sendAll(socket, headOf(answer, true) + half);
        waitForPeer(socket, forever);
        return;
    case Manner::drip:
        sendAll(socket, headOf(answer, true));
        for (const char c : answer.body)
            if (!sendAll(socket, std::string(1, c)) || waitForPeer(socket, answer.pause))
                return;
        return;
    case Manner::pieces:
    case Manner::hangAfter:
        sendAll(socket, headOf(answer, false));
        for (const auto& piece : answer.pieces)
            if (!sendAll(socket, piece) || waitForPeer(socket, answer.pause))
                return;
        if (answer.manner == Manner::hangAfter)
            waitForPeer(socket, forever);
        return;
    case Manner::reset:
        resetOnClose(socket);
        return;
    case Manner::resetInBody:
        sendAll(socket, headOf(answer, true) + half);
        resetOnClose(socket);
        return;
    case Manner::closeInBody:
        sendAll(socket, headOf(answer, true) + half);
        return;
    case Manner::endless:
    {
        const auto piece = answer.body.empty() ? std::string(64 << 10, ' ') : answer.body;
        sendAll(socket, headOf(answer, false));
        while (sendAll(socket, piece))
        {
        }
        return;
    }
    case Manner::endlessHeader:
        sendAll(socket, "HTTP/1.1 200 OK\r\n");
        while (sendAll(socket, "X-Padding: " + std::string(8 << 10, 'x') + "\r\n"))
        {
        }
        return;
    }
}

/// True when the client (or the server's end) closed the connection within `time`.
bool FakeServer::waitForPeer(int socket, std::chrono::milliseconds time) const
{
    pollfd descriptor{socket, POLLIN | POLLRDHUP, 0};
    return ::poll(&descriptor, 1, static_cast<int>(time.count())) > 0;
}

FullBacklog::FullBacklog() : listener(listenOnLoopback(0, portNumber))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(portNumber));
    for (int count = 0; count < 4; ++count)
    {
        const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        (void)::connect(filler, reinterpret_cast<sockaddr*>(&address), sizeof address);
        fillers.push_back(filler);
    }
}

FullBacklog::~FullBacklog()
{
    for (const int filler : fillers)
        ::close(filler);
    ::close(listener);
}

std::string FullBacklog::baseUrl() const
{
    return "http://127.0.0.1:" + std::to_string(portNumber) + "/v1";
}

} // namespace tonewright::test
