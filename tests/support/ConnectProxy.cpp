#include "support/ConnectProxy.h"

#include "support/Loopback.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace tonewright::test
{
namespace
{
/// Carries bytes both ways until either side closes.
void pump(int one, int other)
{
    std::array<pollfd, 2> ends{pollfd{one, POLLIN, 0}, pollfd{other, POLLIN, 0}};
    while (::poll(ends.data(), ends.size(), -1) > 0)
        for (std::size_t side = 0; side < ends.size(); ++side)
        {
            if (ends[side].revents == 0)
                continue;
            std::array<char, 4096> buffer{};
            const auto count = ::recv(ends[side].fd, buffer.data(), buffer.size(), 0);
            if (count <= 0 ||
                !sendAll(ends[1 - side].fd, std::string(buffer.data(), static_cast<std::size_t>(count))))
                return;
        }
}
} // namespace

ConnectProxy::ConnectProxy(int targetPort) : target(targetPort), listener(listenOnLoopback(16, portNumber))
{
    acceptor = std::thread([this] { accept(); });
}

ConnectProxy::~ConnectProxy()
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
        connection.join();
    ::close(listener);
}

std::string ConnectProxy::url() const
{
    return "http://127.0.0.1:" + std::to_string(portNumber);
}

std::vector<std::string> ConnectProxy::heads() const
{
    const std::lock_guard lock(mutex);
    return received;
}

void ConnectProxy::accept()
{
    for (;;)
    {
        const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(mutex);
        if (client < 0 || stopping)
        {
            if (client >= 0)
                ::close(client);
            return;
        }
        sockets.push_back(client);
        connections.emplace_back([this, client] { serve(client); });
    }
}

void ConnectProxy::serve(int client)
{
    std::string head;
    for (char c = 0; !head.ends_with("\r\n\r\n") && ::recv(client, &c, 1, 0) == 1;)
        head += c;
    {
        const std::lock_guard lock(mutex);
        received.push_back(head);
    }
    if (const int server = connectToLoopback(target); server >= 0)
    {
        if (head.starts_with("CONNECT ") && sendAll(client, "HTTP/1.1 200 Connected\r\n\r\n"))
            pump(client, server);
        ::close(server);
    }
    const std::lock_guard lock(mutex);
    sockets.remove(client);
    ::close(client);
}

} // namespace tonewright::test
