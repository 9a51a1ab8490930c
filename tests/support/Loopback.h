#pragma once

#include <string>

namespace tonewright::test
{

/// A listening socket on a free loopback port. Throws where the system has none.
int listenOnLoopback(int backlog, int& port);

/// A socket connected to a loopback port, or -1.
int connectToLoopback(int port);

/// False when the peer left before everything was sent.
bool sendAll(int socket, const std::string& bytes);

/// Makes closing the socket a reset.
void resetOnClose(int socket);

} // namespace tonewright::test
