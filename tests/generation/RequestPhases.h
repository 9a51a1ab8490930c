#pragma once

#include "support/FakeServer.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tonewright::test
{

/// A moment in the life of a request at which it can be made to stand still.
struct RequestPhase
{
    std::string name;
    std::string baseUrl;                  ///< of a server that leads there
    std::function<bool()> waitUntilThere; ///< once a request was sent; false when it never comes there
};

/// Servers for every phase of a request that waits for the network: looking up a name, connecting, TLS,
/// waiting for the first byte, in the body, dripping, backing off.
class RequestPhases
{
public:
    /// `answerBody` is what the answers that never end begin with.
    explicit RequestPhases(const std::string& answerBody);
    ~RequestPhases(); ///< lets the hanging look-ups go
    RequestPhases(const RequestPhases&) = delete;
    RequestPhases& operator=(const RequestPhases&) = delete;

    const std::vector<RequestPhase>& all() const { return phases; }

private:
    void addServer(const std::string& name, FakeAnswer answer);

    FullBacklog backlog;
    FakeServer silentInTls;
    std::vector<std::unique_ptr<FakeServer>> servers;
    std::vector<RequestPhase> phases;
};

} // namespace tonewright::test
