#include "generation/openai/TlsServer.h"

#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <thread>

namespace tonewright::test
{
namespace
{
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Pointer = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long day = 24 * 60 * 60;

Key newKey()
{
    return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

void addExtension(X509* certificate, X509* issuer, int kind, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    if (extension == nullptr || X509_add_ext(certificate, extension, -1) != 1)
        throw std::runtime_error("libssl does not take the extension");
    X509_EXTENSION_free(extension);
}

/// What a certificate says.
struct Contents
{
    const char* name = "";
    std::string hosts; ///< empty: an authority
    long from = -day;  ///< seconds from now
    long until = day;  ///< likewise
    long serial = 1;
};

/// Signed by `issuer`, or by itself where that is null.
X509Pointer newCertificate(const Contents& contents, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey)
{
    X509Pointer certificate(X509_new(), X509_free);
    X509* target = certificate.get();
    X509_set_version(target, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(target), contents.serial);
    X509_gmtime_adj(X509_getm_notBefore(target), contents.from);
    X509_gmtime_adj(X509_getm_notAfter(target), contents.until);
    X509_set_pubkey(target, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(target), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(contents.name), -1, -1, 0);
    X509* signer = issuer != nullptr ? issuer : target;
    X509_set_issuer_name(target, X509_get_subject_name(signer));
    if (contents.hosts.empty())
        addExtension(target, signer, NID_basic_constraints, "critical,CA:TRUE");
    else
        addExtension(target, signer, NID_subject_alt_name, contents.hosts.c_str());
    if (X509_sign(target, issuerKey != nullptr ? issuerKey : key, EVP_sha256()) == 0)
        throw std::runtime_error("libssl does not sign");
    return certificate;
}
} // namespace

struct TlsAuthority::Implementation
{
    Key key = newKey();
    X509Pointer certificate = newCertificate({"Tonewright Test Authority", {}}, key.get(), nullptr, nullptr);
};

TlsAuthority::TlsAuthority() : implementation(std::make_unique<Implementation>())
{
}

TlsAuthority::~TlsAuthority() = default;

void TlsAuthority::write(const std::filesystem::path& file) const
{
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(file.c_str(), "w"), std::fclose);
    if (out == nullptr || PEM_write_X509(out.get(), implementation->certificate.get()) != 1)
        throw std::runtime_error("the authority's certificate cannot be written");
}

struct TlsServer::Implementation
{
    Implementation(const TlsAuthority& authority, Certificate kind)
        : key(newKey()), certificate(make(*authority.implementation, kind)),
          server(certificate.get(), key.get())
    {
    }

    X509Pointer make(const TlsAuthority::Implementation& authority, Certificate kind) const
    {
        Contents contents{"localhost", "DNS:localhost,DNS:models.example", -2 * day, day, 2};
        if (kind == Certificate::otherHost)
            contents.hosts = "DNS:other.example";
        if (kind == Certificate::expired)
            contents.until = -day;
        if (kind == Certificate::notYet)
            contents.from = day / 2;
        if (kind == Certificate::selfSigned)
            return newCertificate(contents, key.get(), nullptr, nullptr);
        const auto stranger = newKey();
        auto* signingKey = kind == Certificate::otherSigner ? stranger.get() : authority.key.get();
        return newCertificate(contents, key.get(), authority.certificate.get(), signingKey);
    }

    const Key key;
    const X509Pointer certificate;
    httplib::SSLServer server;
    int portNumber = 0;
    std::atomic<int> requests{0};
    std::thread thread;
};

TlsServer::TlsServer(const TlsAuthority& authority, Certificate certificate, const std::string& body)
    : implementation(std::make_unique<Implementation>(authority, certificate))
{
    auto& server = implementation->server;
    const auto answer = [this, body](const httplib::Request&, httplib::Response& response)
    {
        ++implementation->requests;
        response.set_content(body, "application/json");
    };
    server.Get(".*", answer);
    server.Post(".*", answer);
    server.set_keep_alive_max_count(1);
    implementation->portNumber = server.bind_to_any_port("127.0.0.1");
    implementation->thread = std::thread([this] { implementation->server.listen_after_bind(); });
    while (!server.is_running())
        std::this_thread::yield(); // stop() before that would be lost
}

TlsServer::~TlsServer()
{
    implementation->server.stop();
    implementation->thread.join();
}

int TlsServer::port() const
{
    return implementation->portNumber;
}

int TlsServer::requestCount() const
{
    return implementation->requests;
}

} // namespace tonewright::test
