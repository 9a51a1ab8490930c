#include "generation/openai/ServerSettings.h"

#include "generation/openai/BaseUrl.h"

namespace tonewright
{

bool ServerSettings::isConfigured() const
{
    const auto address = parseBaseUrl(baseUrl);
    return address && !model.empty() && (!key.empty() || !address->isOpenAi());
}

} // namespace tonewright
