#include "generation/RequestPhases.h"

#include "generation/openai/NameLookUps.h"

#include <utility>

namespace tonewright::test
{
namespace
{
using Manner = FakeAnswer::Manner;
}

RequestPhases::RequestPhases(const std::string& answerBody)
{
    phases.push_back(
        {"looking up the name", std::string("https://") + hangingHost + "/v1", waitForHangingLookUp});
    // Nothing can tell when the first packet has left unanswered.
    phases.push_back({"connecting", backlog.baseUrl(), [] { return true; }});
    auto tlsUrl = silentInTls.baseUrl();
    tlsUrl.replace(0, 4, "https");
    std::size_t handshakes = 0;
    phases.push_back({"TLS handshake", tlsUrl,
                      [this, handshakes]() mutable { return silentInTls.waitForConnections(++handshakes); }});
    addServer("waiting for the first byte", {200, answerBody, {}, Manner::hang});
    addServer("in the body", {200, answerBody, {}, Manner::hangInBody});
    addServer("dripping body", {200, answerBody, {}, Manner::drip});
    addServer("backing off", {429, "{}", {"Retry-After: 60"}});
}

RequestPhases::~RequestPhases()
{
    endHangingLookUps();
}

void RequestPhases::addServer(const std::string& name, FakeAnswer answer)
{
    auto& server = *servers.emplace_back(std::make_unique<FakeServer>());
    server.answer({std::move(answer)});
    std::size_t requests = 0;
    phases.push_back({name, server.baseUrl(),
                      [&server, requests]() mutable { return server.waitForRequests(++requests); }});
}

} // namespace tonewright::test
