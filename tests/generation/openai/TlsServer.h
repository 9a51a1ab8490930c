#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace tonewright::test
{

/// What is right or wrong about a server's certificate.
enum class Certificate
{
    good,       ///< for localhost and models.example, signed by the authority
    expired,    ///< the same, until yesterday
    notYet,     ///< the same, from tomorrow on
    otherHost,  ///< for other.example
    selfSigned, ///< signed by itself
    otherSigner ///< signed by an authority of the same name with another key
};

/// A certificate authority of one test, and servers with certificates of it; all made when the test runs.
class TlsAuthority
{
public:
    TlsAuthority();
    ~TlsAuthority();

    /// Writes the authority's certificate, for SSL_CERT_FILE.
    void write(const std::filesystem::path& file) const;

    struct Implementation;
    const std::unique_ptr<Implementation> implementation;
};

/// An HTTPS server on a loopback port that answers every request with one body.
class TlsServer
{
public:
    TlsServer(const TlsAuthority& authority, Certificate certificate, const std::string& body);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    int port() const;
    int requestCount() const; ///< that came through the handshake

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
};

} // namespace tonewright::test
