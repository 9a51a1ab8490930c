#include "generation/openai/EventStream.h"

namespace tonewright
{

void EventStream::read(std::string_view piece, const EventHandler& onEvent)
{
    for (const char c : piece)
    {
        const bool isSecondOfCrLf = c == '\n' && lastWasReturn;
        lastWasReturn = c == '\r';
        if (isSecondOfCrLf)
            continue;
        if (c == '\r' || c == '\n')
            endLine(onEvent);
        else
            line += c;
        tooLong = tooLong || line.size() + data.size() > maximumEvent;
        if (tooLong)
            return;
    }
}

void EventStream::endLine(const EventHandler& onEvent)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    std::string_view field = line;
    if (isFirstLine && field.starts_with(byteOrderMark))
        field.remove_prefix(byteOrderMark.size());
    isFirstLine = false;
    if (!field.empty())
        readField(field);
    else if (hasData)
    {
        onEvent(data);
        data.clear();
        hasData = false;
    }
    line.clear();
}

void EventStream::readField(std::string_view field)
{
    const auto colon = field.find(':');
    if (field.substr(0, colon) != "data")
        return; // a comment starts with its colon
    auto value = colon == std::string_view::npos ? std::string_view{} : field.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (hasData)
        data += '\n';
    data += value;
    hasData = true;
}

} // namespace tonewright
