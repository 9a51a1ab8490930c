// From a server's body to a tone: envelope, extraction, validation; and the list of models.
#include "Promise.h"
#include "generation/openai/ChatReader.h"
#include "generation/openai/ModelList.h"
#include "generation/openai/ResponseReader.h"

namespace
{
using namespace tonewright;

void readTone(std::string_view text)
{
    ParameterSet current;
    current["amp.bass"_p] = 9;
    const auto tone = readModelTone(text, {&current});
    if (!tone)
    {
        fuzz::require(tone.error().message.ends_with('.'), "an error is a sentence");
        return;
    }
    fuzz::requireLegal(tone->parameters);
    fuzz::require(tone->used > 0 && tone->used <= tone->offered, "what was used was offered");
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::textOf(data, size);
    const ServerSettings server{"https://models.example/v1", "m", std::string(fuzz::sentinel)};
    const auto answer = readChatAnswer({200, {}, std::string(text)}, *parseBaseUrl(server.baseUrl), server);
    if (answer)
        readTone(answer->content);
    else
        fuzz::requireSentence(answer.error());
    readTone(text);
    if (const auto models = readModelList(text, fuzz::sentinel))
        for (const auto& id : models->ids)
            fuzz::requireClean(id, maximumModelId);
    return 0;
}
