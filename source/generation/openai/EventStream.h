#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tonewright
{

/// Reads server-sent events (WHATWG HTML, section 9.2) from text that arrives in pieces, cut anywhere. Lines
/// end in CR, LF or CRLF; comments and fields other than `data` are passed over; several data lines make one
/// event. An event without the blank line that ends it is none. Not thread-safe.
class EventStream
{
public:
    /// Longest event. What comes after a longer one is not read.
    static constexpr std::size_t maximumEvent = 1u << 20;

    using EventHandler = std::function<void(std::string_view data)>;

    /// [worker] Reads on and calls `onEvent` with the data of each event that ends in this piece.
    void read(std::string_view piece, const EventHandler& onEvent);

    /// [worker] Whether an event was longer than maximumEvent.
    bool isTooLong() const { return tooLong; }

private:
    void endLine(const EventHandler& onEvent);
    void readField(std::string_view field);

    std::string line;
    std::string data;
    bool hasData = false;
    bool isFirstLine = true;
    bool lastWasReturn = false;
    bool tooLong = false;
};

} // namespace tonewright
