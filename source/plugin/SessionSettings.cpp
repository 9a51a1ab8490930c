#include "plugin/SessionSettings.h"

#include "generation/KeyStore.h"
#include "generation/openai/BaseUrl.h"

#include <algorithm>
#include <utility>

namespace tonewright::plugin
{
namespace
{
ConnectionTest described(const ServerCheck::Answer& answer, const std::string& model)
{
    if (!answer)
        return {false, answer.error().message};
    const auto& names = answer->ids;
    if (names.empty())
        return {true, "The server answers; it does not say which models it has."};
    const auto count = std::to_string(names.size()) + (names.size() == 1 ? " model" : " models");
    if (std::find(names.begin(), names.end(), model) != names.end())
        return {true, "The server answers and has this model (and " + count + " in all)."};
    constexpr std::size_t mostShown = 5;
    std::string list;
    for (std::size_t index = 0; index < std::min(names.size(), mostShown); ++index)
        list += (index == 0 ? "" : ", ") + names[index];
    return {false, "The server answers but does not list this model; it has " + count + ": " + list +
                       (names.size() > mostShown ? ", ..." : ".")};
}
} // namespace

SessionSettings::Target SessionSettings::target() const
{
    const auto saved = unsaved ? Result<GenerationSettings>(*unsaved) : loadGenerationSettings();
    const auto server = resolved();
    return {saved ? saved->engine : Engine::offline, server.server,
            saved ? server.warning : saved.error().message};
}

GenerationSettings SessionSettings::present() const
{
    if (unsaved)
        return *unsaved;
    const auto saved = loadGenerationSettings();
    return saved ? *saved : GenerationSettings{};
}

ResolvedServer SessionSettings::resolved() const
{
    auto result = resolveServer(present(), entries);
    const auto isKept = result.keyOrigin == KeyOrigin::file || result.keyOrigin == KeyOrigin::keyring;
    const auto url = parseBaseUrl(result.server.baseUrl);
    if (!forgotten.empty() && url && url->origin() == forgotten)
    {
        result.server.keyMayBeInKeyring = false;
        if (isKept)
        {
            result.server.key.clear();
            result.keyOrigin = KeyOrigin::none;
        }
    }
    return result;
}

Engine SessionSettings::engine() const
{
    return present().engine;
}

std::string SessionSettings::serverAddress() const
{
    return resolved().server.baseUrl;
}

std::string SessionSettings::modelName() const
{
    return resolved().server.model;
}

std::string SessionSettings::keyOrigin() const
{
    return std::string(nameOf(resolved().keyOrigin));
}

std::string SessionSettings::apply(Engine engine, const std::string& serverAddress,
                                   const std::string& modelName, const std::string& key,
                                   SavedHandler whenSaved)
{
    auto entered = entries;
    if (const auto result = enterServer(entered, present(), serverAddress, modelName, key); !result)
        return result.error().message;
    const auto server = resolveServer(present(), entered).server;
    if (const auto url = parseBaseUrl(server.baseUrl); !url)
        return url.error().message;
    const GenerationSettings settings{engine, server.baseUrl, server.model};
    const bool hasNewKey = !key.empty();
    if (hasNewKey && forgotten == entered.keyServer)
        forgotten.clear();
    entries = entered;
    unsaved = settings;
    const auto number = ++lastNumber;
    writer.write(
        [settings, hasNewKey, origin = entered.keyServer,
         newKey = entered.key](const Cancellation& cancellation) -> Result<Done>
        {
            if (hasNewKey)
                if (const auto result = KeyStore::keep(origin, newKey, cancellation); !result)
                    return result.error();
            return saveGenerationSettings(settings, cancellation);
        },
        [this, number, whenSaved = std::move(whenSaved)](const Result<Done>& result)
        {
            if (result && number == lastNumber)
                unsaved.reset(); // the file says the same from here on
            whenSaved(result ? std::string{} : "In use now, but not saved. " + result.error().message);
        });
    return {};
}

std::string SessionSettings::forgetKey(SavedHandler whenDone)
{
    const auto url = parseBaseUrl(serverAddress());
    if (!url)
        return url.error().message;
    const auto origin = url->origin();
    if (entries.keyServer == origin)
        entries.key.clear();
    forgotten = origin;
    writer.write([origin](const Cancellation& cancellation)
                 { return KeyStore::forget(origin, cancellation); },
                 [this, origin, whenDone = std::move(whenDone)](const Result<Done>& result)
                 {
                     if (forgotten == origin)
                         forgotten.clear();
                     whenDone(result ? std::string{} : result.error().message);
                 });
    return {};
}

std::string SessionSettings::testConnection(const std::string& serverAddress, const std::string& modelName,
                                            const std::string& key,
                                            std::function<void(const ConnectionTest&)> whenDone)
{
    auto entered = entries;
    const auto settings = present();
    if (const auto result = enterServer(entered, settings, serverAddress, modelName, key); !result)
        return result.error().message;
    if (!check)
        check = std::make_unique<ServerCheck>();
    check->start([settings, entered] { return resolveServer(settings, entered).server; },
                 [modelName, whenDone = std::move(whenDone)](const ServerCheck::Answer& answer)
                 { whenDone(described(answer, modelName)); });
    return {};
}

void SessionSettings::endConnectionTest()
{
    if (check)
        check->cancel();
}

bool SessionSettings::isUnderWay() const
{
    return writer.isUnderWay() || (check && check->isUnderWay());
}

void SessionSettings::dispatch()
{
    writer.dispatch();
    if (check)
        check->dispatch();
}

} // namespace tonewright::plugin
