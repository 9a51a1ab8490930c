// Server-sent events. The first byte says how long the pieces are: cut or whole, the answer is the same.
#include "Promise.h"
#include "generation/openai/ChatReader.h"

namespace
{
using namespace tonewright;

struct Reading
{
    std::string outcome;
    std::vector<std::string> events;
};

Reading read(std::string_view text, std::size_t pieceLength)
{
    Reading reading;
    EventStream events;
    ChatStream chat({});
    bool isComplete = false;
    for (std::size_t at = 0; at < text.size(); at += pieceLength)
    {
        const auto piece = text.substr(at, pieceLength);
        events.read(piece, [&](std::string_view event) { reading.events.emplace_back(event); });
        isComplete = isComplete || chat.take(piece) == BodyListener::Verdict::complete;
    }
    if (chat.isBroken())
    {
        reading.outcome = "broken";
        return reading;
    }
    fuzz::require(isComplete, "what is whole was said to be complete");
    if (!chat.complaint().empty())
    {
        reading.outcome = "complaint " + chat.complaint();
        return reading;
    }
    const auto answer = chat.answer(fuzz::sentinel);
    if (!answer)
        fuzz::requireSentence(answer.error());
    reading.outcome = answer ? answer->content + '\n' + answer->finishReason : answer.error().message;
    return reading;
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto text = fuzz::textOf(data, size).substr(1);
    const auto whole = read(text, text.size() + 1);
    const auto pieces = read(text, 1 + data[0] % 32u);
    fuzz::require(whole.events == pieces.events, "events are the same wherever the text is cut");
    fuzz::require(whole.outcome == pieces.outcome, "the answer is the same wherever the text is cut");
    return 0;
}
