#pragma once

#include "tone/Result.h"

#include <string>
#include <string_view>

namespace tonewright
{

/// A server's address taken apart: `scheme://host[:port][/path]` and nothing else.
struct BaseUrl
{
    std::string scheme; ///< "https", or "http" for this computer only
    std::string host;   ///< lower case; an IPv6 address keeps its brackets
    int port = 0;       ///< the scheme's own where none was written
    std::string path;   ///< "" or "/v1": without a final slash

    std::string text() const;   ///< the address to which "/chat/completions" is appended
    std::string origin() const; ///< "https://api.openai.com:443": what a key is bound to

    /// localhost, 127.0.0.0/8 or ::1.
    bool isLoopback() const;

    /// OpenAI's own servers, which answer nobody without a key.
    bool isOpenAi() const { return host == "api.openai.com"; }
};

/// [any] Reads an address. The error says what to write instead; it never repeats the address, which may
/// hold a password or a key.
Result<BaseUrl> parseBaseUrl(std::string_view text);

} // namespace tonewright
