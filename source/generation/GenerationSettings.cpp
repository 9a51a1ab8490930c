#include "generation/GenerationSettings.h"

#include "generation/FileLock.h"
#include "generation/KeyStore.h"
#include "generation/Keyring.h"
#include "generation/SecretText.h"
#include "generation/openai/BaseUrl.h"
#include "tone/Files.h"
#include "tone/Text.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace tonewright
{
namespace
{
namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::size_t maximumFileSize = 256u << 10;
constexpr std::array<std::pair<Engine, std::string_view>, 3> engineNames{
    {{Engine::automatic, "auto"}, {Engine::offline, "offline"}, {Engine::openAi, "openai"}}};

fs::path settingsFile()
{
    return configDirectory() / "settings.json";
}

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::string firstOf(std::string first, std::string second, std::string third)
{
    if (!first.empty())
        return first;
    return !second.empty() ? std::move(second) : std::move(third);
}

std::string originOf(const std::string& address)
{
    const auto url = parseBaseUrl(address);
    return url ? url->origin() : std::string{};
}

/// The file's JSON; an empty object where no file is.
Result<ordered_json> readSettings()
{
    std::error_code ignored;
    if (!fs::exists(settingsFile(), ignored))
        return ordered_json::object();
    const auto text = readFile(settingsFile(), maximumFileSize);
    if (!text)
        return text.error();
    auto json = ordered_json::parse(*text, nullptr, false);
    if (!json.is_object())
        return Error{"The settings file " + settingsFile().string() +
                     " is damaged; please correct or delete it."};
    return json;
}

std::string stringMember(const ordered_json& json, const char* name, std::string otherwise)
{
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string())
        return otherwise;
    auto text = cleanText(found->get_ref<const std::string&>(), 2000);
    return text.empty() ? otherwise : text;
}
} // namespace

Result<GenerationSettings> loadGenerationSettings()
{
    const auto json = readSettings();
    if (!json)
        return json.error();
    GenerationSettings settings;
    settings.baseUrl = stringMember(*json, "baseUrl", settings.baseUrl);
    settings.model = stringMember(*json, "model", settings.model);
    const auto engine = stringMember(*json, "engine", "");
    for (const auto& [value, name] : engineNames)
        if (engine == name)
            settings.engine = value;
    return settings;
}

Result<Done> saveGenerationSettings(const GenerationSettings& settings, const Cancellation& cancellation)
{
    const auto url = parseBaseUrl(settings.baseUrl);
    if (!url)
        return url.error();
    std::error_code ignored; // writing tells
    if (fs::create_directories(configDirectory(), ignored))
        fs::permissions(configDirectory(), fs::perms::owner_all, ignored); // the key file will lie there too
    const auto lock = FileLock::acquire(configDirectory() / "settings.lock", cancellation);
    if (!lock)
        return lock.error();
    auto json = readSettings();
    if (!json)
        return json.error();
    (*json)["engine"] = nameOf(settings.engine);
    (*json)["baseUrl"] = url->text();
    (*json)["model"] = cleanText(settings.model, maximumNameLength);
    return writeFileAtomically(settingsFile(),
                               json->dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
}

std::string_view nameOf(KeyOrigin origin)
{
    switch (origin)
    {
    case KeyOrigin::none:
        return "";
    case KeyOrigin::session:
        return "session";
    case KeyOrigin::environment:
        return "environment";
    case KeyOrigin::keyring:
        return "keyring";
    case KeyOrigin::file:
        return "file";
    }
    return "";
}

std::string_view nameOf(Engine engine)
{
    for (const auto& [value, name] : engineNames)
        if (value == engine)
            return name;
    return "";
}

Result<Done> enterServer(SessionEntries& session, const GenerationSettings& saved, std::string_view baseUrl,
                         std::string_view model, std::string_view key)
{
    SessionEntries entered = session;
    if (!baseUrl.empty())
    {
        const auto url = parseBaseUrl(baseUrl);
        if (!url)
            return url.error();
        entered.baseUrl = url->text();
    }
    if (scrubKeyLookalikes(model) != model)
        return Error{"That model name looks like a key; please enter the key in its own field."};
    if (!model.empty())
        entered.model = cleanText(model, maximumNameLength);
    if (!key.empty())
    {
        auto clean = cleanKey(key);
        if (!clean)
            return clean.error();
        entered.key = std::move(*clean);
        entered.keyServer = originOf(resolveServer(saved, entered).server.baseUrl);
    }
    session = std::move(entered);
    return Done{};
}

ResolvedServer resolveServer(const GenerationSettings& settings, const SessionEntries& session)
{
    ResolvedServer resolved;
    auto& server = resolved.server;
    const auto environmentUrl = environment("OPENAI_BASE_URL");
    server.baseUrl = firstOf(session.baseUrl, environmentUrl, settings.baseUrl);
    server.model = firstOf(session.model, environment("TONEWRIGHT_MODEL"), settings.model);
    const auto url = parseBaseUrl(server.baseUrl);
    if (!url)
    {
        resolved.warning = url.error().message;
        return resolved;
    }
    server.baseUrl = url->text();
    const auto origin = url->origin();
    if (!session.key.empty() && session.keyServer == origin)
    {
        server.key = session.key;
        resolved.keyOrigin = KeyOrigin::session;
        return resolved;
    }
    if (const auto key = environment("OPENAI_API_KEY"); !key.empty())
    {
        const auto keyServer = originOf(environmentUrl.empty() ? ServerSettings{}.baseUrl : environmentUrl);
        const auto clean = cleanKey(key);
        if (!clean)
            resolved.warning = "OPENAI_API_KEY is not used: " + clean.error().message;
        else if (keyServer != origin)
            resolved.warning = "OPENAI_API_KEY is not sent to this server, for which it was not given; set "
                               "OPENAI_BASE_URL too, or enter the key in Settings.";
        else
        {
            server.key = *clean;
            resolved.keyOrigin = KeyOrigin::environment;
            return resolved;
        }
    }
    const auto kept = KeyStore::find(origin);
    server.keyMayBeInKeyring =
        Keyring::isAllowed() && ((kept && kept->has_value()) || KeyStore::isInKeyring(origin));
    const auto useKey = [&](const std::string& key, KeyOrigin keyOrigin)
    {
        server.key = key;
        resolved.keyOrigin = keyOrigin;
        resolved.warning.clear();
    };
    if (!kept)
        resolved.warning = kept.error().message;
    else if (*kept)
        useKey(**kept, KeyOrigin::file);
    else if (const auto known = KeyStore::remembered(origin))
        useKey(*known, KeyOrigin::keyring);
    return resolved;
}

void completeFromKeyring(ResolvedServer& resolved, const Cancellation& cancellation)
{
    auto& server = resolved.server;
    const auto origin = originOf(server.baseUrl);
    if (!server.keyMayBeInKeyring || origin.empty())
        return;
    const auto key = KeyStore::fetch(origin, cancellation);
    if (!key || !*key)
        return;
    server.key = **key;
    resolved.keyOrigin = KeyStore::remembered(origin) ? KeyOrigin::keyring : KeyOrigin::file;
    resolved.warning.clear();
}

} // namespace tonewright
