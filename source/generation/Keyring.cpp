#include "generation/Keyring.h"

#include "generation/ChildProcess.h"
#include "generation/KeyStore.h"

#include <cstdlib>
#include <vector>

namespace tonewright
{
namespace
{
/// Long enough for a slow desktop, and to type a keyring's password if it asks for one.
constexpr std::chrono::seconds patience{10};

/// Empty: none.
std::string program()
{
    if (const char* named = std::getenv("TONEWRIGHT_KEYRING"))
        return named;
    return std::getenv("TONEWRIGHT_CONFIG_DIR") != nullptr ? "" : "secret-tool";
}

Result<std::string> run(std::vector<std::string> arguments, std::string_view origin, std::string_view input,
                        const Cancellation& cancellation)
{
    if (!Keyring::isAllowed())
        return Error{"There is no keyring here."};
    arguments.insert(arguments.begin(), program());
    for (const char* attribute : {"application", "tonewright", "server"})
        arguments.emplace_back(attribute);
    arguments.emplace_back(origin);
    return runProgram(arguments, input, patience, cancellation);
}
} // namespace

bool Keyring::isAllowed()
{
    return !program().empty();
}

Result<std::optional<std::string>> Keyring::find(std::string_view origin, const Cancellation& cancellation)
{
    const auto output = run({"lookup"}, origin, {}, cancellation);
    if (!output)
        return output.error();
    auto key = cleanKey(*output);
    return key ? std::optional(std::move(*key)) : std::optional<std::string>{};
}

Result<Done> Keyring::keep(std::string_view origin, std::string_view key, const Cancellation& cancellation)
{
    const auto label = "--label=Tonewright: key for " + std::string(origin);
    if (const auto stored = run({"store", label}, origin, key, cancellation); !stored)
        return stored.error();
    const auto kept = find(origin, cancellation);
    if (!kept)
        return kept.error();
    if (*kept != key)
        return Error{"The desktop's keyring did not take the key."};
    return Done{};
}

Result<Done> Keyring::forget(std::string_view origin, const Cancellation& cancellation)
{
    const auto output = run({"clear"}, origin, {}, cancellation);
    return output ? Result<Done>(Done{}) : Result<Done>(output.error());
}

} // namespace tonewright
