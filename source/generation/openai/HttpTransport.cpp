#include "generation/openai/HttpTransport.h"

namespace tonewright
{

const std::string* HttpResponse::header(const std::string& lowerCaseName) const
{
    const auto found = headers.find(lowerCaseName);
    return found != headers.end() ? &found->second : nullptr;
}

} // namespace tonewright
