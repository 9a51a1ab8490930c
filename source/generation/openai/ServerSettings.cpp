#include "generation/openai/ServerSettings.h"

#include "generation/KeyStore.h"
#include "generation/openai/BaseUrl.h"

namespace tonewright
{

bool ServerSettings::isConfigured() const
{
    const auto address = parseBaseUrl(baseUrl);
    return address && !model.empty() && (!key.empty() || !address->isOpenAi());
}

bool fetchKey(ServerSettings& server, const Cancellation& cancellation)
{
    const auto url = parseBaseUrl(server.baseUrl);
    if (!url || !server.keyMayBeInKeyring)
        return false;
    const auto key = KeyStore::fetch(url->origin(), cancellation);
    if (!key || !*key)
        return false;
    server.key = **key;
    return true;
}

} // namespace tonewright
