#pragma once

#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tonewright::test
{

/// An HTTP proxy on a loopback port of its own that knows CONNECT alone and leads every tunnel to one
/// loopback port, whatever host was asked for. One thread a connection; the destructor ends all of them.
class ConnectProxy
{
public:
    explicit ConnectProxy(int targetPort);
    ~ConnectProxy();
    ConnectProxy(const ConnectProxy&) = delete;
    ConnectProxy& operator=(const ConnectProxy&) = delete;

    /// "http://127.0.0.1:PORT".
    std::string url() const;

    /// The heads of the requests so far, as they came.
    std::vector<std::string> heads() const;

private:
    void accept();
    void serve(int client);

    const int target;
    int portNumber = 0; // before the listener, whose making sets it
    int listener = -1;
    mutable std::mutex mutex;
    std::vector<std::string> received;
    std::list<int> sockets;
    bool stopping = false;
    std::vector<std::thread> connections;
    std::thread acceptor;
};

} // namespace tonewright::test
